-- what reading a file told: encodings older than Unicode that it was in, and sentences for the user, JSON lists both
ALTER TABLE texts ADD COLUMN encodings TEXT;
ALTER TABLE texts ADD COLUMN notes TEXT;
-- what is odd about a header, a JSON list: "recognised" where a field stands on a page that was a picture
ALTER TABLE headers ADD COLUMN flags TEXT NOT NULL DEFAULT '[]';
