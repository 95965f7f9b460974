"""A document says the same in its text and in its mark-up, evidence apart; every difference has a reason."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from mandata.graph.record import record
from mandata.identity.headers import header
from mandata.identity.resolve import resolve
from mandata.reading import read
from mandata.text.source import SourceText
from mandata.text.source import read as read_file

from .corpus import CORPUS, MISSING
from .text_against_markup import Difference, compare

WANTED = 0.98
EVERY = 7


def shown(source: SourceText) -> dict[str, Any]:
    found = read(source)
    return record(found, resolve([header(found)], [])[source.sha256])


def differences(language: str, text: Path) -> list[Difference]:
    markup = CORPUS / "akn" / language / f"{text.stem}.xml"
    return compare(shown(read_file(text)), shown(read_file(markup)))


@pytest.mark.parametrize("language", ["en", "fr"])
def test_text_and_mark_up_say_the_same(language: str) -> None:
    texts = sorted((CORPUS / "texts" / language).glob("*.txt"))[::EVERY]
    if not texts:
        pytest.skip(MISSING)
    open_ones = {text.stem: [str(d) for d in differences(language, text) if not d.reason] for text in texts}
    same = sum(1 for found in open_ones.values() if not found)
    assert same >= WANTED * len(texts), {name: found for name, found in open_ones.items() if found}


def test_an_invented_document_says_the_same_in_both() -> None:
    """Its mark-up has a link that no word tells, and a number that was lost; else nothing differs."""
    case = Path(__file__).parents[1] / "cases" / "marked-up-resolution.txt"
    found = compare(shown(read_file(case)), shown(read_file(case.with_suffix(".xml"))))
    assert [d.place for d in found if not d.reason] == ["operative[3].n"]
    assert {d.place for d in found if d.reason} == {"cites", "job_number", "operative[2].cites"}
