-- documents by their words without marks, for look-up: number as one word ("8b"), codes and names of type and issuer, place with its other
-- spellings, year, month and day of issue ("2016", "201605", "20160515"), subject; rows lie in the order in which answers are shown
CREATE VIRTUAL TABLE documents_fts USING fts5(
  id UNINDEXED, number, symbol, kind, body, place, day, title,
  tokenize = "unicode61 remove_diacritics 0 tokenchars '&'", detail = column, prefix = '2 3');
-- the row of each document in that index: the most cited ones have the lowest
CREATE TABLE document_rows (row INTEGER PRIMARY KEY, document_id TEXT NOT NULL UNIQUE);
-- whatever changes a document has its words indexed again before the run ends
CREATE TRIGGER documents_added AFTER INSERT ON documents BEGIN INSERT OR IGNORE INTO pending VALUES ('words', new.id); END;
CREATE TRIGGER documents_changed AFTER UPDATE OF doc_type, issuer, place, issued, title, mentions ON documents
  BEGIN INSERT OR IGNORE INTO pending VALUES ('words', new.id); END;
CREATE TRIGGER documents_gone AFTER DELETE ON documents BEGIN INSERT OR IGNORE INTO pending VALUES ('words', old.id); END;
INSERT OR IGNORE INTO pending SELECT 'words', id FROM documents;
