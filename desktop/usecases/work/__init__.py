"""What departments and counters do for a request, and what the law allows now."""
