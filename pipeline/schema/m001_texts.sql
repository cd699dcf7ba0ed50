CREATE TABLE runs (          -- one row for each run of `sohieu ingest`
  id INTEGER PRIMARY KEY, version TEXT NOT NULL, arguments TEXT NOT NULL, started TEXT NOT NULL, finished TEXT,
  added INTEGER DEFAULT 0, changed INTEGER DEFAULT 0, unchanged INTEGER DEFAULT 0, failed INTEGER DEFAULT 0);
CREATE TABLE texts (         -- a text is its bytes: `id` and `sha256` derive from them
  id TEXT PRIMARY KEY, sha256 TEXT NOT NULL UNIQUE, path TEXT NOT NULL, format TEXT NOT NULL, kind TEXT NOT NULL,
  title TEXT, published TEXT, published_from TEXT, byline TEXT, url TEXT, province TEXT,
  text TEXT NOT NULL, version TEXT NOT NULL);
CREATE TABLE sources (       -- the files that hold a text; `path` is relative to the folder that was ingested
  root TEXT NOT NULL, path TEXT NOT NULL, text_id TEXT NOT NULL REFERENCES texts, missing INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (root, path));
CREATE INDEX sources_text ON sources (text_id);
CREATE TABLE failures (      -- files that could not be read, with the reason
  root TEXT NOT NULL, path TEXT NOT NULL, kind TEXT NOT NULL, message TEXT NOT NULL, run_id INTEGER REFERENCES runs,
  PRIMARY KEY (root, path));
CREATE TABLE segments (      -- sentences; `words` as underthesea joins them: "Ban_Bí_thư họp ."
  id INTEGER PRIMARY KEY, text_id TEXT NOT NULL REFERENCES texts ON DELETE CASCADE,
  start INTEGER NOT NULL, end INTEGER NOT NULL, kind TEXT NOT NULL, page INTEGER, words TEXT);
CREATE INDEX segments_text ON segments (text_id);
