"""File formats beside plain text: each turned into characters with their places, emphases, note calls and headings."""
