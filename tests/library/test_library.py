"""What ``import mandata`` offers."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from rdflib import RDF, Graph, URIRef

import mandata
from mandata.ingest.conversion import records
from mandata.rdf.namespaces import ID, MD

TEXTS = Path(__file__).parents[2] / "data" / "texts"
LETTER = TEXTS / "004_663fb785056b1583.txt"


@pytest.fixture(scope="module")
def opened(kb: Path) -> mandata.KnowledgeBase:
    return mandata.open_kb(kb)


def test_every_public_name_is_there_and_documented() -> None:
    named = {name: getattr(mandata, name) for name in mandata.__all__}
    assert all(one.__doc__ for name, one in named.items() if name != "__version__")
    assert set(mandata.__all__) <= set(dir(mandata))
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        mandata.nothing  # noqa: B018 - it raises


def test_importing_mandata_loads_nothing_that_it_may_not_need() -> None:
    code = "import json, sys, mandata; print(json.dumps([name for name in sys.modules if '.' not in name]))"
    run = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert not {"numpy", "pyoxigraph", "rdflib", "yaml", "typer", "pandas"} & set(json.loads(run.stdout))


def test_the_package_says_that_it_is_typed() -> None:
    assert Path(mandata.__file__).with_name("py.typed").is_file()


@pytest.mark.parametrize("path", sorted(TEXTS.glob("*.txt")), ids=lambda path: path.name[:3])
def test_a_document_is_what_convert_prints(path: Path) -> None:
    document, (record,) = mandata.read(path), records([path])
    assert document.record == record
    assert (document.symbol, document.kind, document.language) == (record["symbol"], record["kind"], record["language"])
    assert [one.text for one in document.operative] == [one["text"] for one in record["operative"]]
    assert [one.id for one in document.cites] == [one["id"] for one in record["cites"]]
    text = path.read_text(encoding="utf-8")
    for paragraph in document.preambular:
        assert text[paragraph.start : paragraph.end].startswith(paragraph.text.split()[0])


def test_bytes_are_read_as_the_file_that_holds_them() -> None:
    document = mandata.read(LETTER.read_bytes(), "letter.txt")
    assert document.record == dict(mandata.read(LETTER).record) | {"source": "letter.txt"}


def test_what_cannot_be_read_is_a_fault_that_teaches(tmp_path: Path) -> None:
    with pytest.raises(mandata.MandataError, match=r"absent\.txt"):
        mandata.read(tmp_path / "absent.txt")
    with pytest.raises(mandata.MandataError):
        mandata.read(b"")


def test_a_question_gives_named_rows_of_things(opened: mandata.KnowledgeBase) -> None:
    rows = opened.ask("founding-letter-citers", language="fr", centre="UNRCCA")
    assert rows.columns == ("document", "letter", "how", "paragraph", "note", "known", "centre")
    assert {(row.document.symbol, row.letter.symbol) for row in rows} >= {("A/RES/72/7", "S/2007/279")}
    assert rows[0].document.label.startswith("Rôle du Centre régional")
    assert len(rows[1:]) == len(rows) - 1


def test_rows_become_a_table_of_pandas(opened: mandata.KnowledgeBase) -> None:
    rows = opened.query("SELECT ?letter ?date WHERE { ?letter a md:FoundingLetter ; md:datedOn ?date }")
    assert isinstance(rows, mandata.Rows)
    table = rows.to_pandas()
    assert list(table.columns) == ["letter", "date"]
    assert len(table) == len(rows) > 0
    assert set(table["date"]) == {"2007-05-07", "2007-05-15"}


def test_without_pandas_the_fault_says_how_to_mend_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pandas", None)  # as Python marks what cannot be imported
    with pytest.raises(mandata.MandataError, match="pip install pandas"):
        mandata.Rows(["a"], [[1]]).to_pandas()


def test_a_column_that_is_no_name_in_python_is_called_by_its_place() -> None:
    rows = mandata.Rows(["class", "name"], [[1, "x"]])
    assert (rows.columns, rows[0]._0, rows[0].name) == (("class", "name"), 1, "x")


def test_each_form_of_query_has_its_answer(opened: mandata.KnowledgeBase) -> None:
    assert opened.query("ASK { ?letter a md:FoundingLetter }") is True
    rows = opened.query("SELECT ?n ?x { VALUES (?n ?x) { (2 UNDEF) } }")
    assert isinstance(rows, mandata.Rows)
    assert [tuple(row) for row in rows] == [(2, None)]
    graph = opened.query("CONSTRUCT { ?letter a md:FoundingLetter } WHERE { ?letter a md:FoundingLetter }")
    assert isinstance(graph, Graph)
    assert set(graph.subjects(RDF.type, URIRef(MD + "FoundingLetter"))) == {
        URIRef(ID + "S_2007_279"),
        URIRef(ID + "S_2007_280"),
    }
    with pytest.raises(mandata.MandataError):
        opened.query("SELECT WHERE {")


def test_a_proof_says_whether_the_statement_holds(opened: mandata.KnowledgeBase) -> None:
    proof = opened.why("A/RES/72/7", "md:restsOn", "S/2007/279")
    assert isinstance(proof, mandata.Proof)
    assert proof.holds
    assert "S/2007/279" in proof.text
    assert not opened.why("S/2007/279", "md:restsOn", "A/RES/72/7").holds


def test_a_document_of_a_knowledge_base_is_read_from_the_text_that_is_kept(opened: mandata.KnowledgeBase) -> None:
    document = opened.document("a/res/72/7")
    assert (document.symbol, document.language) == ("A/RES/72/7", "fr")
    assert opened.document("A/RES/72/7", "fr") == document
    with pytest.raises(mandata.MandataError, match="in the language en"):
        opened.document("A/RES/72/7", "en")
    with pytest.raises(mandata.MandataError, match="no text of A/RES/1/1"):
        opened.document("A/RES/1/1")


def test_the_graph_of_a_document_is_one_of_rdflib(opened: mandata.KnowledgeBase) -> None:
    graph = opened.graph("A/RES/72/7")
    assert (URIRef(ID + "A_RES_72_7"), RDF.type, URIRef(MD + "Resolution")) in graph
    assert len(graph) == len({quad.triple for quad in opened.statements_of("A_RES_72_7")})


def test_a_knowledge_base_is_built_from_a_notebook(tmp_path: Path) -> None:
    with mandata.build([LETTER], tmp_path / "kb") as built:
        assert [text["symbol"] for text in built.report["texts"]] == ["S/2007/279"]
