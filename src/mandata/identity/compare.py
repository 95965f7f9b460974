"""The fields on which a text's header record and a description of a document agree or contradict each other."""

from __future__ import annotations

from collections.abc import Iterator

from mandata.identity.model import DocumentDescription, HeaderRecord, IdentityEvidence
from mandata.un import symbol

_ORGAN_OF = {"A": "organ-GA", "S": "organ-SC", "E": "organ-ECOSOC"}


def compare(header: HeaderRecord, description: DocumentDescription) -> IdentityEvidence:
    """Return the evidence that the text with this header is, or is not, the document described.

    Fields that either side leaves empty count neither way.

    Args:
        header: the header record of the text.
        description: what a source says of the document.
    """
    verdicts = list(_verdicts(header, description))
    return IdentityEvidence(
        description,
        frozenset(name for name, agrees in verdicts if agrees),
        frozenset(name for name, agrees in verdicts if not agrees),
    )


def _verdicts(header: HeaderRecord, description: DocumentDescription) -> Iterator[tuple[str, bool]]:
    for name in ("dated", "distributed", "sent_by", "sent_to", "annex_adopted"):
        ours, theirs = getattr(header, name), getattr(description, name)
        if ours is not None and theirs is not None:
            yield name, ours == theirs
    yield from _about_annex(header, description)
    if description.between and header.sent_by and header.sent_to:
        yield from _if_true("correspondents", {header.sent_by, header.sent_to} <= description.between)
    yield from _if_true("names", bool(header.names & description.names))
    yield from _about_symbol(header, symbol.parse(description.symbol))


def _about_annex(header: HeaderRecord, description: DocumentDescription) -> Iterator[tuple[str, bool]]:
    if header.annex_titles and description.annex_titles:
        yield "annex_title", bool(set(header.annex_titles) & set(description.annex_titles))
    elif header.annexed and description.annexed:
        yield from _if_true("annex_title", bool(set(header.annexed) & set(description.annexed)))


def _about_symbol(header: HeaderRecord, cited: symbol.Symbol) -> Iterator[tuple[str, bool]]:
    """Compare with what the symbol itself states: the organs, the session, the year."""
    halves = [symbol.parse(half) for half in cited.halves]
    organs = {_ORGAN_OF[half.organ] for half in halves if half.organ in _ORGAN_OF}
    ours = {organ for organ in header.organs if organ in _ORGAN_OF.values()}
    if ours and organs:
        yield "organs", ours == organs
    for half in halves:
        if half.year and header.dated:
            yield "year", half.year in (header.dated.year, (header.distributed or header.dated).year)
        if half.session and half.session.isdigit() and header.session:
            yield "session", int(half.session) == header.session


def _if_true(name: str, agrees: bool) -> Iterator[tuple[str, bool]]:
    """Yield agreement only: a paragraph need not name all that the document it cites names."""
    if agrees:
        yield name, True
