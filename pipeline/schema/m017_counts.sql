-- Mentions of a document are counted without reading them; those that are not linked yet take no place.
DROP INDEX mentions_document;
CREATE INDEX mentions_document ON mentions (document_id, own) WHERE document_id NOT NULL;
