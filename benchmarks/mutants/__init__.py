"""How well the unit tests notice faults."""
