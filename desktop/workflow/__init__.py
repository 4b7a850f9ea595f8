"""The demand-driven engine: from what a person needs back to what is still missing."""
