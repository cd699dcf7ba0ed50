"""An archive as researchers hold it: every format, and some of it broken. All that is good comes in, all that is not says why."""

import os
import subprocess
import sys
from pathlib import Path
from time import sleep

from pipeline.query.database import open_readonly
from tests.memory import peak
from tests.mixed import make, processes_of

FILES = int(os.environ.get("MIXED", "60"))
"""Files of the archive; `make test-full` takes 500."""
JOBS = 2
EACH = 300
"""Megabytes of any process: the one that writes, those that read, and those that they start."""


def test_all_that_is_good_comes_in_and_all_that_is_not_says_why(tmp_path: Path) -> None:
    good, broken = make(tmp_path / "kho", FILES)
    database = tmp_path / "a.db"
    program = str(Path(sys.executable).with_name("sohieu"))
    command = [program, "ingest", str(tmp_path / "kho"), "--db", str(database), "--jobs", str(JOBS)]
    most: dict[int, int] = {}
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as run:
        while run.poll() is None:
            most |= {pid: max(most.get(pid, 0), peak(pid)) for pid in processes_of(run.pid)}
            sleep(0.05)
        out, err = run.communicate()
    with open_readonly(database) as conn:
        failures = dict(conn.execute("SELECT path, message FROM failures"))
        texts = conn.execute("SELECT path, text FROM texts").fetchall()
    assert set(failures) == set(broken), (out, err)
    assert all("; " in message for message in failures.values())
    assert len(texts) == good
    wrong = [path for path, text in texts if f"Bài số {int(path.split('/')[1][:4])}." not in text]
    assert wrong == []
    assert "Traceback" not in err
    assert {pid: megabytes for pid, megabytes in most.items() if megabytes > EACH} == {}
