"""The native engine: fact tables, joins, semi-naive rounds."""
