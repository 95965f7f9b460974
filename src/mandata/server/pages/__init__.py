"""The live pages: every IRI leads to one, rendered on request from the current store."""
