"""A release is whole or not there, the same bytes each time, and reads back as the statements it was made of."""

from __future__ import annotations

import gzip
import hashlib
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pyoxigraph as ox
import pytest

from mandata import pipeline
from mandata.errors import MandataError
from mandata.kb.knowledge_base import open_kb
from mandata.kb.statements import Statements
from mandata.rdf.json_ld import CONTEXT
from mandata.rdf.namespaces import expand
from mandata.release.edition import Edition
from mandata.release.manifest import SUMS
from mandata.release.release import Release, next_release, release_files, write_release

KILLS = int(os.environ.get("MANDATA_KILLS", "6"))
FORMS = {"ttl": ox.RdfFormat.TURTLE, "trig": ox.RdfFormat.TRIG, "nq": ox.RdfFormat.N_QUADS}


def unpacked(folder: Path, path: str) -> bytes:
    return gzip.decompress((folder / path).read_bytes())


def tree(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def beside(release: Path) -> set[str]:
    """Return what stands beside a release, its lock apart, which stays."""
    return {path.name for path in release.parent.iterdir()} - {release.name, f".{release.name}.lock"}


@pytest.mark.parametrize(("part", "name"), [("", "together"), ("asserted", "asserted"), ("inferred", "inferred")])
@pytest.mark.parametrize("ending", FORMS)
def test_a_dump_reads_back_as_the_statements_it_was_made_of(
    part: str, name: str, ending: str, released: Release, folder: Path
) -> None:
    data = unpacked(folder, released.edition.dump(part, ending))
    wanted = set(getattr(released.statements, name))
    found = set(ox.parse(data, format=FORMS[ending]))
    assert found == wanted if ending != "ttl" else {q.triple for q in found} == {q.triple for q in wanted}


def test_a_dump_has_neither_a_clock_nor_a_name_nor_a_system_in_it(released: Release, folder: Path) -> None:
    """Some Pythons told the system, others did not."""
    for ending in FORMS:
        head = (folder / released.edition.dump("", ending)).read_bytes()[:10]
        assert head == b"\x1f\x8b\x08" + bytes(6) + b"\xff"


def test_the_identity_is_the_checksum_of_the_canonical_quads(released: Release, folder: Path) -> None:
    lines = unpacked(folder, released.edition.dump("", "nq"))
    assert hashlib.sha256(lines).hexdigest() == released.identity
    assert lines.decode().split("\n")[:-1] == sorted({str(quad) + " ." for quad in released.statements.together})


def test_the_sums_are_those_of_all_files(folder: Path) -> None:
    lines = (line.split("  ") for line in (folder / SUMS).read_text().splitlines())
    told = {path: digest for digest, path in lines}
    assert told == {path: hashlib.sha256(data).hexdigest() for path, data in tree(folder).items() if path != SUMS}


def test_the_order_of_the_statements_leaves_no_trace(released: Release, folder: Path) -> None:
    mixed = [
        random.Random(3).sample(quads, len(quads))
        for quads in (list(released.statements.asserted), list(released.statements.inferred))
    ]
    again = next_release(folder / "none", Statements(*mixed), released.edition.version, released.edition.day)
    again = replace(again, gate=released.gate, evidence=released.evidence)
    assert dict(release_files(again)) == tree(folder)


def test_each_document_has_four_forms_that_say_the_same(released: Release, folder: Path) -> None:
    context = json.loads((folder / CONTEXT).read_text())
    names = list(released.statements.documents)
    assert {"A_RES_72_7", "S_2007_279", "A_71_982-S_2017_600"} <= {*names}
    for name in names:
        stem = folder / "id" / name
        turtle = set(ox.parse(stem.with_name(f"{name}.ttl").read_bytes(), format=ox.RdfFormat.TURTLE))
        linked = json.loads(stem.with_name(f"{name}.jsonld").read_text())
        assert linked["@context"] == f"../{CONTEXT}"
        whole = json.dumps({**linked, **context})
        assert set(ox.parse(whole, format=ox.RdfFormat.JSON_LD)) == turtle, name
        assert set(ox.parse(stem.with_name(f"{name}.nt").read_bytes(), format=ox.RdfFormat.N_TRIPLES)) == turtle
        plain = json.loads(stem.with_name(f"{name}.json").read_text())
        assert len(plain) == len({quad.subject for quad in turtle})


def test_plain_json_reads_without_knowing_of_rdf(folder: Path) -> None:
    things = {one["id"]: one for one in json.loads((folder / "id" / "A_RES_72_7.json").read_text())}
    assert things["A_RES_72_7"]["symbol"] == ["A/RES/72/7"]
    assert "Resolution" in things["A_RES_72_7"]["type"]
    assert "S_2007_279" in things["A_RES_72_7.pp2"]["cites"]


def test_the_forms_of_literals_are_those_of_the_source_and_not_of_a_store(tmp_path: Path) -> None:
    seven = ox.Literal("007", datatype=ox.NamedNode(expand("xsd:integer")))
    quad = ox.Quad(
        ox.NamedNode(expand("id:A_RES_1_1")),
        ox.NamedNode(expand("md:position")),
        seven,
        ox.NamedNode(expand("graph:a")),
    )
    release = next_release(tmp_path, Statements([quad], []), "1", "2001-01-01")
    data = dict(release_files(release))[release.edition.dump("", "nq")]
    assert '"007"^^' in gzip.decompress(data).decode()


@pytest.mark.parametrize(
    ("version", "day", "fault"),
    [
        ("", "2024-01-01", "is no version"),
        ("a/b", "2024-01-01", "is no version"),
        ("../x", "2024-01-01", "is no version"),
        ("1 2", "2024-01-01", "is no version"),
        ("1", "2024-13-01", "is no date"),
        ("1", "20240101", "is no date"),
        ("1", "yesterday", "is no date"),
    ],
)
def test_a_version_or_a_day_that_is_none_is_one_line(version: str, day: str, fault: str) -> None:
    with pytest.raises(MandataError, match=fault):
        Edition(version, day)


def test_without_an_argument_the_day_is_that_of_the_newest_document(kb: Path) -> None:
    found = open_kb(kb).statements
    names = {expand(f"md:{name}") for name in ("adoptedOn", "datedOn", "distributedOn")}
    assert found.newest_date == max(str(quad.object) for quad in found.asserted if quad.predicate.value in names)[1:11]
    with pytest.raises(MandataError, match="give the date of the release"):
        _ = Statements([], []).newest_date


def test_what_is_no_release_is_left_alone(released: Release, tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine")
    with pytest.raises(MandataError, match="this is no release and is left alone"):
        write_release(tmp_path, release_files(released))
    assert [path.name for path in tmp_path.iterdir()] == ["notes.txt"]


def test_a_release_that_fails_on_its_way_leaves_the_last_one(released: Release, tmp_path: Path) -> None:
    place = tmp_path / "release"
    write_release(place, [("SHA256SUMS", b"old"), ("ro-crate-metadata.json", b"{}")])

    def broken() -> object:
        yield "a", b"1"
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_release(place, broken())  # type: ignore[arg-type]
    assert tree(place) == {"SHA256SUMS": b"old", "ro-crate-metadata.json": b"{}"}
    assert beside(place) == set()


def test_a_failing_gate_writes_nothing(kb: Path, tmp_path: Path) -> None:
    expected = tmp_path / "expected.yaml"
    expected.write_text("documents: {least: 100000}", encoding="utf-8")
    done = pipeline.publish(kb, tmp_path / "release", "1", "2024-01-01", None, expected, str)
    assert done.release is None
    assert [one.check for one in done.gate.findings] == ["expected"]
    assert list(tmp_path.iterdir()) == [expected]


@pytest.mark.parametrize(
    ("spoiled", "told"),
    [("mandata.nq", "stale: mandata.nq: is not as it was"), ("", "expected: documents: there are ")],
)
def test_a_failing_gate_leaves_the_last_release(
    spoiled: str, told: str, kb: Path, folder: Path, tmp_path: Path
) -> None:
    """By the command, a process of its own: it says what is wrong, its exit is 1, and not a byte of a file changes."""
    held, place, expected = tmp_path / "kb", tmp_path / "releases" / "release", tmp_path / "expected.yaml"
    shutil.copytree(kb, held)
    shutil.copytree(folder, place)
    expected.write_text(f"documents: {{least: {0 if spoiled else 100000}}}", encoding="utf-8")
    if spoiled:
        label = (
            f'<{expand("id:state-TKM")}> <{expand("rdfs:label")}> "Turkménistan"@fr <{expand("graph:entities")}> .\n'
        )
        whole = (held / spoiled).read_text(encoding="utf-8")
        assert label in whole
        (held / spoiled).write_text(whole.replace(label, ""), encoding="utf-8")
    command = [
        sys.executable,
        "-c",
        "from mandata.cli.main import main; main()",
        "publish",
        str(place),
        "--kb",
        str(held),
    ]
    run = subprocess.run(
        [*command, "--version", "2", "--expect", str(expected)], check=False, capture_output=True, text=True
    )
    assert run.returncode == 1, run.stderr
    assert told in run.stdout and "faults: not published" in run.stdout
    assert tree(place) == tree(folder)
    assert beside(place) == set()


_PUT = """
import sys
from pathlib import Path
from mandata.release.release import write_release
marks = [("SHA256SUMS", b""), ("ro-crate-metadata.json", b"")]
print("ready", flush=True)
sys.stdin.readline()
for number in range(1_000_000):
    write_release(Path(sys.argv[1]), [*marks, *((f"id/{at}", str(number).encode()) for at in range(20))])
"""


def test_whoever_is_killed_leaves_the_old_release_or_the_new(tmp_path: Path) -> None:
    """Each release holds one number twenty times; who writes one after the other is killed at any moment."""
    place, moments, last = tmp_path / "release", random.Random(1), -1
    for _ in range(KILLS):
        process = subprocess.Popen(
            [sys.executable, "-c", _PUT, str(place)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
        assert process.stdin and process.stdout
        process.stdout.readline()
        process.stdin.write(b"\n")
        process.stdin.flush()
        end = time.monotonic() + 60
        while not (place / SUMS).exists() and time.monotonic() < end:
            time.sleep(0.001)
        time.sleep(moments.random() / 10)
        process.send_signal(signal.SIGKILL)
        process.communicate()
        held = {path: data for path, data in tree(place).items() if path.startswith("id/")}
        assert len(held) == 20
        assert len({*held.values()}) == 1
        last = max(last, int(held["id/0"]))
    assert last >= 0
    write_release(place, [("SHA256SUMS", b""), ("ro-crate-metadata.json", b"")])
    assert beside(tmp_path / "release") == set()


def test_the_dumps_of_evidence_name_each_statement_of_the_dump_and_reify_it(released: Release, folder: Path) -> None:
    """In RDF as in RDF 1.2 the same node stands for a statement; a document's own evidence is that of the dump."""
    named = list(ox.parse(lines(folder / released.edition.dump("evidence", "nq")), format=ox.RdfFormat.N_QUADS))
    whole = list(ox.parse(lines(folder / released.edition.dump("rdf12", "trig")), format=ox.RdfFormat.TRIG))
    stated = {quad.triple for quad in released.statements.asserted}
    reified = {quad.subject: quad.object for quad in whole if quad.predicate.value == expand("rdf:reifies")}
    assert set(released.statements.asserted) <= set(whole)
    assert set(reified.values()) <= stated and len(reified) > 1000
    subjects = {quad.subject: quad.object for quad in named if quad.predicate.value == expand("rdf:subject")}
    assert subjects == {name: triple.subject for name, triple in reified.items() if isinstance(triple, ox.Triple)}
    own = set(ox.parse((folder / "id/A_RES_72_7.evidence.ttl").read_bytes(), format=ox.RdfFormat.TURTLE))
    place = ox.NamedNode(expand("graph:A_RES_72_7") + "/evidence")
    assert own == {ox.Quad(*quad.triple) for quad in named if quad.graph_name == place}


def lines(path: Path) -> bytes:
    return gzip.decompress(path.read_bytes())
