"""Shards: what became of some files, in small SQLite files that other processes or machines write and one process merges.

`form` writes and reads one, `part` takes up a machine's share of the files, `cluster` has a Dask cluster do it.
"""
