"""The program's version, and that of its findings: a text read by another version is read again."""

VERSION = "0.1.0"
EXTRACTION = VERSION
