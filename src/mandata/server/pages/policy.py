"""The Content-Security-Policy of pages: only resources of this server, and no inline scripts."""

from __future__ import annotations

from typing import Final

_NOTHING_ELSE: Final = "default-src 'none'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
PAGES: Final = f"{_NOTHING_ELSE}; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'"
QUERIES: Final = (
    f"{_NOTHING_ELSE}; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:;"
    " font-src 'self' data:; connect-src 'self'"
)
"""The policy of the query page, whose editor sets inline styles."""
