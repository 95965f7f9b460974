"""Releases: dumps, descriptions, change feed and differences; the checks before them, and loading into other stores."""
