"""The structure of a document: masthead, title, paragraphs, notes, letters and annexes."""
