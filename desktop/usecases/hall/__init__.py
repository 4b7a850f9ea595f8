"""The hall itself: its accounts, seats, departments, counters, calendar and settings."""
