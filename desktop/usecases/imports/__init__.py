"""Lists and messages taken over from other systems."""
