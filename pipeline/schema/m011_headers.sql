-- what a text that is a document says of itself in letterhead, title line, enacting clause and signature; `spans` are a JSON object of
-- the slices that give a field; `status` is signed, draft, copy or unknown
CREATE TABLE headers (
  text_id TEXT PRIMARY KEY REFERENCES texts ON DELETE CASCADE, symbol TEXT, doc_type TEXT, issuer TEXT, place TEXT, issued TEXT,
  title TEXT, signer TEXT, signer_post TEXT, issuing_body TEXT, issuing_place TEXT, status TEXT NOT NULL, spans TEXT NOT NULL);
CREATE INDEX headers_signer ON headers (signer)
