"""The corpus, ingested once for all tests that ask."""

import signal
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline.query.annotated import AnnotatedText, choose_texts, read_annotated
from pipeline.query.database import open_readonly
from pipeline.run import ingest
from tests.annotating import MOST, two_texts
from tests.corpus import ROOT, TEXTS
from tests.exports import odd_database

# what runs behind "&" begins deaf to Ctrl-C, and so would its commands
signal.signal(signal.SIGINT, signal.default_int_handler)


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
def chosen(conn: sqlite3.Connection) -> list[AnnotatedText]:
    """The first texts of the corpus with all that is found in them."""
    return list(read_annotated(conn, choose_texts(conn, most=MOST)))


@pytest.fixture(scope="session", params=["corpus", "odd"])
def either_db(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The database of the corpus, then one whose cells are odd."""
    if request.param == "corpus":
        path: Path = request.getfixturevalue("corpus_db")
        return path
    return odd_database(tmp_path_factory.mktemp("odd") / "odd.db")


@pytest.fixture
def two_db(tmp_path: Path) -> Path:
    """A database of two texts that people annotate."""
    return two_texts(tmp_path)


@pytest.fixture
def shared() -> Path:
    """The folder of real material beside the checkout; tests that need it are skipped where it is not there."""
    folder = ROOT.parent / "shared"
    if not folder.is_dir():
        pytest.skip("the folder ../shared of real texts is not there")
    return folder
