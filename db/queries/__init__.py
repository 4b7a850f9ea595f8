"""Every question to the records beyond one row by its key; answers are frozen rows."""
