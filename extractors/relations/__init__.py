"""Relations that a text states between documents (căn cứ, thực hiện, hướng dẫn, sửa đổi, thay thế, bãi bỏ, dẫn chiếu).

- `verbs`: the words that say a relation
- `clauses`: sentences and preamble paragraphs with the references in them
- `actor`: which document does what the verb says
- `finder`: puts them together
"""

from extractors.relations.finder import SELF, find_relations, name

__all__ = ["SELF", "find_relations", "name"]
