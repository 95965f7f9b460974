"""The integrity queries that a release must pass, and the findings of the gate."""
