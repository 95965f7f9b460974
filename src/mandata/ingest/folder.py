"""The folder in which a batch is done: a header record and a shard for each document, whole at any moment.

A file is put in its place by one rename. A shard is known by its checksum, which stands in the header record that is
written after it; so whatever a kill or a power cut leaves behind is either right or made again.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from mandata.atomic_files import write_pieces, write_whole
from mandata.errors import MandataError
from mandata.ingest.document_tasks import ATTESTED, checksum

Json = dict[str, Any]
ENDINGS = {"json": ".json", "jsonl": ".jsonl", "turtle": ".ttl", "trig": ".trig", "nquads": ".nq", ATTESTED: ".nq"}
REPORT = "report.json"
_FORMAT = "mandata-convert.json"
_SHARDS, _RECORDS, _READINGS = "documents", "headers", "readings"

_CHECKSUM = hashlib.sha256().digest_size


class Folder:
    """A folder of shards of one form; made where it is missing, gone on with where it is there.

    What is put in a lasting one outlasts a power cut; one that is not is let go once it has been read.

    Raises:
        MandataError: it holds other things or shards of another form, or cannot be written.
    """

    def __init__(self, root: Path, form: str, durable: bool = True) -> None:
        self.root, self._ending = root, ENDINGS[form]
        self._durable = durable
        format_line = json.dumps({"format": form}) + "\n"
        if root.is_dir() and any(root.iterdir()):
            _check(root, format_line)
        elif root.exists() and not root.is_dir():
            raise MandataError("out", "is a file", str(root), "name a folder")
        write_whole(root / _FORMAT, format_line)
        self._write(lambda: (root / REPORT).unlink(missing_ok=True))

    def shard_name(self, key: str) -> str:
        """Return the path of a shard within the folder, with slashes."""
        return f"{_SHARDS}/{key[:2]}/{key}{self._ending}"

    def shard(self, key: str) -> str | None:
        """Return a shard; None where there is none."""
        return _text(self.root / self.shard_name(key))

    def put_shard(self, key: str, text: str) -> None:
        """Put a shard in its place."""
        self._put(self.root / self.shard_name(key), text)

    def holds_shard(self, key: str, sha256: str) -> bool:
        """Tell whether a shard stands in its place, as it was written."""
        text = self.shard(key)
        return text is not None and checksum(text) == sha256

    def record(self, key: str) -> Json | None:
        """Return a header record; None where there is none, or half of one."""
        text = _text(self._record_path(key))
        try:
            found = json.loads(text) if text else None
        except ValueError:
            return None
        return found if isinstance(found, dict) else None

    def put_record(self, key: str, record: Json) -> None:
        """Put a header record in its place."""
        self._put(self._record_path(key), json.dumps(record, ensure_ascii=False, sort_keys=True) + "\n")

    def reading(self, key: str) -> bytes | None:
        """Return a reading as it was put; None where there is none, or half of one."""
        try:
            packed = self._reading_path(key).read_bytes()
        except OSError:
            return None
        checksum, reading = packed[:_CHECKSUM], packed[_CHECKSUM:]
        return reading if hashlib.sha256(reading).digest() == checksum else None

    def put_reading(self, key: str, reading: bytes) -> None:
        """Put a reading in its place, until its document is written; ``keep`` leaves none."""
        write_whole(self._reading_path(key), hashlib.sha256(reading).digest() + reading, self._durable)

    def drop_reading(self, key: str) -> None:
        """Remove a reading whose document is written."""
        self._write(lambda: self._reading_path(key).unlink(missing_ok=True))

    def put_report(self, pieces: Iterable[str]) -> None:
        """Put the report in its place: the batch is done."""
        write_pieces(self.root / REPORT, pieces)

    def keep(self, shards: set[str], records: set[str]) -> None:
        """Remove all but these shards and header records: what earlier runs left, and all readings, now of no use."""
        kept = {self.root / self.shard_name(key) for key in shards} | {self._record_path(key) for key in records}
        for top in (_SHARDS, _RECORDS, _READINGS):
            for path in list((self.root / top).rglob("*")):
                if path not in kept and not path.is_dir():
                    self._write(path.unlink)
            for path in [*(self.root / top).glob("*"), self.root / top]:
                with contextlib.suppress(OSError):  # it is not empty, or not there
                    path.rmdir()

    def _record_path(self, key: str) -> Path:
        return self.root / _RECORDS / key[:2] / f"{key}.json"

    def _reading_path(self, key: str) -> Path:
        return self.root / _READINGS / key[:2] / key

    def _put(self, path: Path, text: str) -> None:
        write_whole(path, text, self._durable)

    def _write(self, act: Any) -> None:
        try:
            act()
        except OSError as error:
            said = error.strerror or "cannot be written"
            raise MandataError("write", said, str(self.root), "choose another place") from error


def _check(root: Path, format_line: str) -> None:
    found = _text(root / _FORMAT)
    if found is None:
        raise MandataError("out", "holds other things and is left alone", str(root), "name a new or empty folder")
    if found and found != format_line:
        raise MandataError("out", "holds documents of another format", str(root), "name another folder")


def _text(path: Path) -> str | None:
    try:
        return path.read_bytes().decode("utf-8")
    except (OSError, UnicodeDecodeError):
        return None
