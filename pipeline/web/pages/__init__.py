"""One module a page: each function takes what is asked and returns what its template shows."""
