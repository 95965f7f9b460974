"""PDF files as text: characters, lines, paragraphs, pages."""
