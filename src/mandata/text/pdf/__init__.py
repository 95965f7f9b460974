"""PDF files as text: characters, lines, rows, pages."""
