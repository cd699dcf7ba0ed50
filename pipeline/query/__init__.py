"""query: asking the database, read-only, with the standard library alone.

`database` opens it, `lookup` finds a document by its number, `search` finds words, `show` gathers what is
known of a document or a text, `timeline` lists documents by date, `checks` lists what needs a person.
"""
