"""What the hall keeps: its records, and nothing that knows a rule."""
