"""The command `sohieu`. Each command parses, calls one function, prints; heavy imports wait until it runs."""

from pipeline.cli.main import main

__all__ = ["main"]
