"""Catalogue files as department experts write them, read with their line numbers."""
