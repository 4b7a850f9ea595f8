"""Printers, readers and speakers of a seat."""
