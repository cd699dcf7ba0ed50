"""A real Dask scheduler with two real workers, one of which is killed in the middle; texts at addresses of S3's kind."""

import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import boto3
import dask
import pytest
from moto.server import ThreadedMotoServer
from s3fs import S3FileSystem

from pipeline.addresses import AddressError, list_address, public
from pipeline.files import FileItem
from pipeline.run import ingest
from pipeline.shards import cluster as clusters
from pipeline.shards.cluster import ClusterError, cluster
from tests.corpus import TEXTS, texts
from tests.unit.test_store import dump

DASK = str(Path(sys.executable).with_name("dask"))


def start(*arguments: str) -> "subprocess.Popen[bytes]":
    return subprocess.Popen(
        [DASK, *arguments], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    )


def stop(process: "subprocess.Popen[bytes]") -> None:
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


@pytest.fixture
def scheduler(tmp_path: Path) -> Iterator[str]:
    file = tmp_path / "scheduler.json"
    process = start("scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard", "--scheduler-file", str(file))
    for _ in range(300):
        if file.exists() and "tcp://" in (said := file.read_text()):
            break
        time.sleep(0.1)
    yield "tcp://" + said.partition("tcp://")[2].partition('"')[0]
    stop(process)


@pytest.fixture
def workers(scheduler: str) -> Iterator[list["subprocess.Popen[bytes]"]]:
    options = ("--nthreads", "1", "--nworkers", "1", "--no-dashboard")
    started = [start("worker", scheduler, *options) for _ in range(2)]
    yield started
    for process in started:
        stop(process)


def test_a_worker_that_is_killed_loses_nothing(
    scheduler: str, workers: list["subprocess.Popen[bytes]"], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clusters, "FILES", 2)
    ingest([TEXTS], tmp_path / "here.db")
    done: list[str] = []

    def progress(item: FileItem) -> None:
        done.append(item.path)
        if len(done) == 3:
            stop(workers[0])

    with cluster(scheduler, 1, tmp_path / "shards") as take_all:
        tally = ingest([TEXTS], tmp_path / "there.db", progress=progress, on=take_all)
    assert (tally.added, tally.failed) == (len(texts()), [])
    assert len(done) == len(texts())
    assert workers[0].returncode == -signal.SIGKILL
    assert dump(tmp_path / "there.db") == dump(tmp_path / "here.db")
    assert not (tmp_path / "shards").exists()


def test_an_interrupt_while_the_cluster_begins_is_heard(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("distributed.LocalCluster", lambda **_: os.kill(os.getpid(), signal.SIGINT))
    with pytest.raises(KeyboardInterrupt), cluster("local", 1, tmp_path):
        pass


def test_a_scheduler_that_goes_away_is_one_sentence_and_the_rest_is_done_by_the_next_run(
    workers: list["subprocess.Popen[bytes]"], scheduler: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clusters, "FILES", 2)
    monkeypatch.setattr(clusters, "SECONDS", 4)
    ingest([TEXTS], tmp_path / "here.db")
    done: list[str] = []

    def progress(item: FileItem) -> None:
        done.append(item.path)
        if len(done) == 3:
            for process in workers:
                stop(process)
            subprocess.run(["pkill", "-KILL", "-f", "--", str(tmp_path / "scheduler.json")], check=False)

    with (
        dask.config.set({"distributed.comm.timeouts.connect": "3s"}),
        pytest.raises(ClusterError, match="run the same command again"),
        cluster(scheduler, 1, tmp_path / "shards") as take_all,
    ):
        ingest([TEXTS], tmp_path / "there.db", progress=progress, on=take_all)
    assert 2 < len(done) < len(texts())
    ingest([TEXTS], tmp_path / "there.db")
    assert dump(tmp_path / "there.db") == dump(tmp_path / "here.db")


@pytest.fixture
def bucket(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A bucket of moto's server that holds the corpus, a hidden file and a picture."""
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0)
    server.start()
    host, port = server.get_host_and_port()
    for name, value in {
        "AWS_ENDPOINT_URL": f"http://{host}:{port}",
        "AWS_ACCESS_KEY_ID": "x",
        "AWS_SECRET_ACCESS_KEY": "x",
        "AWS_DEFAULT_REGION": "us-east-1",
    }.items():
        monkeypatch.setenv(name, value)
    s3 = boto3.client("s3")
    s3.create_bucket(Bucket="archive")
    for file in texts():
        s3.put_object(Bucket="archive", Key=f"old/{file.name}", Body=file.read_bytes())
    s3.put_object(Bucket="archive", Key="old/.hidden.txt", Body=b"x")
    s3.put_object(Bucket="archive", Key="old/picture.png", Body=b"x")
    S3FileSystem.clear_instance_cache()
    yield "s3://archive/old"
    server.stop()


def test_texts_are_read_from_s3(bucket: str, tmp_path: Path) -> None:
    ingest([TEXTS], tmp_path / "here.db")
    tally = ingest([bucket], tmp_path / "there.db")
    assert (tally.added, tally.failed, tally.ignored) == (len(texts()), [], 1)
    assert dump(tmp_path / "there.db") == dump(tmp_path / "here.db")
    assert ingest([f"{bucket}/"], tmp_path / "there.db").unchanged == len(texts())
    boto3.client("s3").delete_object(Bucket="archive", Key="old/a-01.txt")
    assert ingest([bucket], tmp_path / "there.db").missing == ["a-01.txt"]


ADDRESSES = [
    ("s3://nowhere/x", "cannot be listed"),
    ("s3://archive/none", "there is nothing"),
    ("nothing://x", "Protocol not known"),
    ("http://127.0.0.1:1/x/", "cannot be listed"),
]


@pytest.mark.parametrize(("address", "says"), ADDRESSES)
def test_an_address_that_cannot_be_had_is_one_sentence(address: str, says: str, bucket: str, tmp_path: Path) -> None:
    with pytest.raises(AddressError, match=says) as raised:
        ingest([address], tmp_path / "x.db")
    assert str(raised.value).startswith(address.rstrip("/"))
    assert "\n" not in str(raised.value)


def test_a_file_that_is_gone_from_an_address_is_a_failure(
    bucket: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, files = list_address(bucket)
    found = [(f"{path}x", replace(file, address=f"{file.address}x")) for path, file in files][:2]
    monkeypatch.setattr("pipeline.files.list_address", lambda _: (True, [("b.txt", found[0][1])]))
    assert [kind for _, kind in ingest([bucket], tmp_path / "x.db").failed] == [
        "does not exist; remove it from the list or restore it"
    ]


def test_a_single_file_at_an_address(bucket: str, tmp_path: Path) -> None:
    assert ingest([f"{bucket}/a-01.txt"], tmp_path / "x.db").added == 1
    with sqlite3.connect(tmp_path / "x.db") as conn:
        assert conn.execute("SELECT root, path FROM sources").fetchall() == [("s3://archive/old", "a-01.txt")]
    conn.close()


def test_passwords_are_not_stored() -> None:
    assert public("ftp://an:secret@host/folder/") == "ftp://host/folder"
