"""The identity of each text: the symbol it states, one inferred from evidence, or none."""
