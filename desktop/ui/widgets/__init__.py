"""The small parts every page is made of; they know no use case."""
