"""References: mentions of documents.

- `grammar`, `names`: the patterns, of mentions with and without a number
- `heads`: where names of types begin
- `numbered`, `short`, `named`, `anaphora`: find mentions with a symbol, with type and number only, without a number, and
  words that point back
- `letterhead`, `context`, `title`: read what the text says of a mention (date, issuer, subject, provision)
- `finder`: joins these
"""

from extractors.references.finder import find_references
from extractors.references.letterhead import LETTERHEAD, is_blank_form

__all__ = ["LETTERHEAD", "find_references", "is_blank_form"]
