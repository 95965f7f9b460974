"""DOCX files as text with notes and lists."""
