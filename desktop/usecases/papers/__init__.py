"""Papers handed over, scanned or photographed."""
