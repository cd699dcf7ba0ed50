"""The line from files to a database one can ask: read → clean → segment → extract → resolve → store → query → export.

>>> analyse("theo Quy định số 682-QĐ/TU")["references"][0]["symbol"]
'682-QĐ/TU'
"""


def analyse(text: str) -> dict[str, object]:
    """Everything found in a string, as `sohieu extract` prints it for a file."""
    from pipeline.report import report  # noqa: PLC0415  (keeps `import pipeline` light)
    from pipeline.run import analyse_bytes  # noqa: PLC0415

    return report(analyse_bytes(text.encode("utf-8"), "text.txt", words=False), None)
