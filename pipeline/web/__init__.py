"""web: the look-up pages, as a plugin of Datasette, which serves the tables beside them.

`server` opens the database and listens, `routes` lists the addresses, `site` fills templates, `pages` has a module a page, `wording`
the words of both languages, `templates` and `static` what is sent.
"""
