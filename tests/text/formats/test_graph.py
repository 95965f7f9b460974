"""The graph says of a file that is no text by what its text was drawn from it."""

from __future__ import annotations

from pathlib import Path

import pytest

from invented.papers import as_docx, as_html
from mandata.ingest import conversion

from .pages import page_of

TEXT = Path(__file__).parents[3] / "data" / "texts" / "000_7f83ad6d9a316033.txt"


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("a.txt", TEXT.read_bytes(), 0),
        ("a.html", as_html(page_of(TEXT)), 0),
        ("a.docx", as_docx(page_of(TEXT)), 1),
    ],
)
def test_a_file_that_is_no_text_says_by_what_it_was_read(name: str, data: bytes, said: int, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(data)
    stated = "".join(conversion.convert([tmp_path / name], "nquads"))
    assert stated.count("ontology#extractedBy>") == said
    assert stated.count('"mandata docx 1"') == said
    (record,) = conversion.records([tmp_path])
    assert record.get("extracted_by") == ("mandata docx 1" if said else None)
