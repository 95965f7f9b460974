"""From the headers of a whole collection to the symbol of each of its texts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from mandata.errors import Issue, MandataError
from mandata.identity.candidates import Candidates
from mandata.identity.compare import compare
from mandata.identity.model import DocumentDescription, HeaderRecord, Identity, IdentityEvidence
from mandata.un import symbol
from mandata.un.entities import shipped_entities

_NUMBERING = frozenset({"A", "S", "E", "A/HRC", "UNEP/EA", "HSP/HA"})
"""The symbol prefixes of organs whose resolution numbers determine the symbol."""

_DECISIVE = (
    frozenset({"dated", "sent_by", "sent_to"}),
    frozenset({"annex_title", "annex_adopted", "session", "organs"}),
    frozenset({"annex_title", "annex_adopted", "year", "organs"}),
)
"""What must agree before a text is taken for a document: who wrote to whom on what day, or a named annex of a known day
in papers of the right organs and session."""

_SUGGESTIVE = (frozenset({"correspondents", "year"}), frozenset({"annex_title", "organs"}))
"""What makes a document a candidate that is reported, never taken."""


def resolve(headers: Iterable[HeaderRecord], descriptions: Iterable[DocumentDescription]) -> dict[str, Identity]:
    """Return the identity of each text, by checksum.

    A symbol that the text states is kept. Else it is the document that decisive evidence supports and nothing
    contradicts; if that is none, or more than one, the text stays unknown and an Issue names the candidates.

    Args:
        headers: the header record of each text.
        descriptions: what the catalogue and citing paragraphs say of documents.
    """
    candidates, found, weighed = Candidates(descriptions), dict[str, Identity](), dict[HeaderRecord, Identity]()
    for header in headers:
        alike = replace(header, checksum="")  # many files may contain one letter: it is compared once
        if alike not in weighed:
            weighed[alike] = resolve_alone(header) or _identity(header, candidates.find(header))
        found[header.checksum] = replace(weighed[alike], checksum=header.checksum)
    return found


def resolve_alone(header: HeaderRecord) -> Identity | None:
    """Return the identity of a text if no other document can change it; None if it depends on the collection."""
    stated, issues = stated_symbol(header)
    if stated:
        return Identity(header.checksum, stated, "stated", issues=tuple(issues))
    return (
        None if header.kind == "letter" else Identity(header.checksum, None, None, issues=_unknown_identity(header, []))
    )


def _identity(header: HeaderRecord, described: Mapping[str, Sequence[DocumentDescription]]) -> Identity:
    weighed = {name: [compare(header, d) for d in found] for name, found in described.items()}
    free = {name: found for name, found in weighed.items() if not any(e.conflicts for e in found)}
    decisive = [name for name, found in free.items() if _any_holds(_DECISIVE, found)]
    if len(decisive) == 1:
        evidence = tuple(e for e in free[decisive[0]] if e.agrees)
        return Identity(header.checksum, decisive[0], "strong", evidence)
    candidates = decisive or [name for name, found in free.items() if _any_holds(_SUGGESTIVE, found)]
    return Identity(header.checksum, None, None, issues=_unknown_identity(header, candidates))


def _any_holds(bundles: Sequence[frozenset[str]], found: Iterable[IdentityEvidence]) -> bool:
    agreed = frozenset[str]().union(*(evidence.agrees for evidence in found))
    return any(bundle <= agreed for bundle in bundles)


def _unknown_identity(header: HeaderRecord, candidates: Sequence[str]) -> tuple[Issue, ...]:
    if header.kind == "other":
        return ()
    known = f"it may be {' or '.join(candidates)}" if candidates else "no document on record fits"
    return (Issue("symbol-unknown", f"the text states no symbol, and {known}"),)


def stated_symbol(header: HeaderRecord) -> tuple[str | None, list[Issue]]:
    """Return the symbol that a text states in its masthead or by its number, and an Issue if the two disagree."""
    numbered = _by_number(header)
    if header.stated and numbered and header.stated != numbered:
        message = f"the masthead says {header.stated}, the title {numbered}; the masthead is followed"
        return header.stated, [Issue("symbols-disagree", message)]
    return header.stated or numbered, []


def _by_number(header: HeaderRecord) -> str | None:
    acting = header.acting or next(iter(header.organs), None)
    organ = shipped_entities().by_name[acting] if acting else None
    prefix = organ.facts.get("prefix") if organ else None
    if header.number is None or prefix not in _NUMBERING:
        return None
    numbers = symbol.decision if header.kind == "decision" else symbol.resolution
    try:
        numbered = numbers(header.number, prefix)
    except MandataError:
        return None
    return None if numbered.suspicious else str(numbered)
