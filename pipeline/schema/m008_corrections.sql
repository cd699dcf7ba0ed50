-- what people set right, by quotation, so that it survives re-ingestion; `root` and `path` name the file that held the text, whose
-- next content the correction is for too; `state` is "applied" or says why it is not
DROP TABLE corrections;
CREATE TABLE corrections (
  id INTEGER PRIMARY KEY, text_id TEXT, root TEXT, path TEXT, document_id TEXT, family TEXT NOT NULL, action TEXT NOT NULL,
  quote TEXT NOT NULL, context TEXT NOT NULL, field TEXT NOT NULL, value TEXT, note TEXT, state TEXT NOT NULL);
CREATE UNIQUE INDEX corrections_once ON corrections (
  coalesce(text_id, document_id), family, CASE action WHEN 'set' THEN field ELSE action END, quote, context);
CREATE INDEX corrections_path ON corrections (path);
-- the document that a person says is meant; "" for none
ALTER TABLE mentions ADD COLUMN linked_to TEXT;
CREATE INDEX mentions_linked_to ON mentions (linked_to) WHERE linked_to NOT NULL;
