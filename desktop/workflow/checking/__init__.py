"""Faults in a catalogue, found before anybody works with it."""
