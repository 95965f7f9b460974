"""Which document is this? What a text does not state, inferred from evidence, or left unknown."""
