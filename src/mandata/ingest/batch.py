"""A finished batch of texts: what was read, what was not, and the report of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from mandata.errors import Fault
from mandata.identity.model import Identity
from mandata.identity.serialization import to_json
from mandata.ingest.document_tasks import DocumentText
from mandata.ingest.files import Content
from mandata.ingest.folder import Folder

Json = dict[str, Any]


@dataclass(slots=True)
class TextEntry:
    """What is kept in memory of a text: a few hundred characters."""

    content: Content
    kind: str
    language: str | None
    identity: Identity | None
    shard: str = ""
    """The key of the shard in which its document stands."""

    def as_document_text(self) -> DocumentText:
        """Return it as a text of its document, without its words."""
        return DocumentText(self.content.sha256, tuple(self.content.paths), self.kind, self.language)


@dataclass(frozen=True, slots=True)
class Batch:
    """A finished batch: what was read, in the order of the paths, and what was not."""

    folder: Folder
    form: str
    entries: tuple[TextEntry, ...]
    faults: Mapping[str, Fault]

    def shards(self) -> Iterator[str]:
        """Yield the key of each shard, in the order of the first path of each."""
        yield from dict.fromkeys(entry.shard for entry in self.entries)

    def files(self) -> Iterator[tuple[TextEntry, int]]:
        """Yield each file in the order of the paths: its text, and which of the files of that text it is."""
        places = ((place, entry, n) for entry in self.entries for n, place in enumerate(entry.content.places))
        yield from ((entry, n) for _, entry, n in sorted(places, key=lambda placed: placed[0]))

    def report(self) -> Iterator[Json]:
        """Yield for each file, in the order of the paths, what it is, where it stands, and every doubt about it."""
        for entry, number in self.files():
            path, key = entry.content.paths[number], entry.content.sha256
            row: Json = {"source": path, "sha256": None if entry.content.fault else key, "shard": None}
            if fault := self.faults.get(key):
                yield row | {"unread": {"code": fault.code, "message": fault.what}}
                continue
            record = self.folder.record(key) or {}
            late = ((self.folder.record(entry.shard) or {}).get("shard") or {}).get("doubts", {}).get(path, [])
            identity = entry.identity or Identity(key, None, None)
            issues = [_report_issue(issue) for issue in (*record["issues"], *map(to_json, identity.issues), *late)]
            row |= {"shard": self.folder.shard_name(entry.shard), "kind": entry.kind, "language": entry.language}
            row |= {"symbol": identity.symbol, "certainty": identity.certainty}
            yield row | {"issues": issues, "unresolved": record["unresolved"]}


def _report_issue(issue: Json) -> Json:
    return {name: issue.get(name) for name in ("code", "message", "start", "end")}
