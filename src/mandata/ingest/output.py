"""A finished batch as one stream, or as the report of a folder of shards; in the order of the paths."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator
from typing import Final

import pyoxigraph as ox

from mandata.ingest.passes import Done
from mandata.rdf.attested_lines import read_attested
from mandata.rdf.evidence import Statement
from mandata.rdf.turtle import trig, turtle

_PREFIXES: Final = re.compile(r"\A(?:@prefix .*\n)+")
SPOOLED = {"json": "jsonl", "jsonl": "jsonl", "turtle": "nquads", "trig": "nquads", "nquads": "nquads"}
"""The form of the shards from which each form is streamed."""


def stream(done: Done, form: str) -> Iterator[str]:
    """Yield a batch of spooled shards as one text in a form: a record for each file, a graph for each document."""
    if form in ("json", "jsonl"):
        yield from _array(done) if form == "json" else _lines(done)
    elif form == "nquads":
        yield from (done.folder.shard(key) or "" for key in done.shards() if key)
    else:
        yield from _readable(done, turtle if form == "turtle" else trig)


def statements(done: Done) -> Iterator[Statement]:
    """Yield the statements of a batch of attested shards with their evidence."""
    for key in done.shards():
        if key and (text := done.folder.shard(key)):
            yield from read_attested(text)


def _lines(done: Done) -> Iterator[str]:
    for held, number in done.files():
        lines = (done.folder.shard(held.shard) or "").split("\n")
        yield lines[number] + "\n"


def _array(done: Done) -> Iterator[str]:
    before = "[\n"
    for line in _lines(done):
        shown = json.dumps(json.loads(line), ensure_ascii=False, indent=2).replace("\n", "\n  ")
        yield f"{before}  {shown}"
        before = ",\n"
    yield "\n]\n"


def _readable(done: Done, write: Callable[[Iterable[ox.Quad]], str]) -> Iterator[str]:
    """Yield shard after shard; the prefixes are declared once."""
    first = True
    for key in done.shards():
        text = (done.folder.shard(key) or "") if key else ""
        found = write(ox.parse(text, format=ox.RdfFormat.N_QUADS))
        yield found if first else _PREFIXES.sub("", found)
        first = first and not found


def report(done: Done) -> Iterator[str]:
    """Yield the report of a batch as JSON: how many files were read and how many not, and every file."""
    files = sum(len(held.content.paths) for held in done.held)
    lost = sum(len(held.content.paths) for held in done.held if held.content.sha256 in done.faults)
    yield f'{{\n  "format": "{done.form}",\n  "files": {files},\n  "unread": {lost},\n  "texts": ['
    before = "\n    "
    for one in done.report():
        yield before + json.dumps(one, ensure_ascii=False)
        before = ",\n    "
    yield "\n  ]\n}\n"
