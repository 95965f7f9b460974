"""Between two releases nothing vanishes: what changed is told, in words and as RDF, and can be replayed."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
from rdflib import DCAT, OWL, Graph, URIRef

from mandata.cli.main import main
from mandata.errors import MandataError
from mandata.kb.statements import Statements
from mandata.rdf.canonical import nquads
from mandata.rdf.namespaces import expand
from mandata.release import diff as changes
from mandata.release import event_stream as feed
from mandata.release.release import Release, next_release, release_files, write_release

CHECKSUM = "9f" * 32
UNKNOWN, KNOWN = "unidentified-9f9f9f9f", "A_RES_90_1"


def node(curie: str) -> ox.NamedNode:
    return ox.NamedNode(expand(curie))


def stated(subject: str, name: str, value: str | ox.Literal, place: str) -> ox.Quad:
    return ox.Quad(node(subject), node(name), node(value) if isinstance(value, str) else value, node(f"graph:{place}"))


def document(name: str, *paragraphs: str) -> list[ox.Quad]:
    """What a converter states of an invented document, by whatever name it is known."""
    quads = [
        stated(f"id:{name}", "rdf:type", "md:Resolution", name),
        stated(f"id:{name}.en.9f9f9f9f", "md:checksum", ox.Literal(CHECKSUM), name),
    ]
    for part in paragraphs:
        quads += [
            stated(f"id:{name}", "md:hasPart", f"id:{name}.{part}", name),
            stated(f"id:{name}.{part}", "rdf:type", "md:PreambularParagraph", name),
        ]
    return quads


INFERRED = [stated(f"id:{name}", "rdf:type", "md:Document", "inferred") for name in (UNKNOWN, KNOWN)]
FIRST = Statements(
    [*document(UNKNOWN, "pp1", "pp2"), stated("id:place-Old", "rdf:type", "md:Place", "entities")], INFERRED[:1]
)
SECOND = Statements([*document(KNOWN, "pp1"), stated("id:place-New", "rdf:type", "md:Place", "entities")], INFERRED[1:])


@pytest.fixture
def releases(tmp_path: Path) -> tuple[Path, Path, Path]:
    """Three releases, each of which follows the one before; the third says again what the first did."""
    places = tmp_path / "one", tmp_path / "two", tmp_path / "three"
    prior = tmp_path / "none"
    for place, statements, version in zip(places, (FIRST, SECOND, FIRST), ("1", "2", "3"), strict=True):
        write_release(place, release_files(next_release(prior, statements, version, f"200{version}-01-01")))
        prior = place
    return places


def read(place: Path) -> list[Any]:
    return list(changes.read_release(place))


def fragments(place: Path) -> list[feed.Fragment]:
    return feed.read_history(place, "")


def test_the_feed_replayed_from_nothing_is_the_dump(releases: tuple[Path, Path, Path]) -> None:
    for at, place in enumerate(releases, 1):
        found = fragments(place)
        assert len(found) == at
        assert set(feed.quads_of(feed.replay(found))) == set(read(place))


def test_the_feed_of_the_five_texts_replayed_is_their_dump(folder: Path, released: Release) -> None:
    assert set(feed.quads_of(feed.replay(fragments(folder)))) == set(released.statements.together)


def test_a_fragment_tells_only_what_changed_and_how(releases: tuple[Path, Path, Path]) -> None:
    second = Graph()
    for quad in ox.parse(path=str(releases[1] / fragments(releases[1])[1].path)):
        if isinstance(quad.graph_name, ox.DefaultGraph):
            second.parse(data=f"{quad.triple} .", format="nt")
    kinds = {
        str(second.value(member, URIRef(expand("dcterms:isVersionOf")))): str(kind).rpartition("#")[2]
        for member, kind in second.subject_objects(URIRef(expand("rdf:type")))
    }
    assert kinds == {
        expand(f"graph:{UNKNOWN}"): "Delete",
        expand(f"graph:{KNOWN}"): "Create",
        expand("graph:entities"): "Update",
        expand("graph:inferred"): "Update",
        expand("graph:deprecated"): "Create",
    }


def test_the_page_of_the_feed_leads_to_every_fragment(releases: tuple[Path, Path, Path]) -> None:
    index = Graph().parse(releases[2] / "feed" / "index.ttl")
    led = {str(one).rpartition("/feed/")[2] for one in index.objects(None, URIRef("https://w3id.org/tree#node"))}
    assert led == {Path(one.path).name for one in fragments(releases[2])}


def test_a_name_that_vanished_is_kept_with_its_successor_or_the_reason(releases: tuple[Path, Path, Path]) -> None:
    """The paragraph that the new reading has too leads there, the one that it lacks to the document."""
    gone = {quad for quad in read(releases[1]) if quad.graph_name == node("graph:deprecated")}
    told = {(quad.subject.value, quad.object.value) for quad in gone if quad.predicate == node("dcterms:isReplacedBy")}
    assert told == {
        (expand(f"id:{UNKNOWN}"), expand(f"id:{KNOWN}")),
        (expand(f"id:{UNKNOWN}.pp1"), expand(f"id:{KNOWN}.pp1")),
        (expand(f"id:{UNKNOWN}.pp2"), expand(f"id:{KNOWN}")),
        (expand(f"id:{UNKNOWN}.en.9f9f9f9f"), expand(f"id:{KNOWN}.en.9f9f9f9f")),
    }
    why = {
        quad.object.language: quad.object.value
        for quad in gone
        if quad.subject == node("id:place-Old") and quad.predicate == node("skos:historyNote")
    }
    assert why["en"] == "Release 2 says nothing of it any more; the last that did is 1."
    assert "fr" in why
    assert {quad.subject.value for quad in gone} >= {expand("id:place-Old"), *(one for one, _ in told)}


def test_a_name_that_comes_back_is_no_longer_deprecated(releases: tuple[Path, Path, Path]) -> None:
    gone = {q.subject.value for q in read(releases[2]) if q.graph_name == node("graph:deprecated")}
    assert gone == {expand(f"id:{name}") for name in (KNOWN, f"{KNOWN}.pp1", f"{KNOWN}.en.9f9f9f9f", "place-New")}


def test_what_was_told_of_a_vanished_name_stays_as_it_was_told(
    releases: tuple[Path, Path, Path], tmp_path: Path
) -> None:
    third = next_release(releases[1], SECOND, "3", "2003-01-01").statements.deprecated
    second = [quad for quad in read(releases[1]) if quad.graph_name == node("graph:deprecated")]
    assert set(third) == set(second)


def test_the_same_version_published_again_over_itself_is_the_same(releases: tuple[Path, Path, Path]) -> None:
    place = releases[1]
    before = {path: path.read_bytes() for path in place.rglob("*") if path.is_file()}
    write_release(place, release_files(next_release(place, SECOND, "2", "2002-01-01")))
    assert {path: path.read_bytes() for path in place.rglob("*") if path.is_file()} == before


def test_a_release_names_the_one_before_it(releases: tuple[Path, Path, Path]) -> None:
    dcat = Graph().parse(releases[2] / "dcat.ttl")
    release, prior = URIRef("https://w3id.org/mandata/release/3"), URIRef("https://w3id.org/mandata/release/2")
    assert dcat.value(release, OWL.priorVersion) == dcat.value(release, DCAT.previousVersion) == prior


def test_a_feed_with_a_fragment_missing_is_one_line(releases: tuple[Path, Path, Path]) -> None:
    (releases[2] / fragments(releases[2])[0].path).unlink()
    with pytest.raises(MandataError, match="a fragment is missing before this one"):
        next_release(releases[2], FIRST, "4", "2004-01-01")


def test_the_difference_is_told_by_thing_and_by_statement(releases: tuple[Path, Path, Path]) -> None:
    found = changes.compare(FIRST.together, SECOND.together)
    assert [one.line() for one in found] == [
        f"came {KNOWN}: 5 statements added, 0 removed",
        "came place-New: 1 statements added, 0 removed",
        "went place-Old: 0 statements added, 1 removed",
        f"went {UNKNOWN}: 0 statements added, 7 removed",
    ]
    lines = list(changes.as_lines(found, statements=True))
    assert len(lines) == 4 + 5 + 1 + 1 + 7 + 1
    assert lines[1].startswith(f"  + <{expand(f'id:{KNOWN}')}.en.9f9f9f9f> <")


def test_a_difference_as_rdf_patches_the_old_release_to_the_new() -> None:
    text = changes.as_trig(changes.compare(FIRST.together, SECOND.together))
    graphs: dict[str, set[ox.Triple]] = {"added": set(), "removed": set()}
    for quad in ox.parse(text, format=ox.RdfFormat.TRIG):
        if isinstance(quad.graph_name, ox.NamedNode):
            graphs[quad.graph_name.value.rpartition("/")[2]].add(quad.triple)
    old, new = ({quad.triple for quad in one.together} for one in (FIRST, SECOND))
    assert (old - graphs["removed"]) | graphs["added"] == new
    assert text == changes.as_trig(changes.compare(reversed(FIRST.together), reversed(SECOND.together)))


def test_a_thing_that_is_not_ours_has_a_name_in_the_difference_too() -> None:
    quad = ox.Quad(ox.NamedNode("https://example.org/a b".replace(" ", "%20")), node("rdfs:label"), ox.Literal("x"))
    found = changes.compare([], [quad])
    assert found[0].name == "https://example.org/a%20b"
    assert "https%3A%2F%2Fexample.org" in changes.as_trig(found)


def test_the_command_tells_the_difference(
    releases: tuple[Path, Path, Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    one, two = map(str, releases[:2])
    for arguments, shown in (
        ([one, two], "things changed"),
        ([one, two, "--format", "trig"], "as:Create"),
        ([one, one], "0 things changed"),
        ([one, two, "--language", "fr"], "énoncés ajoutés"),
        ([one, one, "--language", "fr"], "choses qui ont changé : 0"),
    ):
        with pytest.raises(SystemExit) as left:
            main(["diff", *arguments])
        assert left.value.code == 0
        assert shown in capsys.readouterr().out
    with pytest.raises(SystemExit):
        main(["diff", one, two, "--json"])
    assert {"thing", "change", "added", "removed"} == json.loads(capsys.readouterr().out)[0].keys()
    with pytest.raises(SystemExit) as left:
        main(["diff", one, str(tmp_path)])
    assert left.value.code == 2
    assert "there is no release here" in capsys.readouterr().err


def test_a_file_of_quads_is_a_release_too(tmp_path: Path) -> None:
    plain, packed = tmp_path / "a.nq", tmp_path / "a.nq.gz"
    plain.write_text(nquads(FIRST.together), encoding="utf-8")
    packed.write_bytes(gzip.compress(plain.read_bytes()))
    assert set(read(plain)) == set(read(packed)) == set(FIRST.together)
    packed.write_bytes(packed.read_bytes()[:-20])
    with pytest.raises(MandataError, match="is damaged"):
        read(packed)
