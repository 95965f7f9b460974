"""Bad input is answered with one clear line and exit 2; what was there before stays as it is."""

from __future__ import annotations

import hashlib
import json
import random
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from mandata.errors import MandataError
from mandata.lexicon import lexicon as language
from mandata.package_data import shipped_path
from mandata.query import queryfile as header
from mandata.reason.rules.rule_file import read_rules
from mandata.un import catalogue, entities

TEXTS = sorted(shipped_path("data/texts").glob("*.txt"))
SECONDS = 60

POEM = """Demain, dès l'aube, à l'heure où blanchit la campagne,
Je partirai. Vois-tu, je sais que tu m'attends.
J'irai par la forêt, j'irai par la montagne.
Je ne puis demeurer loin de toi plus longtemps.
"""
RECIPE = """Gâteau au yaourt

Pour six personnes. Dans un saladier, verser le yaourt, ajouter les œufs et le sucre, puis la farine et la levure.

1. Mélanger avec soin, prier les enfants de goûter.
2. Faire cuire dans le four pendant trente minutes, au 17 novembre comme au 7 mai 2007.
"""
PROSE = """It was a bright cold day in April, and the clocks were striking thirteen. The United Nations had met in 1945.

1. Winston Smith slipped quickly through the glass doors of Victory Mansions.
"""
MINUTES = """Compte rendu de la réunion du syndic de l'immeuble du 12 rue de la Paix

Le syndic rappelle que les charges sont dues par tous. Il invite les copropriétaires à voter.
"""
NO_DOCUMENTS = {"poem": POEM, "recipe": RECIPE, "prose": PROSE, "minutes": MINUTES}

FILES: dict[str, bytes] = {
    "empty.txt": b"",
    "blank.txt": b"  \n\n\t\n",
    "paper.pdf": b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<</Type/Catalog>>\nendobj\ntrailer\n%%EOF\n",
    "office.docx": b"PK\x03\x04\x14\x00\x06\x00",
    "random.txt": random.Random(2007).randbytes(4000),
    "nul.txt": b"Resolution\0" * 100,
    "poem.txt": POEM.encode(),
    "folder/notes.log": b"no text here",
    "broken.rq": b"SELECT ?s WHERE { ?s ?p }",
    "latin.rq": b"SELECT ?s WHERE { ?s ?p '\xe9' }",
}


@pytest.fixture(scope="module")
def place(kb: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with bad files of each kind, and a knowledge base that nothing here may change."""
    folder = tmp_path_factory.mktemp("bad")
    for name, data in FILES.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_bytes(data)
    for name, text in NO_DOCUMENTS.items():
        (folder / "others").mkdir(exist_ok=True)
        (folder / "others" / f"{name}.txt").write_text(text, encoding="utf-8")
    shutil.copytree(kb, folder / "kb")
    return folder


def mandata(place: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "mandata", *arguments]
    return run(command, place)


def run(command: list[str], place: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command, check=False, cwd=place, capture_output=True, text=True, encoding="utf-8", timeout=SECONDS
    )


def state(folder: Path) -> dict[str, str]:
    """Return every file under a place with the checksum of its bytes, but for empty locks, which stay."""
    files = sorted(path for path in folder.rglob("*") if path.is_file() and path.name != ".kb.lock")
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


FAULTS = [  # the command, what its line says of what, where and how to mend it
    ("build empty.txt --out kb", "empty.txt: is empty - give a file that holds the text of a document [empty-file]"),
    ("build blank.txt --out kb", "blank.txt: is empty - "),
    (
        "build paper.pdf --out kb",
        "paper.pdf: is a PDF that cannot be read - save or download it anew [damaged-file]",
    ),
    ("build office.docx --out kb", "office.docx: is a zip archive, but no DOCX that can be read - "),
    ("build random.txt --out kb", "random.txt: is no text - "),
    ("build nul.txt --out kb", "nul.txt: is no text - "),
    ("build nowhere.txt --out kb", "nowhere.txt: no such file or folder - check the path [unreadable]"),
    ("build poem.txt nowhere.txt --out kb", "nowhere.txt: no such file or folder - "),
    ("build folder --out kb", "folder: no texts here - give files ending .txt [no-texts]"),
    ("build poem.txt --out folder", "folder: this is no knowledge base and is left alone - name another folder [out]"),
    ("build poem.txt --out empty.txt", "empty.txt: this is no knowledge base and is left alone - "),
    ("convert empty.txt paper.pdf", "empty.txt: is empty - "),
    ("convert nowhere.txt --format nquads", "nowhere.txt: no such file or folder - "),
    ("convert poem.txt --format pdf", "'pdf' is not one of 'json'"),
    ("ask no-such-question --kb kb", 'there is no question "no-such-question" - '),
    ("ask mandate-status --set colour=red --kb kb", '"colour" is no parameter of mandate-status - it takes '),
    ("ask mandate-status --set date=yesterday --kb kb", 'date: "yesterday" is no date - write 2008-01-01'),
    ("ask mandate-status --set date --kb kb", '--set: "date" is no setting - write --set document=72/7'),
    ("ask mandate-status --kb nowhere", "no knowledge base at nowhere - run mandata build"),
    ("ask mandate-status --at ftp://127.0.0.1/ --kb kb", "ftp://127.0.0.1/"),
    ("query SELECT --kb kb", "is not SPARQL: "),
    ("query broken.rq --kb kb", "line 1, column 26: is not SPARQL"),
    ("query nowhere.rq --kb kb", "nowhere.rq: No such file"),
    ("query latin.rq --kb kb", "latin.rq"),
    ("check --kb nowhere", "no knowledge base at nowhere - run mandata build"),
    ("check --kb folder", "no knowledge base at folder - run mandata build"),
]


@pytest.mark.parametrize(("command", "says"), FAULTS, ids=[command for command, _ in FAULTS])
def test_a_fault_is_one_line_with_exit_2_and_nothing_is_changed(command: str, says: str, place: Path) -> None:
    before = state(place)
    ran = mandata(place, *command.split(" "))
    *progress, last = ran.stderr.splitlines()
    assert (ran.returncode, ran.stdout) == (2, "")
    assert last.startswith("mandata: ") and says in last and " - " in last
    assert not [line for line in progress if "mandata" in line or "Traceback" in line]
    assert state(place) == before


@pytest.mark.parametrize("form", ["nquads", "jsonl"])
def test_a_text_that_is_no_un_document_is_of_kind_other_and_states_nothing(form: str, place: Path) -> None:
    ran = mandata(place, "convert", "others", "--format", form)
    assert ran.returncode == 0 and "mandata:" not in ran.stderr
    if form == "nquads":
        assert ran.stdout == ""
        return
    records = [json.loads(line) for line in ran.stdout.splitlines()]
    assert len(records) == len(NO_DOCUMENTS)
    for record in records:
        assert record["kind"] == "other" and record["issues"], record["source"]
        for key in ("symbol", "title", "mandate", "cites", "mentions", "preambular", "operative", "annexes"):
            assert not record[key], (record["source"], key)


def test_a_batch_with_bad_files_is_done_and_each_bad_one_is_an_issue(place: Path) -> None:
    ran = mandata(place, "convert", "empty.txt", str(TEXTS[0]), "paper.pdf", "poem.txt", "--format", "jsonl")
    assert ran.returncode == 0 and "mandata:" not in ran.stderr
    found = {record["source"]: record for record in map(json.loads, ran.stdout.splitlines())}
    assert {name: record["kind"] for name, record in found.items()} == {
        str(TEXTS[0]): "resolution", "poem.txt": "other", "empty.txt": "other", "paper.pdf": "other",
    }  # fmt: skip
    assert [issue["code"] for issue in found["empty.txt"]["issues"]] == ["empty-file"]
    assert [issue["code"] for issue in found["paper.pdf"]["issues"]] == ["damaged-file"]


def test_a_build_with_bad_files_is_done_and_its_report_tells_each(kb: Path, place: Path, tmp_path: Path) -> None:
    """What the good ones say is stated as if they stood alone."""
    bad = ["empty.txt", "paper.pdf", "poem.txt"]
    ran = mandata(place, "build", *bad, *map(str, TEXTS), "--out", str(tmp_path / "kb"))
    assert ran.returncode == 0
    report = json.loads((tmp_path / "kb" / "report.json").read_text(encoding="utf-8"))
    assert [(one["file"], one["code"]) for one in report["unread"]] == [
        ("empty.txt", "empty-file"),
        ("paper.pdf", "damaged-file"),
    ]
    assert report["documents"] == len(TEXTS)
    assert (tmp_path / "kb" / "mandata.nq").read_bytes() == (kb / "mandata.nq").read_bytes()


def lexicon_without(key: str) -> str:
    text = (language.LEXICON_FOLDER / "fr.yaml").read_text(encoding="utf-8")
    return text.replace(f"\n{key}:", f"\nno-{key}:", 1)


BAD_DATA: list[
    tuple[str, Callable[[Path], Any], str, tuple[str, str]]
] = [  # name, reader, content, fault: its code and words of its line
    ("fr.yaml", language.load, "language: fr\n  rules: [", ("yaml", "fr.yaml:2:8: is not YAML")),
    ("fr.yaml", language.load, "- fr\n", ("lexicon", "fr.yaml: is no lexicon")),
    ("fr.yaml", language.load, "", ("lexicon", "fr.yaml: is no lexicon")),
    ("fr.yaml", language.load, lexicon_without("months"), ("lexicon", "fr.yaml: lacks the word 'months' - add it")),
    ("fr.yaml", language.load, lexicon_without("rules"), ("lexicon", "fr.yaml: lacks the word 'rules' - add it")),
    ("e/a.yaml", entities.load, "- id: [", ("yaml", "a.yaml:")),
    ("e/a.yaml", entities.load, "id: KAZ\n", ("entities", "a.yaml: is no list of entities - begin each entity with")),
    ("e/a.yaml", entities.load, "- id: KAZ\n", ("entities", "a.yaml")),
    ("e/a.yaml", entities.load, "- just words\n", ("entities", "a.yaml")),
    ("c.yaml", catalogue.load, "- symbol: [", ("yaml", "c.yaml:")),
    ("c.yaml", catalogue.load, "symbol: A/RES/1/1\n", ("catalogue", "c.yaml: is no list of records - begin each")),
    ("c.yaml", catalogue.load, "- class: Letter\n", ("catalogue", "c.yaml, record 1: lacks or misuses 'symbol'")),
    (
        "c.yaml",
        catalogue.load,
        "- {symbol: A/RES/72/7, class: Resolution, source: x, colour: red}\n",
        ("catalogue", "colour"),
    ),
    (
        "c.yaml",
        catalogue.load,
        "- {symbol: Rome, class: Resolution, source: x}\n",
        ("catalogue", "c.yaml, record 1: Rome: "),
    ),
    ("q/a.rq", header.load, "SELECT * WHERE { ?s ?p ?o }\n", ("question-header", "a.rq")),
    (
        "r/a.rq",
        read_rules,
        "# name: a\nSELECT * WHERE { ?s ?p ?o }\n",
        ("rule-header", "a.rq:1: the header has no 'says'"),
    ),
    (
        "r/a.rq",
        read_rules,
        "# name: b\n# says: x\n# says@fr: x\n",
        ("rule-header", "a.rq:1: the header has another name"),
    ),
    (
        "r/a.rq",
        read_rules,
        "# name: a\n# says: x\n# says@fr: x\nSELECT * WHERE { ?s ?p ?o }\n",
        ("rule", "a.rq:4: holds a sign that rules do not use"),
    ),
]


@pytest.mark.parametrize(("name", "load", "content", "fault"), BAD_DATA)
def test_a_data_file_that_is_wrong_says_where_and_how_to_mend_it(
    name: str, load: Callable[[Path], Any], content: str, fault: tuple[str, str], tmp_path: Path
) -> None:
    path = tmp_path / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(content, encoding="utf-8")
    with pytest.raises(MandataError) as caught:
        load(path.parent if "/" in name else path)
    assert caught.value.code == fault[0]
    assert fault[1] in str(caught.value) and str(path.parent) in str(caught.value)
    assert caught.value.mend and "\n" not in str(caught.value)


@pytest.mark.parametrize("load", [language.load, catalogue.load])
def test_a_data_file_that_is_missing_or_no_utf_8_says_so(load: Callable[[Path], Any], tmp_path: Path) -> None:
    with pytest.raises(MandataError, match=r"none\.yaml: No such file"):
        load(tmp_path / "none.yaml")
    (tmp_path / "latin.yaml").write_bytes(b"- caf\xe9\n")
    with pytest.raises(MandataError, match=r"latin\.yaml: is not UTF-8 text - save it as UTF-8"):
        load(tmp_path / "latin.yaml")


def test_a_broken_lexicon_is_told_as_its_own_fault_and_not_as_that_of_a_text(place: Path, tmp_path: Path) -> None:
    """In a copy of the package, so that what is shipped stays as it is; the text before it in the batch is empty."""
    package = Path(language.__file__).parents[1]
    shutil.copytree(package, tmp_path / "mandata", ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("ontology", "data"):
        shutil.copytree(shipped_path(name), tmp_path / "mandata" / "_shipped" / name)
    (tmp_path / "mandata" / "lexicon" / "fr.yaml").write_text("language: fr\nrules: [", encoding="utf-8")
    code = f"import sys; sys.path.insert(0, {str(tmp_path)!r}); from mandata.cli.main import main; main()"
    command = [sys.executable, "-c", code, "build", "empty.txt", str(TEXTS[0]), "--out", "kb"]
    before = state(place / "kb")
    ran = run(command, place)
    assert ran.returncode == 2
    assert re.search(r"fr\.yaml:\d:\d+: is not YAML", ran.stderr.splitlines()[-1])
    assert state(place / "kb") == before
