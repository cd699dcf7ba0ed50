"""Tests; cases are data in `tests/cases`, files in `tests/files`."""
