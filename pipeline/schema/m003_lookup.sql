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
