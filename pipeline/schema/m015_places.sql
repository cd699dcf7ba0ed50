-- relations are joined by places in a text, of which a gazette has thousands; a document speaks where its text names itself
DROP INDEX mentions_text;
CREATE INDEX mentions_text ON mentions (text_id, start);
CREATE INDEX mentions_own ON mentions (text_id) WHERE own;
DROP VIEW document_relations;
CREATE VIEW document_relations AS  -- the relations between documents that are known, with their evidence
  SELECT f.document_id AS from_id, r.kind, t.document_id AS to_id, r.text_id, r.start, r.end, r.surface FROM relations r
    JOIN mentions t ON t.text_id = r.text_id AND t.start = r.to_start
    JOIN mentions f ON f.text_id = r.text_id
      AND f.start = coalesce(r.from_start, (SELECT o.start FROM mentions o WHERE o.text_id = r.text_id AND o.own))
  WHERE f.document_id IS NOT NULL AND t.document_id IS NOT NULL AND f.document_id <> t.document_id;
