"""DOCX files as text with notes, lists and headings."""
