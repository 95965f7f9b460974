"""The local names (last part of an IRI) of documents, annexes and sections, from the names the United Nations uses."""

from __future__ import annotations

import re

from mandata.un import symbol


def document_name(normal_form: str | None, checksum: str) -> str:
    """Return the local name of a document, from its symbol (``normal_form``) or else from the checksum of its file."""
    return symbol.parse(normal_form).local_name if normal_form else f"unidentified-{checksum[:8]}"


def target_name(target: str) -> str:
    """Return the local name of the target of a citation: a symbol in normal form, or already a local name."""
    return symbol.parse(target).local_name if "/" in target else target


def annex_name(part: str | None) -> str | None:
    """Return the local name of a cited annex ("annex" or "annex II") within its document; None for any other part."""
    match = re.fullmatch(r"annex(?: ([IVX]+))?", part or "")
    return f"annex{symbol.arabic(match[1]) if match[1] else 1}" if match else None


def section_name(part: str | None) -> str | None:
    """Return the local name of a cited section ("section II", "section A, paragraph 3"); None for any other part."""
    match = re.match(r"section (?:(?P<figures>[IVX]+|[IVXL]{2,7})|(?P<letter>[A-Z]))(?:,|$)", part or "")
    if match is None:
        return None
    return f"section{symbol.arabic(match['figures']) if match['figures'] else match['letter']}"
