"""export: rows → files for people and programs."""
