"""The server as a process of its own, and the browser."""

import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from tests.corpus import ROOT

CHROMIUM = shutil.which("chromium")
"""Debian's browser; None if it is not installed."""
COMMAND = [sys.executable, "-c", "from pipeline.cli import main; main()"]
"""`sohieu`, of this checkout."""
ENDS = 10
"""Seconds within which the server ends when it is interrupted."""


@dataclass(frozen=True, slots=True)
class Served:
    """A server: where it answers, its process, what it said of faults."""

    base: str
    process: "subprocess.Popen[str]"
    log: Path

    def said(self) -> str:
        """What stands on its standard error."""
        return self.log.read_text("utf-8")

    def end(self) -> int:
        """Interrupt it as Ctrl-C does, and wait; its exit status."""
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(ENDS)


@contextmanager
def serving(database: Path, log: Path, *args: str) -> Iterator[Served]:
    """`sohieu serve` over a database on a free port, until the block ends; nothing may go wrong without a word."""
    port = free_port()
    with log.open("w", encoding="utf-8") as errors:
        command = [*COMMAND, "serve", "--db", str(database), "--port", str(port), *args]
        process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=errors, text=True, cwd=ROOT)
    served = Served(f"http://127.0.0.1:{port}", process, log)
    try:
        _wait(served)
        yield served
    finally:
        if process.poll() is None:
            served.end()
        process.communicate()
    assert "Traceback" not in served.said(), served.said()


def _wait(served: Served) -> None:
    """Until it says where it listens; from then on whoever asks is answered."""
    assert served.process.stdout
    for line in served.process.stdout:
        if line.startswith("Open http"):
            return
    raise AssertionError(served.said())


def free_port() -> int:
    """A port of this machine that nothing listens on."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        port = listening.getsockname()[1]
    assert isinstance(port, int)
    return port


@contextmanager
def browsing() -> Iterator[Browser]:
    """Debian's Chromium, without a window."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        try:
            yield browser
        finally:
            browser.close()
