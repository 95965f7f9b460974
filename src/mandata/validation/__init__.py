"""Data held against SHACL shapes: as queries over a store, and, to hold these against another engine, by pyshacl."""
