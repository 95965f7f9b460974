"""What a browser may load into a page: what this server has itself, and no script that stands in the page."""

from __future__ import annotations

from typing import Final

_NOTHING_ELSE: Final = "default-src 'none'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
PAGES: Final = f"{_NOTHING_ELSE}; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'"
QUERIES: Final = (
    f"{_NOTHING_ELSE}; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:;"
    " font-src 'self' data:; connect-src 'self'"
)
"""Of the page for queries, whose editor sets styles of its own."""
