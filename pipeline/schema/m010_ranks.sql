-- the documents of a symbol or a number in the order in which they are shown, so that the first fifty of thousands are found at once
DROP INDEX documents_symbol_key;
DROP INDEX documents_number_key;
CREATE INDEX documents_symbol_key ON documents (symbol_key, mentions DESC, id);
CREATE INDEX documents_number_key ON documents (number_key, mentions DESC, id);
