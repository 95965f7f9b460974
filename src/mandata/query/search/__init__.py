"""Full-text search: an index of symbols, names and paragraphs in all their languages, and the queries on it."""
