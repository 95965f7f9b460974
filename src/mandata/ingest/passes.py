"""Two passes over many texts: each text alone, then each document with what only all of them together say.

The first pass reads each text and keeps its reading and a small header record. From the header records of all come the
symbols that a text does not state, and which texts are one document; the second pass writes each document from the
readings that were kept, so that a text is read once. What was done stays done: a run over a folder in which another
was cut short does the rest, to the same bytes.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from mandata.errors import Fault, MandataError
from mandata.identity.candidates import keys_of, keys_of_header
from mandata.identity.headers import catalogue_headers
from mandata.identity.model import DocumentDescription, HeaderRecord
from mandata.identity.resolve import resolve
from mandata.identity.serialization import description_from_json, header_from_json, identity_from_json, to_json
from mandata.ingest.batch import Batch, TextEntry
from mandata.ingest.document_tasks import (
    RECORDS,
    DocumentTask,
    DocumentText,
    Shard,
    TextResult,
    TextTask,
    as_json,
    checksum,
    read_text,
    unread_record,
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
"""Is given what is being done, how many are done, and of how many."""


def no_count(stage: str, done: int, total: int) -> None:
    """Report no progress."""


def run(contents: Sequence[Content], form: str, folder: Folder, workers: Workers, count: Count = no_count) -> Batch:
    """Read some contents, write their documents into a folder, and return what was done.

    Args:
        contents: what is to be read, each content once.
        form: the form in which documents are written, one of the folder.
        folder: where they are written, and where what an earlier run did is found.
        workers: who reads and writes.
        count: is given the progress.

    Raises:
        MandataError: none of them can be read, the folder cannot be written, or there are no such workers.
    """
    return _TwoPasses(form, folder, workers, count).run(contents)


class _TwoPasses:
    def __init__(self, form: str, folder: Folder, workers: Workers, count: Count) -> None:
        self.form, self.folder, self.workers, self.count = form, folder, workers, count
        self.faults: dict[str, Fault] = {}

    def run(self, contents: Sequence[Content]) -> Batch:
        lexicons()  # a broken lexicon or entity is its own fault, not that of every text
        self._read(contents)
        entries = [self._entry(content) for content in contents]
        if len(self.faults) == len(entries):
            first = entries[0].content
            raise self.faults[first.sha256].error(first.paths[0])
        self._identify(entries)
        self._write(entries)
        self._write_faults(entries)
        self.folder.keep({entry.shard for entry in entries} - {""}, {entry.content.sha256 for entry in entries})
        return Batch(self.folder, self.form, tuple(entries), self.faults)

    def _read(self, contents: Sequence[Content]) -> None:
        """Do the first pass for what has no header record of this program yet."""
        self.faults |= {content.sha256: content.fault for content in contents if content.fault}
        missing = [c for c in contents if not c.fault and not self._is_read(c)]
        done = len(contents) - len(missing)
        for key, result in self.workers.each(read_text, self._text_tasks(missing)):
            done += 1
            self.count("read", done, len(contents))
            if isinstance(result, Fault):
                self.faults[key] = result
            else:
                self._keep(key, result)

    def _is_read(self, content: Content) -> bool:
        record = self.folder.record(content.sha256)
        return record is not None and record.get("made_by") == fingerprint()

    def _text_tasks(self, contents: Iterable[Content]) -> Iterator[tuple[str, TextTask]]:
        for content in contents:
            data = data_of(content)
            if isinstance(data, Fault):
                self.faults[content.sha256] = data
            else:
                yield content.sha256, TextTask(content.sha256, tuple(content.paths), data)

    def _keep(self, key: str, result: TextResult) -> None:
        if result.record["made_by"] != fingerprint():
            what, mend = "the workers run another version of mandata", "install the same everywhere"
            raise MandataError("versions-differ", what, "--on", mend)
        if result.reading:
            self.folder.put_reading(key, result.reading)
        self.folder.put_record(key, result.record)

    def _entry(self, content: Content) -> TextEntry:
        """Return what is kept in memory of a content; a header record that a killed run left is complete."""
        key = content.sha256
        record = self.folder.record(key) if key not in self.faults else {"fault": to_json(self.faults[key])}
        if record is None:
            record = {"fault": to_json(Fault("file-changed", "its header record is gone", "run the command again"))}
        if "fault" in record:
            self.faults[key] = Fault(**record["fault"])
            return TextEntry(content, "other", None, None)
        identity = identity_from_json(record["identity"]) if record["identity"] else None
        return TextEntry(content, record["kind"], record.get("language"), identity)

    def _identify(self, entries: Sequence[TextEntry]) -> None:
        """Find the symbols that texts do not state, from what all texts and the catalogue say of documents."""
        unknown = [e for e in entries if e.identity is None and e.content.sha256 not in self.faults]
        headers = [header_from_json((self.folder.record(entry.content.sha256) or {})["header"]) for entry in unknown]
        found = resolve(headers, self._near(headers, entries)) if headers else {}
        for entry in unknown:
            entry.identity = found[entry.content.sha256]

    def _near(self, headers: Sequence[HeaderRecord], entries: Sequence[TextEntry]) -> list[DocumentDescription]:
        """Return what is said of the documents that some texts may be; all else is read and let go."""
        keys = {key for header in headers for key in keys_of_header(header)}
        symbols = {d.symbol for d in self._descriptions(entries) if not keys.isdisjoint(keys_of(d))}
        return [d for d in self._descriptions(entries) if d.symbol in symbols]

    def _descriptions(self, entries: Sequence[TextEntry]) -> Iterator[DocumentDescription]:
        yield from catalogue_headers(shipped_catalogue())
        for entry in entries:
            if entry.content.sha256 not in self.faults:
                yield from map(description_from_json, (self.folder.record(entry.content.sha256) or {})["cited"])

    def _write(self, entries: Sequence[TextEntry]) -> None:
        """Do the second pass for each document whose shard is not there, or was made of something else."""
        missing: dict[str, tuple[list[TextEntry], DocumentTask]] = {}
        for key, texts, task in self._documents(entries):
            for entry in texts:
                entry.shard = key
            if not self._is_written(key, task):
                missing[key] = texts, task
        for done, (key, shard) in enumerate(self.workers.each(write_document, self._with_words(missing)), 1):
            texts, _ = missing[key]
            self.count("written", done, len(missing))
            if isinstance(shard, Fault):
                self._lose(texts, shard)
            else:
                self._put(key, shard, texts)

    def _put(self, key: str, shard: Shard, texts: Iterable[TextEntry]) -> None:
        """Put a shard and its stamp in their places; the readings of its texts are needed no more."""
        self.folder.put_shard(key, shard.text)
        for entry in texts:
            other = entry.content.sha256
            record = self.folder.record(other) or {}
            bare = {name: value for name, value in record.items() if name != "shard"}
            stamped = bare | {"shard": shard.stamp()} if other == key else bare
            if stamped != record:
                self.folder.put_record(other, stamped)
            self.folder.drop_reading(other)

    def _is_written(self, key: str, task: DocumentTask) -> bool:
        stamp = (self.folder.record(key) or {}).get("shard")
        if stamp is None or stamp["made_of"] != task.digest():
            return False
        return self.folder.holds_shard(key, stamp["sha256"])

    def _documents(self, entries: Sequence[TextEntry]) -> Iterator[tuple[str, list[TextEntry], DocumentTask]]:
        """Yield each document: the key of its shard, its texts, and all that its shard depends on, without words."""
        groups: dict[str, list[TextEntry]] = defaultdict(list)
        names: dict[str, str] = {}
        for entry in entries:
            if entry.identity:
                local = document_name(entry.identity.symbol, entry.content.sha256)
                names[entry.content.sha256[:8]] = local
                groups[entry.content.sha256 if self.form in RECORDS else local].append(entry)
        for texts in groups.values():
            yield self._document(texts, names)

    def _document(
        self, entries: list[TextEntry], names: Mapping[str, str]
    ) -> tuple[str, list[TextEntry], DocumentTask]:
        texts = tuple(sorted((entry.as_document_text() for entry in entries), key=lambda text: text.sha256))
        # what an identity rests on is stated once, and in no record
        speaking = [] if self.form in RECORDS else _first_by_language(texts)
        identities = {
            e.content.sha256: e.identity if e.content.sha256 in speaking else replace(e.identity, evidence=())
            for e in entries
            if e.identity
        }
        sources = {e.description.source.split(" ")[0] for i in identities.values() for e in i.evidence}
        elsewhere = {source: names[source] for source in sorted(sources) if source in names}
        return texts[0].sha256, entries, DocumentTask(self.form, texts, identities, elsewhere)

    def _with_words(
        self, missing: Mapping[str, tuple[list[TextEntry], DocumentTask]]
    ) -> Iterator[tuple[str, DocumentTask]]:
        """Yield the documents that are to be written, with the words of the first text in each language."""
        for key, (texts, task) in missing.items():
            contents = {entry.content.sha256: entry.content for entry in texts}
            first = set(_first_by_language(task.texts))
            given = [self._with_reading(text, contents) if text.sha256 in first else text for text in task.texts]
            if fault := next((text for text in given if isinstance(text, Fault)), None):
                self._lose(texts, fault)
            else:
                yield key, replace(task, texts=tuple(text for text in given if not isinstance(text, Fault)))

    def _with_reading(self, text: DocumentText, contents: Mapping[str, Content]) -> DocumentText | Fault:
        """Return a text with its reading or, if none is kept, with its bytes."""
        if reading := self.folder.reading(text.sha256):
            return replace(text, reading=reading)
        data = data_of(contents[text.sha256])
        return data if isinstance(data, Fault) else replace(text, data=data)

    def _lose(self, entries: Iterable[TextEntry], fault: Fault) -> None:
        for entry in entries:
            entry.shard = ""
            self.faults[entry.content.sha256] = fault

    def _write_faults(self, entries: Sequence[TextEntry]) -> None:
        """Write the records of what holds nothing to read: each is an issue in the output."""
        if self.form not in RECORDS:
            return
        for entry in entries:
            if fault := self.faults.get(entry.content.sha256):
                entry.shard = entry.content.sha256
                text = as_json([unread_record(path, fault) for path in entry.content.paths], self.form)
                if not self.folder.holds_shard(entry.shard, checksum(text)):
                    self.folder.put_shard(entry.shard, text)


def _first_by_language(texts: Iterable[DocumentText]) -> list[str]:
    """Return the checksums of the first text in each language, by checksum: the one that speaks for the others."""
    first: dict[str | None, str] = {}
    for text in texts:
        first.setdefault(text.language, text.sha256)
    return list(first.values())
