"""A letter on paper and on the screen: its lines painted into a file, on a printer or in a preview."""
