"""The database's history: ordered migrations. What each table holds is said beside it.

Names of columns are those of the records' fields; a foreign key is the singular with `_id`; offsets are
half-open character offsets into `texts.text`. Lists (`flags`) are JSON.
"""

import sqlite3

from sqlite_utils import Database, Migrations

migrations = Migrations("sohieu")

TEXTS = """
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
"""
FINDINGS = """
CREATE TABLE documents (     -- what mentions name; `held` is the text that is the document itself
  id TEXT PRIMARY KEY, key TEXT NOT NULL, number_key TEXT, doc_type TEXT, number TEXT, symbol TEXT, symbol_key TEXT,
  issuer TEXT, place TEXT, issued TEXT, title TEXT, held TEXT REFERENCES texts ON DELETE SET NULL,
  mentions INTEGER NOT NULL DEFAULT 0);
CREATE INDEX documents_key ON documents (key);
CREATE INDEX documents_symbol_key ON documents (symbol_key);
CREATE INDEX documents_number_key ON documents (number_key);
CREATE INDEX documents_issued ON documents (issued);
CREATE TABLE mentions (      -- references; `status`: linked, ambiguous, founded, unresolved; `own`: its text's own number
  id INTEGER PRIMARY KEY, text_id TEXT NOT NULL REFERENCES texts ON DELETE CASCADE,
  start INTEGER NOT NULL, end INTEGER NOT NULL, surface TEXT NOT NULL, form TEXT NOT NULL, doc_type TEXT, number TEXT,
  symbol TEXT, symbol_key TEXT, issued TEXT, issuer TEXT, issuer_place TEXT, title TEXT, provision TEXT, target TEXT,
  flags TEXT NOT NULL DEFAULT '[]', own INTEGER NOT NULL DEFAULT 0,
  status TEXT NOT NULL DEFAULT 'unresolved', rule TEXT, document_id TEXT REFERENCES documents ON DELETE SET NULL);
CREATE INDEX mentions_text ON mentions (text_id);
CREATE INDEX mentions_symbol_key ON mentions (symbol_key);
CREATE INDEX mentions_document ON mentions (document_id);
CREATE TABLE mention_candidates (  -- the documents an ambiguous mention may mean
  mention_id INTEGER NOT NULL REFERENCES mentions ON DELETE CASCADE,
  document_id TEXT NOT NULL REFERENCES documents ON DELETE CASCADE, PRIMARY KEY (mention_id, document_id));
CREATE INDEX mention_candidates_document ON mention_candidates (document_id);
CREATE TABLE relations (     -- what a text says two documents are to each other; "from" may be 'self', the text
  id INTEGER PRIMARY KEY, text_id TEXT NOT NULL REFERENCES texts ON DELETE CASCADE,
  start INTEGER NOT NULL, end INTEGER NOT NULL, surface TEXT NOT NULL, kind TEXT NOT NULL,
  "from" TEXT NOT NULL, "to" TEXT NOT NULL, from_start INTEGER, to_start INTEGER NOT NULL);
CREATE INDEX relations_text ON relations (text_id);
CREATE TABLE dates (
  id INTEGER PRIMARY KEY, text_id TEXT NOT NULL REFERENCES texts ON DELETE CASCADE,
  start INTEGER NOT NULL, end INTEGER NOT NULL, surface TEXT NOT NULL, edtf TEXT, flags TEXT NOT NULL DEFAULT '[]',
  suggestion TEXT, completed TEXT);
CREATE INDEX dates_text ON dates (text_id);
CREATE TABLE units (         -- bodies and places by their normal form
  id TEXT PRIMARY KEY, name TEXT NOT NULL, unit_type TEXT NOT NULL, level TEXT, place TEXT);
CREATE TABLE unit_mentions (
  id INTEGER PRIMARY KEY, text_id TEXT NOT NULL REFERENCES texts ON DELETE CASCADE,
  start INTEGER NOT NULL, end INTEGER NOT NULL, surface TEXT NOT NULL, unit_id TEXT NOT NULL REFERENCES units);
CREATE INDEX unit_mentions_text ON unit_mentions (text_id);
CREATE INDEX unit_mentions_unit ON unit_mentions (unit_id);
CREATE TABLE figures (       -- numbers as decimal text, so that nothing is rounded
  id INTEGER PRIMARY KEY, text_id TEXT NOT NULL REFERENCES texts ON DELETE CASCADE,
  start INTEGER NOT NULL, end INTEGER NOT NULL, surface TEXT NOT NULL, value TEXT NOT NULL, "of" TEXT, max TEXT,
  unit TEXT, comparator TEXT NOT NULL, reports_on TEXT, flags TEXT NOT NULL DEFAULT '[]');
CREATE INDEX figures_text ON figures (text_id);
CREATE TABLE near_misses (   -- what almost matched, and why it was refused
  id INTEGER PRIMARY KEY, text_id TEXT NOT NULL REFERENCES texts ON DELETE CASCADE,
  start INTEGER NOT NULL, end INTEGER NOT NULL, surface TEXT NOT NULL, family TEXT NOT NULL, reason TEXT NOT NULL);
CREATE INDEX near_misses_text ON near_misses (text_id);
CREATE TABLE corrections (   -- what people set right, by quotation, so that it survives re-ingestion
  id INTEGER PRIMARY KEY, text_id TEXT, quote TEXT NOT NULL, context TEXT, family TEXT NOT NULL, field TEXT,
  value TEXT, note TEXT);
"""
LOOKUP = """
CREATE VIRTUAL TABLE segments_fts USING fts5(text, tokenize = "unicode61 remove_diacritics 0");
CREATE VIRTUAL TABLE segments_vocabulary USING fts5vocab(segments_fts, row);
CREATE TABLE spellings (     -- words without marks, each with the spellings that occur
  folded TEXT NOT NULL, spelling TEXT NOT NULL, PRIMARY KEY (folded, spelling)) WITHOUT ROWID;
CREATE TABLE pending (       -- keys of symbols and ids of texts whose links are to be made again
  kind TEXT NOT NULL, value TEXT NOT NULL, PRIMARY KEY (kind, value)) WITHOUT ROWID;
CREATE VIEW claims AS        -- what each mention says of its document
  SELECT document_id, 'issued' AS field, issued AS value, id AS mention_id FROM mentions
    WHERE document_id IS NOT NULL AND issued IS NOT NULL
  UNION ALL SELECT document_id, 'doc_type', doc_type, id FROM mentions WHERE document_id IS NOT NULL AND doc_type IS NOT NULL
  UNION ALL SELECT document_id, 'issuer', issuer, id FROM mentions WHERE document_id IS NOT NULL AND issuer IS NOT NULL
  UNION ALL SELECT document_id, 'title', title, id FROM mentions WHERE document_id IS NOT NULL AND title IS NOT NULL;
CREATE VIEW disputes AS      -- dates and types on which mentions of one document disagree
  SELECT document_id, field, value, count(*) AS mentions FROM claims
  WHERE field IN ('issued', 'doc_type') AND (document_id, field) IN (
    SELECT document_id, field FROM claims GROUP BY document_id, field HAVING count(DISTINCT value) > 1)
  GROUP BY document_id, field, value;
CREATE VIEW document_relations AS  -- the relations between documents that are known, with their evidence
  SELECT f.document_id AS from_id, r.kind, t.document_id AS to_id, r.text_id, r.start, r.end, r.surface FROM relations r
    JOIN mentions t ON t.text_id = r.text_id AND t.start = r.to_start
    JOIN mentions f ON f.text_id = r.text_id AND (f.start = r.from_start OR (r.from_start IS NULL AND f.own))
  WHERE f.document_id IS NOT NULL AND t.document_id IS NOT NULL AND f.document_id <> t.document_id;
CREATE VIEW timeline AS
  SELECT issued, symbol, doc_type, number, issuer, place, title, mentions, id AS document_id FROM documents
  WHERE issued IS NOT NULL ORDER BY issued, key, id;
CREATE VIEW absent_documents AS  -- cited but not held, the most cited first
  SELECT mentions, symbol, doc_type, number, issuer, place, issued, title, id AS document_id FROM documents
  WHERE held IS NULL ORDER BY mentions DESC, key, id;
"""
FIGURES = """
-- `amount` is the value in `measure`, a code of UCUM or ISO 4217 or the noun counted; `share_of` is where the ratio begins
-- that a percentage restates; `reports_on_start` where the document is named whose implementation is reported
ALTER TABLE figures ADD COLUMN amount TEXT;
ALTER TABLE figures ADD COLUMN measure TEXT;
ALTER TABLE figures ADD COLUMN share_of INTEGER;
ALTER TABLE figures ADD COLUMN reports_on_start INTEGER;
ALTER TABLE figures ADD COLUMN done_by TEXT;
CREATE VIEW document_figures AS  -- figures with the document whose implementation they report
  SELECT m.document_id, f.text_id, f.start, f.end, f.surface, f.value, f."of", f.max, f.unit, f.comparator, f.amount, f.measure,
    f.done_by FROM figures f JOIN mentions m ON m.text_id = f.text_id AND m.start = f.reports_on_start
  WHERE m.document_id IS NOT NULL;
"""
UNITS = """
-- a unit lies in `province`; it belongs to `parent_id`; since `ended` it is no more and `successor_id` followed, if one did
ALTER TABLE units ADD COLUMN province TEXT;
ALTER TABLE units ADD COLUMN parent_id TEXT REFERENCES units DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE units ADD COLUMN successor_id TEXT REFERENCES units DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE units ADD COLUMN ended TEXT;
-- the slices of a text that speak for its province, as JSON; null if the address of the page does, or nothing
ALTER TABLE texts ADD COLUMN province_evidence TEXT;
CREATE INDEX units_name ON units (name COLLATE NOCASE);
CREATE VIEW unit_names AS    -- the names by which texts call a unit
  SELECT unit_id, surface, count(*) AS mentions FROM unit_mentions GROUP BY unit_id, surface;
"""
REGISTER = """
-- the symbol of a mention that prints none, made of its type, number and issuer; the key of the number of such a mention
ALTER TABLE mentions ADD COLUMN inferred TEXT;
ALTER TABLE mentions ADD COLUMN number_key TEXT;
CREATE INDEX mentions_number_key ON mentions (number_key);
CREATE TABLE known_documents (  -- documents known without a text; `origin` is "bundled" or the name of a user's table
  id INTEGER PRIMARY KEY, document_id TEXT NOT NULL, origin TEXT NOT NULL, key TEXT NOT NULL, number_key TEXT, symbol TEXT NOT NULL, number TEXT,
  doc_type TEXT, issuer TEXT, place TEXT NOT NULL DEFAULT '', issued TEXT NOT NULL, term TEXT, plenum TEXT, title TEXT,
  status TEXT NOT NULL, weight INTEGER NOT NULL, note TEXT, source TEXT NOT NULL);
CREATE INDEX known_documents_key ON known_documents (key);
CREATE INDEX known_documents_number_key ON known_documents (number_key);
CREATE INDEX known_documents_plenum ON known_documents (term, plenum);
-- the day by which the table of known documents has it
ALTER TABLE documents ADD COLUMN known TEXT;
-- what replaces, repeals or amends a document, as texts say; since when, and whether that is earlier than the document itself
CREATE VIEW document_status AS
  SELECT r.to_id AS document_id, r.kind, r.from_id AS by_id, f.issued AS since, count(DISTINCT r.text_id) AS texts,
    coalesce(f.issued < t.issued, 0) AS contradiction
  FROM document_relations r JOIN documents f ON f.id = r.from_id JOIN documents t ON t.id = r.to_id
  WHERE r.kind IN ('replaces', 'repeals', 'amends') GROUP BY r.to_id, r.kind, r.from_id;
DROP VIEW timeline;
DROP VIEW absent_documents;
CREATE VIEW timeline AS      -- what texts cite or are; what only a table knows is left out
  SELECT issued, symbol, doc_type, number, issuer, place, title, mentions, id AS document_id FROM documents
  WHERE issued IS NOT NULL AND (mentions > 0 OR held IS NOT NULL) ORDER BY issued, key, id;
CREATE VIEW absent_documents AS  -- cited but not held, the most cited first
  SELECT mentions, symbol, doc_type, number, issuer, place, issued, title, id AS document_id FROM documents
  WHERE held IS NULL AND mentions > 0 ORDER BY mentions DESC, key, id;
DROP VIEW disputes;
DROP VIEW claims;
CREATE VIEW claims AS        -- what each mention says of its document, and what a table of known documents says (no mention)
  SELECT document_id, 'issued' AS field, issued AS value, id AS mention_id, text_id, NULL AS origin FROM mentions
    WHERE document_id IS NOT NULL AND issued IS NOT NULL
  UNION ALL SELECT document_id, 'doc_type', doc_type, id, text_id, NULL FROM mentions
    WHERE document_id IS NOT NULL AND doc_type IS NOT NULL
  UNION ALL SELECT document_id, 'issuer', issuer, id, text_id, NULL FROM mentions
    WHERE document_id IS NOT NULL AND issuer IS NOT NULL
  UNION ALL SELECT document_id, 'title', title, id, text_id, NULL FROM mentions
    WHERE document_id IS NOT NULL AND title IS NOT NULL
  UNION ALL SELECT d.id, f.field, CASE f.field WHEN 'issued' THEN k.issued WHEN 'doc_type' THEN k.doc_type
      WHEN 'issuer' THEN k.issuer ELSE k.title END, NULL, NULL, k.origin
    FROM documents d JOIN known_documents k ON k.key = d.key AND k.place = coalesce(d.place, '') AND k.issued = d.known
    JOIN (SELECT 'issued' AS field UNION SELECT 'doc_type' UNION SELECT 'issuer' UNION SELECT 'title') f
    WHERE CASE f.field WHEN 'issued' THEN k.issued WHEN 'doc_type' THEN k.doc_type WHEN 'issuer' THEN k.issuer ELSE k.title END
      IS NOT NULL;
CREATE VIEW disputes AS      -- dates and types on which texts, or a text and a table, disagree
  SELECT document_id, field, value, count(DISTINCT text_id) AS texts, max(origin) AS origin, min(mention_id) AS mention_id
  FROM claims WHERE field IN ('issued', 'doc_type') AND (document_id, field) IN (
    SELECT document_id, field FROM claims GROUP BY document_id, field HAVING count(DISTINCT value) > 1)
  GROUP BY document_id, field, value;
"""


@migrations()
def m001_texts(db: Database) -> None:
    """Texts, their sources and sentences, failures and runs."""
    _run(db.conn, TEXTS)


@migrations()
def m002_findings(db: Database) -> None:
    """What is found in texts, and the documents it names."""
    _run(db.conn, FINDINGS)


@migrations()
def m003_lookup(db: Database) -> None:
    """Full text, spellings, and views for asking."""
    _run(db.conn, LOOKUP)


@migrations()
def m004_figures(db: Database) -> None:
    """What figures come to, and on what they report."""
    _run(db.conn, FIGURES)


@migrations()
def m005_units(db: Database) -> None:
    """To which body a body belongs, and which one follows it."""
    _run(db.conn, UNITS)


@migrations()
def m006_register(db: Database) -> None:
    """Known documents, and the symbols of mentions that print none."""
    _run(db.conn, REGISTER)


def _run(conn: sqlite3.Connection, script: str) -> None:
    for statement in script.split(";\n"):
        if statement.strip():
            conn.execute(statement)
