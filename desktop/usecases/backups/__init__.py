"""Copies of the records, and what can go wrong with the store."""
