"""What the United Nations System Document Ontology was made to answer is answered, and truly.

Its own competency questions, asked here of what is built: from the texts and the catalogue, from mark-up of our own,
and, where the corpus is there, from the official mark-up of two resolutions.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from mandata.ingest import build as building
from mandata.kb.knowledge_base import open_kb
from mandata.query.answer import answer
from mandata.query.queryfile import load
from mandata.query.source import Embedded

QUESTIONS = load()
CASES = Path(__file__).parents[1] / "cases"
MARKED_UP = Path(__file__).parents[3] / "shared" / "corpus" / "akn"
CORPUS = [MARKED_UP / "en" / "A_RES_75_272.xml", MARKED_UP / "en" / "A_RES_76_109.xml"]
# base -> question and settings -> rows, columns as in the header; "..." where further rows may stand
TRUE: dict[str, dict[str, list[str]]] = yaml.safe_load(
    Path(__file__).with_name("undo.yaml").read_text(encoding="utf-8")
)


def asked(setting: str, source: Embedded) -> list[str]:
    """Return the rows of ``name key=value, key=value``, a line each."""
    name, _, settings = setting.partition(" ")
    pairs = (pair.split("=", 1) for pair in settings.split(", ") if pair)
    found = answer(QUESTIONS[name], dict(pairs), source)
    return [" | ".join(map(shown, (row[column] for column in found.question.columns))) for row in found.rows]


def shown(cell: object) -> str:
    if isinstance(cell, list):
        return "; ".join(map(str, cell)) or "-"
    return "-" if cell is None else str(cell)


def base(texts: list[Path], factory: pytest.TempPathFactory) -> Iterator[Embedded]:
    folder = factory.mktemp("undo") / "kb"
    building.build(texts, folder, lambda _: None)
    yield Embedded(open_kb(folder).store)


@pytest.fixture(scope="module")
def five(kb: Path) -> Embedded:
    """The five texts, the catalogue and the entities."""
    return Embedded(open_kb(kb).store)


@pytest.fixture(scope="module")
def marked_up(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Embedded]:
    """A resolution of our own invention in mark-up, which tells its way to adoption."""
    yield from base([CASES / "marked-up-resolution.xml"], tmp_path_factory)


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Embedded]:
    """Two real resolutions: one straight from its draft, one recommended by a committee."""
    if not all(path.is_file() for path in CORPUS):
        pytest.skip("the mark-up of A/RES/75/272 and A/RES/76/109 is not in ../shared/corpus")
    yield from base(CORPUS, tmp_path_factory)


def cases(name: str) -> pytest.MarkDecorator:
    return pytest.mark.parametrize(("setting", "rows"), TRUE[name].items(), ids=list(TRUE[name]))


def holds(setting: str, rows: list[str], source: Embedded) -> None:
    found = asked(setting, source)
    if rows[-1:] == ["..."]:
        assert [row for row in rows[:-1] if row not in found] == []
    else:
        assert found == rows


@cases("five")
def test_the_five_texts_answer_truly(setting: str, rows: list[str], five: Embedded) -> None:
    holds(setting, rows, five)


@cases("marked_up")
def test_mark_up_tells_the_way_to_adoption(setting: str, rows: list[str], marked_up: Embedded) -> None:
    holds(setting, rows, marked_up)


@cases("corpus")
def test_real_resolutions_answer_truly(setting: str, rows: list[str], corpus: Embedded) -> None:
    holds(setting, rows, corpus)


@pytest.mark.parametrize("name", sorted({setting.partition(" ")[0] for group in TRUE.values() for setting in group}))
def test_every_question_answers_without_a_setting(name: str, five: Embedded) -> None:
    assert asked(name, five)


def test_whoever_is_mentioned_is_mentioned_by_a_document(five: Embedded) -> None:
    """The two questions about mentions tell the same pairs, read from either end."""
    forth = {tuple(row.split(" | ")[:2]) for row in asked("things-mentioned", five)}
    back = {tuple(row.split(" | ")[1::-1]) for row in asked("documents-mentioning", five)}
    assert forth == back


def test_no_status_ends_before_it_begins_and_no_step_before_the_first(five: Embedded, marked_up: Embedded) -> None:
    for source in (five, marked_up):
        spans = [row.split(" | ")[2:4] for row in asked("document-statuses", source)]
        assert not [(since, until) for since, until in spans if "-" not in (since, until) and since > until]
        days = [row.split(" | ")[3] for row in asked("steps-to-adoption", source)]
        assert not [number for number in days if number != "-" and int(number) < 0]
