"""Header records from readings and from the catalogue."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date

from mandata.identity.model import DocumentDescription, HeaderRecord
from mandata.lexicon.dates import parse_date
from mandata.lexicon.folding import fold
from mandata.lexicon.lexicon import lexicon_of
from mandata.reading import Reading
from mandata.un.catalogue import Record
from mandata.un.entities import Entity, local_name

_DISTINCTIVE_KINDS = ("centre", "org", "event")


def header(reading: Reading) -> HeaderRecord:
    """Return the header record of a reading."""
    document, posts = reading.document, reading.correspondence
    head = document.masthead
    letter = document.letterhead
    return HeaderRecord(
        checksum=document.source.sha256,
        kind=document.kind,
        stated=head.symbol.value if head.symbol else None,
        number=head.number.value if head.number else None,
        organs=tuple(organ.value for organ in head.organs),
        acting=head.acting,
        session=head.session.value if head.session else None,
        dated=letter.date.value if letter else None,
        distributed=head.distribution_date.value if head.distribution_date else None,
        sent_by=posts.sender.post if posts.sender else None,
        sent_to=posts.addressee.post if posts.addressee else None,
        annex_titles=tuple(fold(a.title.chars).lower() for a in document.annexes if a.title),
        annexed=tuple(sorted(_instruments_titled(reading))),
        annex_adopted=next((a.adopted.value for a in document.annexes if a.adopted), None),
        names=frozenset(m.entity.local_name for m in reading.mentions if m.entity.kind in _DISTINCTIVE_KINDS),
    )


def _instruments_titled(reading: Reading) -> Iterator[str]:
    titles = {f"{a.path}.title": a.title for a in reading.document.annexes if a.title}
    for mention in reading.mentions:
        if mention.entity.kind == "instrument" and mention.path in titles and mention.place.start == 0:
            yield mention.entity.local_name


def catalogue_headers(records: Iterable[Record]) -> Iterator[DocumentDescription]:
    """Yield the description of each letter in the catalogue."""
    for record in records:
        titles = record.annex.get("title", {})
        yield DocumentDescription(
            symbol=record.symbol,
            source="catalogue",
            dated=record.dated,
            distributed=record.distributed,
            sent_by=_post(record.sent_by),
            sent_to=_post(record.sent_to),
            annex_titles=tuple(sorted(fold(title).lower() for title in titles.values())),
            annex_adopted=record.annex.get("adopted"),
        )


def _post(key: str | None) -> str | None:
    return local_name("post", key) if key else None


def cited_headers(reading: Reading) -> Iterator[DocumentDescription]:
    """Yield a description of each document that a paragraph cites by symbol, in its words or in a note."""
    document = reading.document
    mentioned: dict[str, list[Entity]] = defaultdict(list)
    for mention in reading.mentions:
        mentioned[mention.path].append(mention.entity)
    texts = {paragraph.path: paragraph.text for paragraph in document.body()}
    for citation in reading.citations.found:
        if citation.way in ("symbol", "footnote") and "/" in citation.target and not citation.path.startswith("fn"):
            here = mentioned.get(citation.path, [])
            yield DocumentDescription(
                symbol=citation.target,
                source=f"{document.source.short_checksum} {citation.path}",
                between=frozenset(e.local_name for e in here if e.kind == "post"),
                annexed=tuple(sorted(set(_instrument_headers(here, citation.target)))),
                annex_adopted=_read_adoption_day(texts[citation.path].folded, document.language),
                names=frozenset(e.local_name for e in here if e.kind in _DISTINCTIVE_KINDS),
            )


def _instrument_headers(mentioned: Iterable[Entity], target: str) -> Iterator[str]:
    """Yield the named instruments that the cited document may contain: those not known to be in another."""
    for entity in mentioned:
        if entity.kind == "instrument" and (not entity.documents or target in entity.documents):
            yield entity.local_name


def _read_adoption_day(words: str, language: str | None) -> date | None:
    """Return the day on which a paragraph says that what it cites was adopted ("adoptée le 13 juin 2017")."""
    lexicon = lexicon_of(language)
    match = lexicon.search("adopted-there", words) if lexicon else None
    return parse_date(match["date"], lexicon) if lexicon and match else None
