"""The command: what it prints, how it exits, and that no fault is more than one line."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest

from mandata import __version__, pipeline
from mandata.cli.main import main
from mandata.errors import MandataError
from mandata.ingest import build as building
from mandata.ingest import conversion
from mandata.kb import layout
from mandata.kb.evidence import write_evidence
from mandata.kb.knowledge_base import describe
from mandata.kb.store import create, with_default_graph
from mandata.proof.forms import explanation
from mandata.proof.forms.explanation import Explanation, ExplanationOptions
from mandata.query.queryfile import load

COMMANDS = ["build", "add", "remove", "convert", "ask", "query", "search", "why", "without", "reason", "check"]


@dataclass
class Ran:
    status: int
    out: str
    err: str


Run = Callable[..., Ran]


@pytest.fixture(scope="module")
def kb(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("cli") / "kb"
    quads = ox.parse(path=str(Path(__file__).parent / "query" / "fixture.trig"))
    create(folder / layout.STORE, with_default_graph(quads))
    write_evidence(folder / layout.EVIDENCE, [])
    describe(folder)
    return folder


@pytest.fixture
def run(kb: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.setenv("MANDATA_KB", str(kb))

    def run(*arguments: str) -> Ran:
        with pytest.raises(SystemExit) as caught:
            main(arguments)
        printed = capsys.readouterr()
        return Ran(int(caught.value.code or 0), printed.out, printed.err)

    return run


@pytest.mark.parametrize("command", COMMANDS)
def test_the_help_of_every_command_has_an_example(command: str, run: Run) -> None:
    ran = run(command, "--help")
    assert ran.status == 0
    assert f"Example: mandata {command} " in ran.out


def test_the_help_lists_every_command_and_the_version_is_told(run: Run) -> None:
    for ran in (run("--help"), run()):
        assert ran.status == 0
        assert all(f"\n  {command} " in ran.out for command in COMMANDS)
    assert run("--version").out == f"mandata {__version__}\n"


def test_ask_without_a_name_lists_the_questions(run: Run) -> None:
    ran = run("ask")
    assert all(name in ran.out for name in load())
    assert "Quels documents citent" in run("ask", "--language", "fr").out
    assert [one["name"] for one in json.loads(run("ask", "--json").out)] == list(load())


def test_ask_prints_a_table_of_symbols_and_short_names(run: Run) -> None:
    ran = run("ask", "founding-letter-citers", "--set", "centre=UNRCCA")
    assert ran.status == 0
    assert ran.out.startswith("Which documents cite the Centre's founding letters?\n")
    assert "through A/RES/75/272" in ran.out and "A/RES/72/7 pp2" in ran.out
    assert "\x1b" not in ran.out


def test_ask_prints_json_with_things_literals_and_parameters(run: Run) -> None:
    settings = ("--set", "centre=UNRCCA", "--set", "date=2008-01-01")
    found = json.loads(run("ask", "mandate-status", *settings, "--json").out)
    assert found["parameters"]["date"] == "2008-01-01"
    assert [row["status"] for row in found["rows"]] == ["in-force"]
    assert found["rows"][0]["centre"]["iri"].endswith("centre-UNRCCA")


def test_a_question_without_rows_is_answered(run: Run) -> None:
    ran = run("ask", "anachronisms", "--set", "document=72/7")
    assert (ran.status, ran.out.endswith("(none)\n")) == (0, True)


def test_query_prints_what_its_form_asks_for(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "states.rq"
    path.write_text("SELECT ?s { ?s a md:MemberState } ORDER BY ?s", encoding="utf-8")
    assert "state-KAZ" in run("query", str(path)).out
    assert run("query", "ASK { ?s a md:Centre }").out == "yes\n"
    no = run("query", "ASK { ?s a md:Treaty }")
    assert (no.status, no.out) == (1, "no\n")
    made = run("query", "CONSTRUCT { ?s a md:Centre } WHERE { ?s a md:Centre }")
    assert made.out.endswith("\nid:centre-UNRCCA a md:Centre .\n")
    found = json.loads(run("query", "--json", "SELECT ?s { ?s a md:Centre }").out)
    assert found["results"]["bindings"][0]["s"]["type"] == "uri"


FAULTS = [
    (("ask", "nope"), 2, "no question"),
    (("ask", "mandate-status", "--set", "dat=2008"), 2, "it takes centre, date"),
    (("ask", "mandate-status", "--set", "date=soon"), 2, "is no date"),
    (("ask", "mandate-status", "--set", "date"), 2, "is no setting"),
    (("ask", "mandate-status", "--set", "date=2008", "--set", "date=2009"), 2, "set twice"),
    (("ask", "states-mentioned", "--set", "state=Kazakstan"), 1, "did you mean Kazakhstan?"),
    (("ask", "drafts", "--kb", "/nowhere"), 2, "no knowledge base at /nowhere - run mandata build"),
    (("ask", "drafts", "--at", "file:///etc/passwd"), 2, "is no address"),
    (("ask", "drafts", "--at", "http://127.0.0.1:9/"), 2, "does not answer"),
    (("ask", "--bogus"), 2, "No such option"),
    (("bogus",), 2, "No such command"),
    (("convert",), 2, "Missing argument"),
    (("why", "72/7", "md:cites"), 2, "Missing argument"),
    (("why", "72/7", "md:cites", "nothing-like-it at all"), 1, "nothing is known of"),
    (("why", '"72/7"', "md:cites", "72/7"), 2, "only the object of a statement is a literal"),
    (("why", "72/7", "md:cites", "72/7"), 2, "build the knowledge base again"),
    (("without", '"72/7"'), 2, "is no paragraph"),
    (("without", "md:cites"), 2, "is no paragraph"),
    (("without", "72/7 pp2"), 2, "build the knowledge base again"),
    (("query", "SELECT ?s WHERE { ?s ?p }"), 2, "line 1, column 26"),
    (("query", "none.rq"), 2, "none.rq: No such file"),
    (("query", "INSERT DATA { <a:a> <a:a> <a:a> }"), 2, "is refused"),
    (("query", "SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }"), 2, "is refused"),
]


@pytest.mark.parametrize(("arguments", "status", "says"), FAULTS)
def test_every_fault_is_one_line_and_its_exit(arguments: tuple[str, ...], status: int, says: str, run: Run) -> None:
    ran = run(*arguments)
    assert (ran.status, ran.out) == (status, "")
    assert says in ran.err
    assert ran.err.startswith("mandata: ") and ran.err.count("\n") == 1


@dataclass
class Told:
    text: str = ""
    json: Any = None
    ok: bool = True
    lines: tuple[str, ...] = ()


def test_build_hands_over_its_paths_and_prints_the_report(
    run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def build(paths: list[Path], out: Path, progress: Callable[[str], None], *told: object) -> dict[str, object]:
        progress("reading")
        return {"documents": len(paths), "out": str(out), "issues": []}

    monkeypatch.setattr(building, "build", build)
    ran = run("build", "a.txt", "b.txt", "--out", str(tmp_path))
    assert (ran.status, ran.err) == (0, "reading\n")
    assert ran.out == f"documents: 2\nout: {tmp_path}\n"
    assert json.loads(run("build", "--json").out)["documents"] == 0


def test_convert_prints_the_pieces_as_they_come(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def convert(paths: list[Path], form: str, *told: object) -> Iterator[str]:
        yield from (f"{path} {form}\n" for path in paths)

    monkeypatch.setattr(conversion, "convert", convert)
    assert run("convert", "a", "b", "--format", "jsonl").out == "a jsonl\nb jsonl\n"
    assert run("convert", "a", "--format", "pdf").status == 2


def test_why_hands_over_iris_and_literals(run: Run, kb: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def why(_: object, fact: tuple[object, ...], asked: ExplanationOptions) -> Explanation:
        return Explanation(lambda: f"{' '.join(map(str, fact))} {asked.language}", dict)

    monkeypatch.setattr(explanation, "why", why)
    base = "https://w3id.org/mandata/"
    said = run("why", "72/7 pp2", "recalls", "S/2007/279", "--language", "fr").out
    assert said == f"<{base}id/A_RES_72_7.pp2> <{base}ontology#recalls> <{base}id/S_2007_279> fr\n"
    said = run("why", "Kazakhstan", "rdfs:label", '"Kazakhstan"@en').out
    assert said.endswith('#label> "Kazakhstan"@en en\n')
    said = run("why", "S/2007/279", "datedOn", '"2007-05-07"^^xsd:date').out
    assert said.endswith('"2007-05-07"^^<http://www.w3.org/2001/XMLSchema#date> en\n')


def test_why_exits_with_one_where_the_statement_does_not_hold(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(explanation, "why", lambda *_: Explanation(lambda: "no", dict, holds=False))
    ran = run("why", "72/7 pp2", "recalls", "S/2007/279")
    assert (ran.status, ran.out) == (1, "no\n")


def test_check_exits_with_one_where_a_check_fails(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    for ok in (True, False):
        monkeypatch.setattr(pipeline, "check", lambda *_, ok=ok: Told(ok=ok, lines=("shapes: done",), json={"ok": ok}))
        ran = run("check")
        assert (ran.status, ran.out) == (int(not ok), "shapes: done\n")
        assert json.loads(run("check", "--json").out) == {"ok": ok}


def test_a_fault_of_the_pipeline_is_one_line(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def check(*_: object) -> Told:
        raise MandataError("shapes", "two\nlines", "here", "mend it")

    monkeypatch.setattr(pipeline, "check", check)
    assert run("check").err == "mandata: here: two lines - mend it [shapes]\n"


def test_the_command_prints_utf_8_whatever_the_locale(kb: Path) -> None:
    code = "from mandata.cli.main import main; main()"
    command = [sys.executable, "-c", code, "ask", "--language", "fr"]
    ran = subprocess.run(command, capture_output=True, env={"LC_ALL": "C", "PYTHONUTF8": "0"}, check=True, timeout=60)
    assert "État" in ran.stdout.decode() or "à" in ran.stdout.decode()


def test_a_fault_of_ours_is_one_line_that_blames_no_file(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: object, **__: object) -> None:
        raise KeyError("gone")

    monkeypatch.setattr("mandata.cli.sources.KnowledgeBase", fails)
    monkeypatch.delenv("MANDATA_TRACEBACK", raising=False)
    ran = run("ask", "drafts")
    assert ran.status == 2 and "Traceback" not in ran.err
    assert re.match(r"mandata: mandata itself failed: KeyError at mandata\.\S+:\d+: 'gone' - report this line", ran.err)
    monkeypatch.setenv("MANDATA_TRACEBACK", "1")
    with pytest.raises(KeyError):
        main(["ask", "drafts"])
