"""References: mentions of documents.

`grammar` holds the patterns; `numbered` finds mentions with a symbol, `short` those with type and number
only; `context` reads what the sentence says of them (date, issuer, subject, provision); `finder` joins these.
"""

from extractors.references.finder import find_references

__all__ = ["find_references"]
