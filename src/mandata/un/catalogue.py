"""Documents known by a catalogue record, whether or not their text is in the collection: ``data/catalogue.yaml``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from mandata.errors import MandataError
from mandata.package_data import read_yaml, shipped_path
from mandata.un import symbol


@dataclass(frozen=True, slots=True)
class RecordedCitation:
    """A document that a catalogued one cites; ``paragraph`` is the citing one, such as ``pp3``, or None if unknown."""

    target: str
    relation: str | None = None
    paragraph: str | None = None
    note: str | None = None
    operator: str | None = None
    via: str | None = None
    part: str | None = None
    date: date | None = None


@dataclass(frozen=True, slots=True)
class Record:
    """The catalogue's record of one document; ``checked`` is true if it was compared with the ``source`` it names."""

    symbol: str
    cls: str
    source: str
    checked: bool = True
    title: Mapping[str, str] = field(default_factory=dict)
    dated: date | None = None
    adopted: date | None = None
    distributed: date | None = None
    session: int | None = None
    meeting: int | None = None
    agenda_item: str | None = None
    agenda_item_title: Mapping[str, str] = field(default_factory=dict)
    sent_by: str | None = None
    sent_to: str | None = None
    sender_state: str | None = None
    annex: Mapping[str, Any] = field(default_factory=dict)
    drafts: tuple[str, ...] = ()
    cites: tuple[RecordedCitation, ...] = ()


@cache
def shipped_catalogue() -> tuple[Record, ...]:
    """Return the records of the catalogue shipped with the package, sorted by symbol."""
    return load(shipped_path("data/catalogue.yaml"))


def load(path: Path) -> tuple[Record, ...]:
    """Return the records of a catalogue file, sorted by symbol.

    Raises:
        MandataError: the file is not a YAML list of records, or a record has an unknown key or no symbol.
    """
    data = read_yaml(path)
    if not isinstance(data, list):
        raise MandataError("catalogue", "is no list of records", str(path), "begin each record with '- symbol:'")
    records = [_record(entry, f"{path}, record {n}") for n, entry in enumerate(data, 1)]
    return tuple(sorted(records, key=lambda record: record.symbol))


def _record(entry: dict[str, Any], where: str) -> Record:
    try:
        fields = dict(entry)
        fields["symbol"] = str(symbol.parse(str(fields["symbol"])))
        fields["cls"] = fields.pop("class")
        fields["drafts"] = tuple(fields.get("drafts", ()))
        fields["cites"] = tuple(_citation(dict(cited)) for cited in fields.get("cites", ()))
        return Record(**fields)
    except symbol.SymbolError as error:
        raise MandataError("catalogue", f"{error.where}: {error.what}", where, error.mend) from error
    except (KeyError, TypeError, AttributeError) as error:
        raise MandataError("catalogue", f"lacks or misuses {error}", where, "give symbol, class, source") from error


def _citation(cited: dict[str, Any]) -> RecordedCitation:
    return RecordedCitation(target=str(cited.pop("id")), **cited)
