"""Finding by words: an index of symbols, titles, labels and paragraphs in every language held, and what it answers."""
