"""The static site, as files and in a browser."""
