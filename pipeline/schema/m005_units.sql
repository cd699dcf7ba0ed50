-- a unit lies in `province`; it belongs to `parent_id`; since `ended` it is no more and `successor_id` followed, if one did
ALTER TABLE units ADD COLUMN province TEXT;
ALTER TABLE units ADD COLUMN parent_id TEXT REFERENCES units DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE units ADD COLUMN successor_id TEXT REFERENCES units DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE units ADD COLUMN ended TEXT;
-- the slices of a text that speak for its province, as JSON; null if the address of the page does, or nothing
ALTER TABLE texts ADD COLUMN province_evidence TEXT;
CREATE INDEX units_name ON units (name COLLATE NOCASE);
CREATE VIEW unit_names AS    -- the names by which texts call a unit
  SELECT unit_id, surface, count(*) AS mentions FROM unit_mentions GROUP BY unit_id, surface;
