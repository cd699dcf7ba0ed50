-- `amount` is the value in `measure`, a code of UCUM or ISO 4217 or the noun counted; `share_of` is where the ratio begins
-- that a percentage restates; `reports_on_start` where the document is named whose implementation is reported
ALTER TABLE figures ADD COLUMN amount TEXT;
ALTER TABLE figures ADD COLUMN measure TEXT;
ALTER TABLE figures ADD COLUMN share_of INTEGER;
ALTER TABLE figures ADD COLUMN reports_on_start INTEGER;
ALTER TABLE figures ADD COLUMN done_by TEXT;
CREATE VIEW document_figures AS  -- figures with the document whose implementation they report
  SELECT m.document_id, f.text_id, f.start, f.end, f.surface, f.value, f."of", f.max, f.unit, f.comparator, f.amount, f.measure,
    f.done_by FROM figures f JOIN mentions m ON m.text_id = f.text_id AND m.start = f.reports_on_start
  WHERE m.document_id IS NOT NULL;
