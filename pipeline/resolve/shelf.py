"""Documents of one number, type and place, among which a mention with a number alone looks for its own.

They grow with the archive, so that what their subjects say is looked up by pairs of syllables and not read for every mention.
"""

from collections import defaultdict
from collections.abc import Iterable
from functools import cached_property

from pipeline.resolve.choice import Said, subject
from pipeline.resolve.mentions import Document


class Shelf:
    """Documents by their ids."""

    def __init__(self, documents: Iterable[Document]) -> None:
        self.documents = {document.id: document for document in documents}

    @cached_property
    def _by_pair(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = defaultdict(list)
        for document in self.documents.values():
            for pair in subject(document.title):
                found[pair].append(document.id)
        return dict(found)

    def said(self, pairs: Iterable[str]) -> Said:
        """The pairs that stand in subjects, by document; only of documents in which some do."""
        found: dict[str, set[str]] = defaultdict(set)
        for pair in pairs:
            for identity in self._by_pair.get(pair, ()):
                found[identity].add(pair)
        return found
