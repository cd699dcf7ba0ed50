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
