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
