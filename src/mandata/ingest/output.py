"""A finished batch as one stream, or as the report of a folder of shards; in the order of the paths."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator
from typing import Final

import pyoxigraph as ox

from mandata.ingest.batch import Batch
from mandata.rdf.attested_lines import read_attested
from mandata.rdf.evidence import Statement
from mandata.rdf.turtle import trig, turtle

_PREFIXES: Final = re.compile(r"\A(?:@prefix .*\n)+")
SHARD_FORM = {"json": "jsonl", "jsonl": "jsonl", "turtle": "nquads", "trig": "nquads", "nquads": "nquads"}
"""The form of the shards from which each form is streamed."""


def stream(batch: Batch, form: str) -> Iterator[str]:
    """Yield a batch of shards as one text in a form: a record for each file, a graph for each document."""
    if form in ("json", "jsonl"):
        yield from _array(batch) if form == "json" else _lines(batch)
    elif form == "nquads":
        yield from (batch.folder.shard(key) or "" for key in batch.shards() if key)
    else:
        yield from _readable(batch, turtle if form == "turtle" else trig)


def statements(batch: Batch) -> Iterator[Statement]:
    """Yield the statements of a batch of attested shards with their evidence."""
    for key in batch.shards():
        if key and (text := batch.folder.shard(key)):
            yield from read_attested(text)


def _lines(batch: Batch) -> Iterator[str]:
    for entry, number in batch.files():
        lines = (batch.folder.shard(entry.shard) or "").split("\n")
        yield lines[number] + "\n"


def _array(batch: Batch) -> Iterator[str]:
    before = "[\n"
    for line in _lines(batch):
        rendered = json.dumps(json.loads(line), ensure_ascii=False, indent=2).replace("\n", "\n  ")
        yield f"{before}  {rendered}"
        before = ",\n"
    yield "\n]\n"


def _readable(batch: Batch, write: Callable[[Iterable[ox.Quad]], str]) -> Iterator[str]:
    """Yield shard after shard; the prefixes are declared once."""
    first = True
    for key in batch.shards():
        text = (batch.folder.shard(key) or "") if key else ""
        found = write(ox.parse(text, format=ox.RdfFormat.N_QUADS))
        yield found if first else _PREFIXES.sub("", found)
        first = first and not found


def report(batch: Batch) -> Iterator[str]:
    """Yield the report of a batch as JSON: how many files were read and how many not, and every file."""
    files = sum(len(entry.content.paths) for entry in batch.entries)
    unread = sum(len(entry.content.paths) for entry in batch.entries if entry.content.sha256 in batch.faults)
    yield f'{{\n  "format": "{batch.form}",\n  "files": {files},\n  "unread": {unread},\n  "texts": ['
    before = "\n    "
    for one in batch.report():
        yield before + json.dumps(one, ensure_ascii=False)
        before = ",\n    "
    yield "\n  ]\n}\n"
