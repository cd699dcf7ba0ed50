"""The corpus, ingested once for all tests that ask."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline.query.database import open_readonly
from pipeline.run import ingest
from tests.corpus import ROOT, TEXTS


@pytest.fixture(scope="session")
def corpus_db(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database of the project's corpus."""
    database = tmp_path_factory.mktemp("corpus") / "corpus.db"
    tally = ingest([TEXTS], database)
    assert tally.failed == []
    return database


@pytest.fixture
def conn(corpus_db: Path) -> Iterator[sqlite3.Connection]:
    """That database, opened for reading."""
    with open_readonly(corpus_db) as connection:
        yield connection


@pytest.fixture
def shared() -> Path:
    """The folder of real material beside the checkout; tests that need it are skipped where it is not there."""
    folder = ROOT.parent / "shared"
    if not folder.is_dir():
        pytest.skip("the folder ../shared of real texts is not there")
    return folder
