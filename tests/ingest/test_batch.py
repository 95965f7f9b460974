"""A batch: the same bytes whoever does the work, in the order of the paths, and no bad text stops it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest

from mandata.errors import MandataError
from mandata.graph.build import build_documents
from mandata.graph.record import record
from mandata.identity.headers import catalogue_headers, cited_headers, header
from mandata.identity.resolve import resolve
from mandata.ingest import build as building
from mandata.ingest import conversion
from mandata.rdf.canonical import nquads
from mandata.reading import Reading, read
from mandata.text import source
from mandata.un.catalogue import shipped_catalogue

from .many import BAD, TEXTS, tree, write_many


def report(out: Path) -> list[dict[str, Any]]:
    return list(json.loads((out / "report.json").read_text(encoding="utf-8"))["texts"])


def test_several_processes_write_the_same_folder(texts: Path, form: str, undisturbed: Path, tmp_path: Path) -> None:
    conversion.convert_into([texts], form, tmp_path / "out", jobs=3)
    assert tree(tmp_path / "out") == tree(undisturbed)


@pytest.mark.parametrize("form", ["json", "jsonl", "turtle", "trig", "nquads"])
def test_several_processes_stream_the_same_text(form: str, tmp_path: Path) -> None:
    few = write_many(tmp_path / "few", 12)
    assert "".join(conversion.convert([few], form, jobs=2)) == "".join(conversion.convert([few], form))


def test_a_run_over_a_finished_folder_changes_nothing(texts: Path, form: str, undisturbed: Path) -> None:
    before, counted = tree(undisturbed), list[str]()
    conversion.convert_into([texts], form, undisturbed, count=lambda stage, *_: counted.append(stage))
    assert tree(undisturbed) == before
    assert counted == []


def test_records_come_in_the_order_of_the_paths(texts: Path) -> None:
    """Whatever stands in them: those that hold nothing too, and a text under both its names."""
    names = sorted(path.name for path in texts.iterdir())
    turned = [texts / name for name in (*names[150:], *names[:150])]
    found = [json.loads(line) for line in conversion.convert(turned, "jsonl", jobs=2)]
    assert [one["source"] for one in found] == [str(path) for path in turned]
    bad = {Path(one["source"]).name: one["issues"][0]["code"] for one in found if len(one) == 3}
    assert bad == {"00003-empty.txt": "empty-file", "00051-binary.txt": "binary-file", "00077-blank.txt": "empty-file"}
    assert bad.keys() == BAD.keys()


def test_the_report_names_every_file_and_its_shard(texts: Path, form: str, undisturbed: Path) -> None:
    found = report(undisturbed)
    assert [Path(one["source"]).name for one in found] == sorted(path.name for path in texts.iterdir())
    assert {Path(one["source"]).name for one in found if "unread" in one} == set(BAD)
    told = {one["shard"] for one in found} - {None}
    held = {name for name in tree(undisturbed) if name.startswith("documents/")}
    assert told <= held and (form == "jsonl" or told == held)
    assert all(one["symbol"] for one in found if "unread" not in one)


def in_memory(paths: list[Path]) -> tuple[list[Reading], dict[str, Any]]:
    readings = [read(source.read(path)) for path in paths]
    described = [*catalogue_headers(shipped_catalogue()), *(d for reading in readings for d in cited_headers(reading))]
    return readings, resolve([header(reading) for reading in readings], described)


def test_two_passes_say_what_the_whole_collection_in_memory_says(tmp_path: Path) -> None:
    paths = sorted(write_many(tmp_path / "some", 23).iterdir())
    readings, identities = in_memory(paths)
    records = [record(one, identities[one.document.source.sha256]) for one in readings]
    assert [json.loads(line) for line in conversion.convert(paths, "jsonl")] == json.loads(json.dumps(records))
    stated, _ = build_documents(readings, identities)
    quads = [one.quad for one in stated]
    streamed = "".join(conversion.convert(paths, "nquads"))
    assert sorted(streamed.splitlines()) == nquads(quads).splitlines()
    for form in (ox.RdfFormat.TURTLE, ox.RdfFormat.TRIG):
        text = "".join(conversion.convert(paths, {ox.RdfFormat.TURTLE: "turtle"}.get(form, "trig")))
        assert {quad.triple for quad in ox.parse(text, format=form)} == {quad.triple for quad in quads}


def test_a_symbol_that_others_tell_is_filled_in(tmp_path: Path) -> None:
    found = [json.loads(line) for line in conversion.convert(TEXTS, "jsonl")]
    assert found[4]["symbol"] == "S/2007/279" and found[4]["symbol_stated"] is None


def test_a_folder_follows_what_it_is_made_of(tmp_path: Path) -> None:
    """A text that goes, comes or changes: the folder is that of a new run."""
    texts, out = write_many(tmp_path / "texts", 12), tmp_path / "out"
    conversion.convert_into([texts], "nquads", out)
    (texts / "00001.txt").unlink()
    (texts / "00002.txt").write_bytes((texts / "00002.txt").read_bytes() + b"\n")
    write_many(texts / "more", 17)
    conversion.convert_into([texts], "nquads", out)
    conversion.convert_into([texts], "nquads", tmp_path / "new")
    assert tree(out) == tree(tmp_path / "new")


def test_a_shard_that_is_damaged_is_made_again(tmp_path: Path) -> None:
    texts, out = write_many(tmp_path / "texts", 6), tmp_path / "out"
    conversion.convert_into([texts], "nquads", out)
    before = tree(out)
    for number, path in enumerate(sorted(out.rglob("*.nq"))):
        path.write_bytes(path.read_bytes()[: number * 100])
    for path in sorted((out / "headers").rglob("*.json"))[:2]:
        path.write_bytes(path.read_bytes()[:100])
    conversion.convert_into([texts], "nquads", out)
    assert tree(out) == before


def test_other_folders_are_left_alone(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    with pytest.raises(MandataError, match="left alone"):
        conversion.convert_into(TEXTS, "jsonl", tmp_path)
    conversion.convert_into(TEXTS[:1], "jsonl", tmp_path / "out")
    with pytest.raises(MandataError, match="another format"):
        conversion.convert_into(TEXTS[:1], "nquads", tmp_path / "out")


def test_where_nothing_can_be_read_the_first_fault_is_told(tmp_path: Path) -> None:
    for name, data in BAD.items():
        (tmp_path / name).write_bytes(data)
    with pytest.raises(MandataError, match="empty-file"):
        list(conversion.convert([tmp_path], "jsonl", jobs=2))
    with pytest.raises(MandataError, match="1 or more"):
        list(conversion.convert(TEXTS, "jsonl", jobs=0))


def test_a_build_by_several_processes_is_the_same(kb: Path, tmp_path: Path) -> None:
    building.build([], tmp_path / "kb", str, jobs=2)
    for name in ("mandata.nq", "inferred.nq", "report.json"):
        assert (tmp_path / "kb" / name).read_bytes() == (kb / name).read_bytes()
