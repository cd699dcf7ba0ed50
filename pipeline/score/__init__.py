"""score: findings against gold annotations: precision, recall, F1 and the accuracy of fields.

`gold` reads annotated texts, `matching` pairs annotations with findings, `card` counts and compares with floors.
"""

from pipeline.score.card import Card, compare, score_folder

__all__ = ["Card", "compare", "score_folder"]
