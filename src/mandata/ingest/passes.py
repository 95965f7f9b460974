"""Two passes over many texts: each document alone, then what only all of them together tell.

From small header records of all come the symbols that a text does not state, and which files hold one document; what
hangs on these is written in the second pass. What was done stays done: a run over a folder in which another was cut
short does the rest, to the same bytes.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from mandata.errors import Fault, MandataError
from mandata.identity.candidates import keys_of, keys_of_header
from mandata.identity.headers import catalogue_headers
from mandata.identity.model import DocumentDescription, HeaderRecord, Identity
from mandata.identity.resolve import resolve
from mandata.identity.serialization import description_from_json, header_from_json, identity_from_json, to_json
from mandata.ingest.document_tasks import (
    RECORDS,
    Alone,
    Shard,
    Told,
    Whole,
    as_json,
    checksum,
    read_alone,
    unread,
    write_document,
)
from mandata.ingest.files import Content, data_of
from mandata.ingest.folder import Folder
from mandata.isolation.pool import Workers
from mandata.lexicon.lexicon import lexicons
from mandata.package_data import fingerprint
from mandata.un.catalogue import shipped_catalogue
from mandata.un.document_names import document_name

Json = dict[str, Any]
Count = Callable[[str, int, int], object]
"""Is told what is being done, how many are done, and of how many."""


def uncounted(stage: str, done: int, total: int) -> None:
    """Tell no one."""


@dataclass(slots=True)
class Held:
    """What is kept in memory of a content: a few hundred characters."""

    content: Content
    kind: str
    language: str | None
    identity: Identity | None
    shard: str = ""
    """The key of the shard in which its document stands."""

    @property
    def told(self) -> Told:
        """What is told of it without its bytes."""
        return Told(self.content.sha256, tuple(self.content.paths), self.kind, self.language)


@dataclass(frozen=True, slots=True)
class Done:
    """A finished batch: what was read, in the order of the paths, and what was not."""

    folder: Folder
    form: str
    held: tuple[Held, ...]
    faults: Mapping[str, Fault]

    def shards(self) -> Iterator[str]:
        """Yield the key of each shard, in the order of the first path of each."""
        yield from dict.fromkeys(held.shard for held in self.held)

    def files(self) -> Iterator[tuple[Held, int]]:
        """Yield each file in the order of the paths: its content, and which of the files of that content it is."""
        places = ((place, held, n) for held in self.held for n, place in enumerate(held.content.places))
        yield from ((held, n) for _, held, n in sorted(places, key=lambda one: one[0]))

    def report(self) -> Iterator[Json]:
        """Yield for each file, in the order of the paths, what it is, where it stands, and every doubt about it."""
        for held, number in self.files():
            path, key = held.content.paths[number], held.content.sha256
            shown: Json = {"source": path, "sha256": None if held.content.fault else key, "shard": None}
            if fault := self.faults.get(key):
                yield shown | {"unread": {"code": fault.code, "message": fault.what}}
                continue
            record = self.folder.record(key) or {}
            late = ((self.folder.record(held.shard) or {}).get("shard") or {}).get("doubts", {}).get(path, [])
            identity = held.identity or Identity(key, None, None)
            issues = [_shown(one) for one in (*record["issues"], *map(to_json, identity.issues), *late)]
            shown |= {"shard": self.folder.shard_name(held.shard), "kind": held.kind, "language": held.language}
            shown |= {"symbol": identity.symbol, "certainty": identity.certainty}
            yield shown | {"issues": issues, "unresolved": record["unresolved"]}


def _shown(issue: Json) -> Json:
    return {name: issue.get(name) for name in ("code", "message", "start", "end")}


def run(contents: Sequence[Content], form: str, folder: Folder, workers: Workers, count: Count = uncounted) -> Done:
    """Read some contents, write their documents into a folder, and return what was done.

    Raises:
        MandataError: none of them can be read, the folder cannot be written, or there are no such workers.
    """
    return _Run(form, folder, workers, count).run(contents)


class _Run:
    def __init__(self, form: str, folder: Folder, workers: Workers, count: Count) -> None:
        self.form, self.folder, self.workers, self.count = form, folder, workers, count
        self.faults: dict[str, Fault] = {}
        self.stamps: dict[str, Json] = {}
        self.fresh: set[str] = set()
        """The shards that this run wrote, which need no second look."""

    def run(self, contents: Sequence[Content]) -> Done:
        lexicons()  # a broken lexicon or entity is its own fault, not that of every text
        self._read(contents)
        held = [one for content in contents if (one := self._held(content))]
        if len(self.faults) == len(held):
            first = held[0].content
            raise self.faults[first.sha256].error(first.paths[0])
        self._identify(held)
        self._write(held)
        self._forget_stamps(held)
        self._write_faults(held)
        self.folder.keep({one.shard for one in held} - {""}, {one.content.sha256 for one in held})
        return Done(self.folder, self.form, tuple(held), self.faults)

    def _read(self, contents: Sequence[Content]) -> None:
        """Do the first pass for what has no header record of this program yet."""
        self.faults |= {content.sha256: content.fault for content in contents if content.fault}
        wanted = [c for c in contents if not c.fault and not self._is_read(c)]
        done = len(contents) - len(wanted)
        for key, alone in self.workers.each(read_alone, self._with_bytes(wanted)):
            done += 1
            self.count("read", done, len(contents))
            if isinstance(alone, Fault):
                self.faults[key] = alone
            else:
                self._keep(key, alone)

    def _is_read(self, content: Content) -> bool:
        record = self.folder.record(content.sha256)
        return record is not None and record.get("made_by") == fingerprint()

    def _with_bytes(self, contents: Iterable[Content]) -> Iterator[tuple[str, tuple[str, str, tuple[str, ...], bytes]]]:
        for content in contents:
            data = data_of(content)
            if isinstance(data, Fault):
                self.faults[content.sha256] = data
            else:
                yield content.sha256, (self.form, content.sha256, tuple(content.paths), data)

    def _keep(self, key: str, alone: Alone) -> None:
        if alone.record["made_by"] != fingerprint():
            what, mend = "the workers run another version of mandata", "install the same everywhere"
            raise MandataError("versions-differ", what, "--on", mend)
        if alone.shard:
            self._put(key, alone.record, alone.shard)
        else:
            self.folder.put_record(key, alone.record)

    def _put(self, key: str, record: Json, shard: Shard) -> None:
        self.folder.put_shard(key, shard.text)
        self.folder.put_record(key, record | {"shard": shard.stamp()})
        self.stamps[key] = {"made_of": shard.made_of, "sha256": ""}
        self.fresh.add(key)

    def _held(self, content: Content) -> Held:
        """Return what is kept in memory of a content; a header record that a kill left behind was right."""
        key = content.sha256
        record = self.folder.record(key) if key not in self.faults else {"fault": to_json(self.faults[key])}
        if record is None:
            record = {"fault": to_json(Fault("file-changed", "its header record is gone", "run the command again"))}
        if "fault" in record:
            self.faults[key] = Fault(**record["fault"])
            return Held(content, "other", None, None)
        if stamp := record.get("shard"):
            self.stamps[key] = {"made_of": stamp["made_of"], "sha256": stamp["sha256"]}
        identity = identity_from_json(record["identity"]) if record["identity"] else None
        return Held(content, record["kind"], record.get("language"), identity)

    def _identify(self, held: Sequence[Held]) -> None:
        """Find the symbols that texts do not state, from what all texts and the catalogue say of documents."""
        open_ = [one for one in held if one.identity is None and one.content.sha256 not in self.faults]
        headers = [header_from_json((self.folder.record(one.content.sha256) or {})["header"]) for one in open_]
        found = resolve(headers, self._near(headers, held)) if headers else {}
        for one in open_:
            one.identity = found[one.content.sha256]

    def _near(self, headers: Sequence[HeaderRecord], held: Sequence[Held]) -> list[DocumentDescription]:
        """Return what is said of the documents that some texts may be; all else is read and let go."""
        wanted = {key for header in headers for key in keys_of_header(header)}
        symbols = {d.symbol for d in self._described(held) if not wanted.isdisjoint(keys_of(d))}
        return [d for d in self._described(held) if d.symbol in symbols]

    def _described(self, held: Sequence[Held]) -> Iterator[DocumentDescription]:
        yield from catalogue_headers(shipped_catalogue())
        for one in held:
            if one.content.sha256 not in self.faults:
                yield from map(description_from_json, (self.folder.record(one.content.sha256) or {})["cited"])

    def _write(self, held: Sequence[Held]) -> None:
        """Do the second pass for each document whose shard is not there, or was made of something else."""
        wanted = {}
        for key, files, whole in self._documents(held):
            for one in files:
                one.shard = key
            if not self._is_written(key, whole):
                wanted[key] = files
        tasks = ((key, whole) for key, whole in self._with_all_bytes(wanted, held))
        for done, (key, shard) in enumerate(self.workers.each(write_document, tasks), 1):
            self.count("written with what others tell", done, len(wanted))
            if isinstance(shard, Fault):
                self._lose(wanted[key], shard)
            else:
                self._put(key, self.folder.record(key) or {}, shard)

    def _forget_stamps(self, held: Iterable[Held]) -> None:
        """Take from a header record the stamp of a shard that now stands under another file of the same document."""
        for one in held:
            key = one.content.sha256
            if key in self.stamps and one.shard != key and (record := self.folder.record(key)):
                self.folder.put_record(key, {name: value for name, value in record.items() if name != "shard"})

    def _is_written(self, key: str, whole: Whole) -> bool:
        stamp = self.stamps.get(key)
        if stamp is None or stamp["made_of"] != whole.digest():
            return False
        return key in self.fresh or self.folder.holds_shard(key, stamp["sha256"])

    def _documents(self, held: Sequence[Held]) -> Iterator[tuple[str, list[Held], Whole]]:
        """Yield each document: the key of its shard, its files, and all that its shard depends on, without bytes."""
        groups: dict[str, list[Held]] = defaultdict(list)
        locals_: dict[str, str] = {}
        for one in held:
            if one.identity:
                local = document_name(one.identity.symbol, one.content.sha256)
                locals_[one.content.sha256[:8]] = local
                groups[one.content.sha256 if self.form in RECORDS else local].append(one)
        for files in groups.values():
            told = tuple(sorted((one.told for one in files), key=lambda one: one.sha256))
            first = {one.language: one.sha256 for one in reversed(told)}.values()
            speak = () if self.form in RECORDS else first  # what an identity rests on is said once, and in no record
            identities = {
                one.content.sha256: one.identity if one.content.sha256 in speak else replace(one.identity, evidence=())
                for one in files
                if one.identity
            }
            sources = {e.description.source.split(" ")[0] for i in identities.values() for e in i.evidence}
            elsewhere = {source: locals_[source] for source in sorted(sources) if source in locals_}
            yield told[0].sha256, files, Whole(self.form, told, identities, {} if self.form in RECORDS else elsewhere)

    def _with_all_bytes(self, wanted: Mapping[str, object], held: Sequence[Held]) -> Iterator[tuple[str, Whole]]:
        """Yield the documents that are to be written, with the bytes of the first file in each language."""
        for key, files, whole in self._documents(held):
            if key not in wanted:
                continue
            contents = {one.content.sha256: one.content for one in files}
            first = {one.language: one.sha256 for one in reversed(whole.told)}
            read = {sha256: data_of(contents[sha256]) for sha256 in first.values()}
            if fault := next((data for data in read.values() if isinstance(data, Fault)), None):
                self._lose(files, fault)
                continue
            data = {sha256: one for sha256, one in read.items() if isinstance(one, bytes)}
            yield key, replace(whole, told=tuple(replace(one, data=data.get(one.sha256)) for one in whole.told))

    def _lose(self, files: Iterable[Held], fault: Fault) -> None:
        for one in files:
            one.shard = ""
            self.faults[one.content.sha256] = fault

    def _write_faults(self, held: Sequence[Held]) -> None:
        """Write the records of what holds nothing to read: each is an issue in the output."""
        if self.form not in RECORDS:
            return
        for one in held:
            if fault := self.faults.get(one.content.sha256):
                one.shard = one.content.sha256
                text = as_json([unread(path, fault) for path in one.content.paths], self.form)
                if not self.folder.holds_shard(one.shard, checksum(text)):
                    self.folder.put_shard(one.shard, text)
