"""Extractors: text and tables in, frozen records out.

A library on its own: it knows nothing of files, databases or of the `pipeline` package, and importing
one of its modules loads neither spaCy nor underthesea (`components` alone knows spaCy).
"""
