"""Domain tables; `extractors.tables` reads them."""
