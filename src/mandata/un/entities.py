"""The things that texts name: States, organs, organisations, places, people, events, instruments, topics."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from mandata.errors import MandataError
from mandata.package_data import read_yaml, shipped_path

KINDS = (
    "state", "region", "group", "org", "centre", "organ", "place", "person",
    "post", "event", "instrument", "proclamation", "topic",
)  # fmt: skip

_DEFAULT_CLASS = {
    "state": "MemberState", "region": "Region", "group": "RegionalGroup", "org": "Organisation", "centre": "Centre",
    "organ": "Organ", "place": "Place", "person": "Person", "post": "Post", "event": "Event",
    "instrument": "Instrument", "proclamation": "Proclamation", "topic": "Topic",
}  # fmt: skip


@lru_cache(4096)  # asked for at each mention
def local_name(kind: str, key: str) -> str:
    """Return the local name of an entity's IRI.

    Args:
        kind: one of ``KINDS``.
        key: its key within the kind.

    >>> local_name("org", "Central Asian Women Leaders' Caucus")
    'org-Central_Asian_Women_Leaders_Caucus'
    >>> local_name("post", "Permanent Representative of Türkiye")
    'post-Permanent_Representative_of_Turkiye'
    """
    plain = unicodedata.normalize("NFKD", "_".join(key.split()))
    return f"{kind}-{re.sub(r'[^A-Za-z0-9_.-]', '', plain)}"


@dataclass(frozen=True, slots=True)
class Entity:
    """One thing that texts name, as ``data/entities/*.yaml`` describes it."""

    key: str
    kind: str
    cls: str
    names: Mapping[str, tuple[str, ...]]
    context: Mapping[str, tuple[str, ...]]
    short: str | None
    exact: tuple[str, ...]
    source: str
    facts: Mapping[str, Any] = field(default_factory=dict)

    @property
    def checked(self) -> bool:
        """Whether this record was compared with the source that it names."""
        return bool(self.facts.get("checked", True))

    @property
    def local_name(self) -> str:
        """The local name of its IRI, such as ``org-UNODC``."""
        return local_name(self.kind, self.key)

    @property
    def display_name(self) -> str:
        """The short English name used for it in the records that ``convert`` prints."""
        if self.short:
            return self.short
        return self.names["en"][0] if self.kind in ("state", "organ") and self.names.get("en") else self.key

    def label(self, language: str) -> str:
        """Return its name in a language, else in English, else its key."""
        return next((self.names[lang][0] for lang in (language, "en") if self.names.get(lang)), self.key)

    @property
    def documents(self) -> tuple[str, ...]:
        """The symbols of the documents that carry a named instrument."""
        only = self.facts.get("document")
        return (str(only),) if only else tuple(map(str, self.facts.get("documents", ())))


@dataclass(frozen=True)
class Entities:
    """All entities, by local name, in the order of their local names."""

    by_name: Mapping[str, Entity]

    def __iter__(self) -> Any:
        return iter(self.by_name.values())

    def of_kind(self, *kinds: str) -> list[Entity]:
        """Return the entities of some kinds."""
        return [e for e in self if e.kind in kinds]

    def get(self, kind: str, key: str) -> Entity | None:
        """Return the entity of a kind with a key, if there is one."""
        return self.by_name.get(local_name(kind, key))

    def find(self, key: str, *kinds: str) -> Entity | None:
        """Return the entity with this key in the first of the given kinds (by default all) that has one."""
        return next((e for kind in kinds or KINDS if (e := self.get(kind, key))), None)


@cache
def shipped_entities() -> Entities:
    """Return the entities shipped with the package."""
    return load(shipped_path("data/entities"))


def load(folder: Path) -> Entities:
    """Return the entities of a folder of YAML files.

    Raises:
        MandataError: a file is not a YAML list of entities, or two entities share a local name.
    """
    found: dict[str, Entity] = {}
    for path in sorted(folder.glob("*.yaml")):
        for entity in _entries(read_yaml(path), path):
            if entity.local_name in found:
                raise MandataError("entities", f"{entity.local_name} is there twice", str(path), "keep one")
            found[entity.local_name] = entity
    return Entities(dict(sorted(found.items())))


def _entries(data: Any, path: Path) -> Iterable[Entity]:
    if not isinstance(data, list):
        raise MandataError("entities", "is no list of entities", str(path), "begin each entity with '- id:'")
    for position, entry in enumerate(data, 1):
        try:
            yield _entity(entry)
        except (KeyError, TypeError, AttributeError) as error:
            where = f"{path}, entity {position}"
            raise MandataError("entities", f"lacks or misuses {error}", where, "give id, kind and names") from error


_OWN_KEYS = {"id", "kind", "class", "names", "context", "short", "exact", "source"}


def _entity(entry: dict[str, Any]) -> Entity:
    if entry["kind"] not in KINDS:
        raise KeyError("kind")
    return Entity(
        key=str(entry["id"]),
        kind=entry["kind"],
        cls=entry.get("class", _DEFAULT_CLASS[entry["kind"]]),
        names={lang: tuple(map(str, names)) for lang, names in entry["names"].items()},
        context={lang: tuple(map(str, names)) for lang, names in entry.get("context", {}).items()},
        short=entry.get("short"),
        exact=tuple(entry.get("exact", ())),
        source=str(entry.get("source", "")),
        facts={k: v for k, v in entry.items() if k not in _OWN_KEYS},
    )
