"""Working days, limits and the ledger of a date."""
