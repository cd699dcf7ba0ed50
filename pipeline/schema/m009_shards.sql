-- shards that were merged, so that one that comes again does nothing; `id` is the SHA-256 of all that it holds
CREATE TABLE shards (id TEXT PRIMARY KEY, name TEXT NOT NULL, run_id INTEGER NOT NULL REFERENCES runs (id)) WITHOUT ROWID;
