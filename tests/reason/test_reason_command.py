"""``mandata reason``: any files of RDF in, sorted N-Triples out; contradictions proved; what cannot be read told."""

from __future__ import annotations

from pathlib import Path

import pytest
from pyoxigraph import RdfFormat, Triple, parse, serialize

from mandata.cli.main import main
from turtle_text import triples

GIVEN = ":C rdfs:subClassOf :D . :a a :C . :a rdfs:label 'x'@en ."
FOLLOWS = "<https://example.org/a> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <https://example.org/D> .\n"
FORMS = {
    "ttl": RdfFormat.TURTLE,
    "nt": RdfFormat.N_TRIPLES,
    "rdf": RdfFormat.RDF_XML,
    "trig": RdfFormat.TRIG,
    "nq": RdfFormat.N_QUADS,
}


def reason(*arguments: str | Path) -> int:
    with pytest.raises(SystemExit) as ended:
        main(["reason", *map(str, arguments)])
    return int(ended.value.code or 0)


def written(path: Path, turtle: str, form: RdfFormat = RdfFormat.TURTLE) -> Path:
    serialize(triples(turtle), path, form)
    return path


@pytest.mark.parametrize("ending", FORMS)
@pytest.mark.parametrize("named", [True, False], ids=["by its ending", "by its beginning"])
def test_each_format_is_read(tmp_path: Path, capsys: pytest.CaptureFixture[str], ending: str, named: bool) -> None:
    path = written(tmp_path / f"given{'.' + ending if named else ''}", GIVEN, FORMS[ending])
    assert reason(path, "--useful") == 0
    assert capsys.readouterr().out == FOLLOWS


def test_named_graphs_count_as_one(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "given.nq"
    path.write_text("".join(f"{triple} <x:g{n}> .\n" for n, triple in enumerate(triples(GIVEN))))
    assert reason(path, "--useful") == 0
    assert capsys.readouterr().out == FOLLOWS


def test_files_of_a_folder_count_together(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Other files there are passed over."""
    written(tmp_path / "a.ttl", ":C rdfs:subClassOf :D .")
    written(tmp_path / "b.nt", ":a a :C .", RdfFormat.N_TRIPLES)
    (tmp_path / "notes.txt").write_text("no RDF")
    assert reason(tmp_path, "--useful") == 0
    assert capsys.readouterr().out == FOLLOWS


def test_an_unnamed_thing_of_one_file_is_not_that_of_another(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("a", "b"):
        (tmp_path / f"{name}.nt").write_text(f"_:x <x:{name}> <x:o> .\n")
    (tmp_path / "c.ttl").write_text(
        "@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . <x:a> rdfs:domain <x:A> . <x:b> rdfs:domain <x:B> ."
    )
    assert reason(tmp_path, "--useful") == 0
    assert len({line.split()[0] for line in capsys.readouterr().out.splitlines()}) == 2


def test_the_whole_table_is_printed_sorted_and_the_same_twice(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """What is reflexive too; of the things given, owlrl says the same."""
    path = written(tmp_path / "a.ttl", GIVEN)
    assert reason(path) == 0
    once = capsys.readouterr().out
    assert reason(path) == 0
    assert capsys.readouterr().out == once
    lines = once.splitlines()
    assert lines == sorted(lines)
    same = "<http://www.w3.org/2002/07/owl#sameAs>"
    assert f"<https://example.org/a> {same} <https://example.org/a> ." in lines
    assert reason(path, "--engine", "owlrl") == 0
    about = {line for line in capsys.readouterr().out.splitlines() if "example.org" in line}
    assert about == {line for line in lines if "example.org" in line}


def test_a_contradiction_is_proved_on_standard_error(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Down to what was stated, premises below what they give; what follows is printed all the same."""
    path = written(tmp_path / "a.ttl", ":C owl:disjointWith :D . :E rdfs:subClassOf :C . :x a :E , :D .")
    assert reason(path, "--useful") == 1
    printed = capsys.readouterr()
    assert "<https://example.org/C> .\n" in printed.out
    told = [line.replace("https://example.org/", "") for line in printed.err.splitlines()]
    assert told == [
        "inconsistent by cax-dw: these cannot all hold",
        "  <C> <http://www.w3.org/2002/07/owl#disjointWith> <D> . [stated]",
        "  <x> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <C> . [by cax-sco]",
        "    <E> <http://www.w3.org/2000/01/rdf-schema#subClassOf> <C> . [stated]",
        "    <x> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <E> . [stated]",
        "  <x> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <D> . [stated]",
    ]
    assert reason(path, "--engine", "owlrl") == 1


def test_of_many_contradictions_ten_are_shown(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = written(tmp_path / "a.ttl", " ".join(f":x{n} a owl:Nothing ." for n in range(13)))
    assert reason(path) == 1
    told = capsys.readouterr().err.splitlines()
    assert sum(line.startswith("inconsistent by cls-nothing2") for line in told) == 10
    assert told[-1] == "inconsistent in 3 more ways"


@pytest.mark.parametrize(
    ("name", "text", "says"),
    [
        ("a.ttl", "<x:a> <x:b> <x:c> .\n<x:a> <x:b> .", ":2:"),
        ("a.nt", "<x:a> <x:b> nothing .", "a.nt:1:"),
        ("a.rdf", "<rdf:RDF>", "a.rdf:"),
        ("a.nq", "no RDF", "a.nq:1:"),
        ("poem", "a poem, not RDF", "poem:1:"),
        ("a.ttl", "\udcff", "a.ttl"),
        ("a.ttl", "<x:a> <x:b> <<( <x:c> <x:d> <x:e> )>> .", "a triple about a triple"),
    ],
)
def test_what_cannot_be_read_is_told_in_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str, text: str, says: str
) -> None:
    """With its place, and what to do; nothing is printed of what could be read."""
    (tmp_path / name).write_text(text, encoding="utf-8", errors="surrogateescape")
    assert reason(tmp_path / name) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err.count("\n") == 1
    assert says in printed.err
    assert "[rdf]" in printed.err


def test_a_missing_file_and_a_folder_without_rdf_are_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for path, says in ((tmp_path / "none.ttl", "No such file"), (tmp_path, "no file of RDF")):
        assert reason(path) == 2
        assert says in capsys.readouterr().err


def test_what_is_relative_is_resolved_against_the_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "a.ttl"
    path.write_text("@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . <#p> rdfs:domain <#C> . <#a> <#p> <#b> .")
    assert reason(path, "--useful") == 0
    (triple,) = (quad.triple for quad in parse(capsys.readouterr().out, format=RdfFormat.N_TRIPLES))
    assert isinstance(triple, Triple)
    assert str(triple.subject) == f"<{path.as_uri()}#a>"


RDF_XML = '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">{0}{1}</rdf:RDF>'
SAID = '<rdf:Description rdf:about="urn:a"><b xmlns="urn:">{0}</b></rdf:Description>'
DOCTYPES = {
    "bomb": '<!DOCTYPE a [<!ENTITY a "ha"><!ENTITY b "' + "&a;" * 99 + '"><!ENTITY c "' + "&b;" * 99 + '">]>',
    "lower case": '<!doctype a [<!ENTITY c "c">]>',
    "far behind": f"<!--{' ' * 100_000}--><!DOCTYPE a [<!ENTITY c 'c'>]>",
}


@pytest.mark.parametrize("doctype", DOCTYPES.values(), ids=list(DOCTYPES))
@pytest.mark.parametrize("within", [False, True], ids=["before the root", "within the root"])
def test_rdf_xml_with_a_document_type_is_refused(
    doctype: str, within: bool, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The entities of one expand without a bound."""
    path, said = tmp_path / "given.rdf", SAID.format("&c;")
    path.write_text(RDF_XML.format(doctype, said) if within else doctype + RDF_XML.format("", said), encoding="utf-8")
    assert reason(path) == 2
    told = capsys.readouterr()
    assert not told.out and "declares a document type is refused" in told.err and told.err.count("\n") == 1


def test_rdf_xml_without_a_document_type_is_read(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "given.rdf"
    path.write_text(RDF_XML.format("<!-- a comment -->", SAID.format("&lt;!DOC")), encoding="utf-8")
    assert reason(path, "--useful") == 0
    assert not capsys.readouterr().err
