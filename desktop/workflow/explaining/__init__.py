"""Why something is asked, and why something cannot be done yet."""
