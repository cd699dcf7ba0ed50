-- how the text of each page was had: text, ocr (with the confidence of the recogniser, 0 to 1), or left
CREATE TABLE pages (
  text_id TEXT NOT NULL REFERENCES texts ON DELETE CASCADE, number INTEGER NOT NULL, how TEXT NOT NULL, confidence TEXT,
  PRIMARY KEY (text_id, number));
-- blocks of texts that have pages: offsets into the text, and the box on the page in points from its upper left corner
CREATE TABLE blocks (
  text_id TEXT NOT NULL REFERENCES texts ON DELETE CASCADE, start INTEGER NOT NULL, end INTEGER NOT NULL, kind TEXT NOT NULL,
  page INTEGER NOT NULL, box TEXT, PRIMARY KEY (text_id, start));
-- where something printed was left out of the text, with what it was: "-" and the end of a line within a word
CREATE TABLE joins (
  text_id TEXT NOT NULL REFERENCES texts ON DELETE CASCADE, start INTEGER NOT NULL, printed TEXT NOT NULL,
  PRIMARY KEY (text_id, start));
