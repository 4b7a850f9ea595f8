"""The hall's records as tables, one subject per file; importing this package defines them all."""
