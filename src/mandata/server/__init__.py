"""The SPARQL endpoint: a parent that speaks HTTP, and workers that hold the store and may be ended at any moment."""
