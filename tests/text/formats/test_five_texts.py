"""A document reads the same whatever format it is in: the five texts, written anew in each."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from invented.papers import Page, as_docx, as_html, as_pdf
from mandata.ingest import conversion
from mandata.text.clean import clean
from mandata.text.source import decode, read

from .pages import page_of, plain

TEXTS = sorted((Path(__file__).parents[3] / "data" / "texts").glob("*.txt"))
WRITERS: dict[str, Callable[[Page], bytes]] = {
    "html": as_html,
    "docx": as_docx,
    "pdf": lambda page: as_pdf(page, "A/RES/72/7"),
}


@cache
def records_of_texts() -> dict[str, Any]:
    return {Path(record["source"]).stem: record for record in conversion.records(TEXTS)}


@pytest.fixture(scope="module", params=WRITERS)
def written(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    folder = tmp_path_factory.mktemp(request.param)
    for text in TEXTS:
        (folder / f"{text.stem}.{request.param}").write_bytes(WRITERS[request.param](page_of(text)))
    return sorted(folder.iterdir())


def test_the_record_is_that_of_the_text(written: list[Path]) -> None:
    for record in conversion.records(written):
        assert plain(record) == plain(records_of_texts()[Path(record["source"]).stem]), record["source"]


def test_places_hold_the_words_they_are_said_to(written: list[Path]) -> None:
    """Each character stands where it is said to stand: in the file, or in the text drawn from it."""
    for path in written:
        source = read(path)
        assert (source.extracted_by is None) == (path.suffix == ".html")
        for line in clean(source).lines:
            for char, start, end in zip(line.text.chars, line.text.starts, line.text.ends, strict=True):
                original = source.raw[start:end]
                assert char == original or not char.isalnum() or original.startswith("&"), (char, original)


def test_the_same_file_gives_the_same_text(written: list[Path]) -> None:
    for path in written:
        assert read(path) == read(path)


def test_the_name_of_a_file_says_nothing(written: list[Path]) -> None:
    for path in written:
        assert decode(path.read_bytes(), "letter.txt").formatted == read(path).formatted
        assert json.dumps(decode(path.read_bytes(), "x").extracted_by) == json.dumps(read(path).extracted_by)
