-- the MinHash of a text's words, by which reprints are known; the earliest text that it reprints
ALTER TABLE texts ADD COLUMN sketch BLOB;
ALTER TABLE texts ADD COLUMN reprint_of TEXT REFERENCES texts ON DELETE SET NULL;
CREATE INDEX texts_reprint_of ON texts (reprint_of) WHERE reprint_of NOT NULL;
CREATE TABLE bands (         -- parts of signatures, by which like ones are found
  band INTEGER NOT NULL, text_id TEXT NOT NULL, PRIMARY KEY (band, text_id)) WITHOUT ROWID;
CREATE VIEW fields (field) AS VALUES ('issued'), ('doc_type'), ('issuer'), ('title');
DROP VIEW disputes;
DROP VIEW claims;
CREATE VIEW claims AS        -- what each mention says of its document, and what a table of known documents says (no mention)
  SELECT m.document_id, f.field, CASE f.field WHEN 'issued' THEN m.issued WHEN 'doc_type' THEN m.doc_type
      WHEN 'issuer' THEN m.issuer ELSE m.title END AS value, m.id AS mention_id, m.text_id, coalesce(t.reprint_of, t.id) AS edition,
      NULL AS origin
    FROM mentions m JOIN texts t ON t.id = m.text_id CROSS JOIN fields f
    WHERE m.document_id IS NOT NULL AND CASE f.field WHEN 'issued' THEN m.issued WHEN 'doc_type' THEN m.doc_type
      WHEN 'issuer' THEN m.issuer ELSE m.title END IS NOT NULL
  UNION ALL SELECT d.id, f.field, CASE f.field WHEN 'issued' THEN k.issued WHEN 'doc_type' THEN k.doc_type
      WHEN 'issuer' THEN k.issuer ELSE k.title END, NULL, NULL, NULL, k.origin
    FROM documents d JOIN known_documents k ON k.key = d.key AND k.place = coalesce(d.place, '') AND k.issued = d.known
    CROSS JOIN fields f
    WHERE CASE f.field WHEN 'issued' THEN k.issued WHEN 'doc_type' THEN k.doc_type WHEN 'issuer' THEN k.issuer ELSE k.title END
      IS NOT NULL;
CREATE VIEW disputes AS      -- dates and types on which texts, or a text and a table, disagree; reprints count once
  SELECT document_id, field, value, count(DISTINCT edition) AS texts, max(origin) AS origin,
    (SELECT m.id FROM mentions m JOIN texts t ON t.id = m.text_id WHERE m.document_id = claims.document_id
      AND CASE claims.field WHEN 'issued' THEN m.issued ELSE m.doc_type END = claims.value
      ORDER BY t.published IS NULL, t.published, t.id, m.start LIMIT 1) AS mention_id
  FROM claims WHERE field IN ('issued', 'doc_type') AND (document_id, field) IN (
    SELECT document_id, field FROM claims GROUP BY document_id, field HAVING count(DISTINCT value) > 1)
  GROUP BY document_id, field, value;
CREATE INDEX documents_uncited ON documents (id) WHERE mentions = 0 AND held IS NULL;
