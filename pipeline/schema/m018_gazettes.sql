-- a gazette names thousands of documents: relations and what figures report are found by their places in it, not by each of its mentions
DROP VIEW document_relations;
CREATE VIEW document_relations AS  -- the relations between documents that are known, with their evidence; relations are read first
  SELECT f.document_id AS from_id, r.kind, t.document_id AS to_id, r.text_id, r.start, r.end, r.surface FROM relations r
    CROSS JOIN mentions t ON t.text_id = r.text_id AND t.start = r.to_start
    CROSS JOIN mentions f ON f.text_id = r.text_id
      AND f.start = coalesce(r.from_start, (SELECT o.start FROM mentions o WHERE o.text_id = r.text_id AND o.own))
  WHERE f.document_id IS NOT NULL AND t.document_id IS NOT NULL AND f.document_id <> t.document_id;
CREATE INDEX figures_reporting ON figures (text_id, reports_on_start) WHERE reports_on_start NOT NULL;
