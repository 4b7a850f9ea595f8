"""Requests: logged, found, listed, read and followed to their end."""
