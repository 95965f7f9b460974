"""Citations made by a link in mark-up, whether the words make them too or not."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from mandata.citation.model import Citation, Reference, Unresolved
from mandata.document.model import Stated
from mandata.errors import Issue
from mandata.text.mapped import MappedText, Span

_LETTERED = re.compile(r" [A-Z](?:-[A-Z])?$")


def add_linked(
    links: Iterable[Stated[str]], text: MappedText, references: Sequence[Reference], doubts: Sequence[Unresolved]
) -> tuple[list[Reference], list[Unresolved]]:
    """Return the references with those that only a link makes, and the unresolved ones that no link settles.

    If the words at a link name another document, the words are followed: ``link_issues`` reports it.

    Args:
        links: the links of the document.
        text: one text of the document.
        references: the references in its words.
        doubts: what its words leave unresolved.
    """
    found, unsettled = list(references), list(doubts)
    for link in links:
        place = _place(link.span, text)
        if place is None or any(_is_same(reference.target, link.value) for reference in found):
            continue
        start, end = place
        if any(
            reference.start < end and start < reference.end for reference in references if reference.way == "symbol"
        ):
            continue
        found.append(Reference(link.value, "symbol", start, end, linked=True))
        unsettled = [d for d in unsettled if not (d.span[0] < link.span[1] and link.span[0] < d.span[1])]
    return found, unsettled


def link_issues(links: Iterable[Stated[str]], citations: Sequence[Citation]) -> Iterator[Issue]:
    """Yield an Issue for each link that alone makes a citation, or contradicts the words (``citations``)."""
    targets = sorted({citation.target for citation in citations})
    alone = {citation.place.span for citation in citations if citation.linked}
    for link in links:
        if link.span in alone:
            yield Issue("linked-only", f"only the mark-up tells that {link.value} is cited here", *link.span)
        elif not any(_is_same(target, link.value) for target in targets):
            yield Issue("link-differs", f"links to {link.value}, which the words do not name; they stand", *link.span)


def _place(span: Span, text: MappedText) -> Span | None:
    """Return the positions in a text of a span of the file; None if it is not in the text."""
    start, end = text.position(span[0]), text.position_after(span[1] - 1) + 1
    return (start, end) if text.span_of(start, end) == span else None


def _is_same(target: str, linked: str) -> bool:
    """Return whether a link goes to a document, to half of its joint symbol, or to the whole without its letter."""
    whole = _LETTERED.sub("", target)
    return linked in (target, whole) or target.startswith(f"{linked}-") or target.endswith(f"-{linked}")
