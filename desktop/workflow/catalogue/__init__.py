"""What a hall can do, as data: facts, papers, outcomes, items and matters."""
