"""resolve: mentions → documents, links and claims.

A party symbol is no key: numbers restart with every term of a committee and exist once per province. A
document is a symbol with its place and its date of issue. The result depends on the set of mentions alone, not on the order
in which they came.

`mentions` says what a mention brings, `known` what tables bring, `place` where a symbol holds, `dates` when two dates are one
document's, `choice` which of several is meant, `groups` settles all mentions of one symbol, `shorts` those with a number alone,
which look on a `shelf`, `named` those with a name, `texts` all of one text that have no symbol.
"""

from pipeline.resolve.groups import resolve_symbol
from pipeline.resolve.known import Known
from pipeline.resolve.mentions import Document, Link, Mention
from pipeline.resolve.shelf import Shelf
from pipeline.resolve.shorts import resolve_short
from pipeline.resolve.texts import Elsewhere, resolve_text

__all__ = [
    "Document",
    "Elsewhere",
    "Known",
    "Link",
    "Mention",
    "Shelf",
    "resolve_short",
    "resolve_symbol",
    "resolve_text",
]
