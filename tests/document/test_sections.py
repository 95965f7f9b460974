"""Headings open sections, which paragraphs know; no paragraph is taken for a heading. All texts are invented."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from mandata.document.model import Document
from mandata.reading import read
from mandata.text.source import decode

CASES = yaml.safe_load((Path(__file__).parents[1] / "tables" / "sections.yaml").read_text(encoding="utf-8"))
OPENING = (
    "Resolution adopted by the General Assembly on 24 February 2025\n\n79/321. Orchards\n\nThe General Assembly,\n\n"
)
PREAMBLE = (
    "Aware of the apples of the region, and of what they are for the peoples who live there from its orchards,\n\n"
)


def words(body: str) -> Document:
    return read(decode((OPENING + PREAMBLE + body).encode(), "invented")).document


def found(document: Document) -> list[list[str | None]]:
    return [[s.path, s.number, s.title.chars if s.title else None] for s in document.sections]


@pytest.mark.parametrize("case", CASES, ids=lambda case: str(case["body"][:30]))
def test_a_heading_opens_a_section(case: dict[str, Any]) -> None:
    document = words(case["body"])
    assert found(document) == case["sections"]
    assert [p.section for p in document.operative] == case["places"]
    assert len(document.preambular) == 1


@pytest.mark.parametrize(
    "body",
    [
        "1. Welcomes the apples;\n\nEncourages the growers of pears;\n\n2. Welcomes the nuts.",
        "1. Welcomes the apples:\n\n(a) Red\n\n(b) Green\n\n2. Welcomes the nuts.",
        "1. Welcomes the apples;\n\n2. Welcomes the pears and\n\nplums.",
        "1. Welcomes the apples;\n\n2. Welcomes the pears",
        "1. Welcomes the apples;\n\nPears",  # cut short: what would follow is not known
    ],
)
def test_what_is_no_heading_stays_a_paragraph(body: str) -> None:
    assert words(body).sections == ()


def test_the_first_section_may_open_below_the_formula() -> None:
    """Its grounds stand below the heading too, as in the resolutions on the budget."""
    text = OPENING + "I\n\nApples\n\n" + PREAMBLE + "1. Welcomes the apples of the region.\n"
    document = read(decode(text.encode(), "invented")).document
    assert [(p.path, p.section) for p in (*document.preambular, *document.operative)] == [
        ("pp1", "section1"),
        ("op1", "section1"),
    ]


def test_of_the_headings_of_an_annex_only_those_with_a_number_are_taken() -> None:
    annex = "Annex\n\nPlan of Action\n\nAnne Nobody, Chair\n\nI. Apples\n\n1. They grow.\n"
    body = f"1. Adopts the plan.\n\n60th plenary meeting\n\n{annex}"
    (found_annex,) = words(body).annexes
    assert [section.path for section in found_annex.sections] == ["annex1.section1"]
    assert [(p.path, p.section) for p in found_annex.paragraphs] == [
        ("annex1.p1", None),
        ("annex1.p2", "annex1.section1"),
    ]
