-- Documents of one number, type and place are looked for by mentions that have a number and no symbol.
CREATE INDEX documents_shelf ON documents (number_key, doc_type, place) WHERE symbol NOT NULL;
