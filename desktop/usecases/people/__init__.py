"""Citizens, enterprises and public bodies, and what they are known by."""
