"""What the law lets happen to an item: kinds of procedure, acts, legal states, rounds and their clocks."""
