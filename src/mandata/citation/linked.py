"""Citations that mark-up makes by a link: those that the words make too, and those that it alone makes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from mandata.citation.model import Citation, Hit, Unresolved
from mandata.document.model import Stated
from mandata.errors import Issue
from mandata.text.mapped import MappedText, Span

_LETTERED = re.compile(r" [A-Z](?:-[A-Z])?$")


def with_linked(
    links: Iterable[Stated[str]], text: MappedText, hits: Sequence[Hit], doubts: Sequence[Unresolved]
) -> tuple[list[Hit], list[Unresolved]]:
    """Add what only the links of a text tell to the documents that it names; a link settles what the words leave open.

    Where the words at a link name another document, they stand: ``about_links`` reports it.
    """
    found, left = list(hits), list(doubts)
    for link in links:
        place = _place(link.span, text)
        if place is None or any(_is_same(hit.target, link.value) for hit in found):
            continue
        start, end = place
        if any(hit.start < end and start < hit.end for hit in hits if hit.way == "symbol"):
            continue
        found.append(Hit(link.value, "symbol", start, end, linked=True))
        left = [d for d in left if not (d.span[0] < link.span[1] and link.span[0] < d.span[1])]
    return found, left


def about_links(links: Iterable[Stated[str]], citations: Sequence[Citation]) -> Iterator[Issue]:
    """Yield, for each link, that it alone makes a citation, or that the words name another document."""
    targets = sorted({citation.target for citation in citations})
    alone = {citation.place.span for citation in citations if citation.linked}
    for link in links:
        if link.span in alone:
            yield Issue("linked-only", f"only the mark-up tells that {link.value} is cited here", *link.span)
        elif not any(_is_same(target, link.value) for target in targets):
            yield Issue("link-differs", f"links to {link.value}, which the words do not name; they stand", *link.span)


def _place(span: Span, text: MappedText) -> Span | None:
    """Return the positions in a text of words that stand at a place of the file; None where they are not in it."""
    start, end = text.position(span[0]), text.position_after(span[1] - 1) + 1
    return (start, end) if text.span_of(start, end) == span else None


def _is_same(target: str, linked: str) -> bool:
    """Tell whether a link is to a document: to a half of a joint symbol, or to the whole of a lettered part, too."""
    whole = _LETTERED.sub("", target)
    return linked in (target, whole) or target.startswith(f"{linked}-") or target.endswith(f"-{linked}")
