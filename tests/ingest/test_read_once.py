"""A text is read once: what the first pass finds in it is kept as bytes for the second, and these hold values alone."""

from __future__ import annotations

import os
import pickle
import sys
import zlib
from pathlib import Path

import pytest

from mandata.ingest import conversion, document_tasks
from mandata.ingest.stored_reading import pack, unpack
from mandata.reading import Reading, read
from mandata.text import source

from .many import TEXTS, tree


@pytest.fixture
def paths_read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the files that are read from now on, one for each time."""
    found: list[str] = []

    def noted(text: source.SourceText) -> Reading:
        found.append(Path(text.path).name)
        return read(text)

    monkeypatch.setattr(document_tasks, "read", noted)
    return found


def bilingual(folder: Path) -> Path:
    """Write the five texts, and an English one of a resolution that is held in French."""
    folder.mkdir()
    for path in TEXTS:
        (folder / path.name).write_bytes(path.read_bytes())
    (folder / "english.txt").write_text(
        "United Nations A/RES/72/7\n\nGeneral Assembly\n\nDistr.: General\n\nSeventy-second session\n\n"
        "Resolution adopted by the General Assembly on 20 November 2017\n\n"
        "72/7. Role of the centre\n\nThe General Assembly,\n\nRecalling its resolution 71/12,\n\n"
        "1. Welcomes the report;\n\n2. Decides to remain seized of the matter.\n",
        encoding="utf-8",
    )
    return folder


def test_a_text_is_read_once_also_if_others_say_what_it_is(paths_read: list[str], tmp_path: Path) -> None:
    """One document in two languages, and a letter whose symbol a resolution tells."""
    texts = bilingual(tmp_path / "texts")
    conversion.convert_into([texts], "nquads", tmp_path / "out")
    assert sorted(paths_read) == sorted(path.name for path in texts.iterdir())
    shards = [path.read_text(encoding="utf-8") for path in (tmp_path / "out" / "documents").rglob("*.nq")]
    assert any(text.count("/ontology#embodiedBy>") == 2 for text in shards)
    assert not (tmp_path / "out" / "readings").exists()


def test_a_reading_that_is_damaged_is_made_again(paths_read: list[str], tmp_path: Path) -> None:
    """As after a power cut between the passes; the output is the same."""
    texts = bilingual(tmp_path / "texts")
    conversion.convert_into([texts], "nquads", tmp_path / "whole")
    paths_read.clear()
    out = tmp_path / "out"

    def damage(stage: str, done: int, total: int) -> None:
        if stage == "read" and done == total:
            kept = sorted(path for path in (out / "readings").rglob("*") if path.is_file())
            kept[0].write_bytes(kept[0].read_bytes()[:-40])

    conversion.convert_into([texts], "nquads", out, count=damage)
    assert len(paths_read) == len(list(texts.iterdir())) + 1
    assert tree(out) == tree(tmp_path / "whole")


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.stem)
def test_a_reading_comes_back_as_it_was(path: Path) -> None:
    reading = read(source.read(path))
    assert unpack(pack(reading)) == reading


class Act:
    """What runs a command when it is unpickled."""

    def __reduce__(self) -> tuple[object, tuple[str]]:
        return os.system, ("true",)


@pytest.mark.parametrize("value", [Act(), Path("x"), print, {"a": 1}], ids=["command", "path", "function", "other"])
def test_bytes_that_hold_something_else_are_refused(value: object) -> None:
    with pytest.raises(pickle.UnpicklingError):
        unpack(zlib.compress(pickle.dumps(value)))


@pytest.mark.parametrize("name", ["__main__\nmain", "nosuch\nX", "cli.main\nmain", "text.source\nread"])
def test_a_name_of_the_package_that_is_no_value_is_refused_and_its_module_not_imported(name: str) -> None:
    """``mandata.__main__`` would run the command line if it were imported."""
    before = set(sys.modules)
    with pytest.raises(pickle.UnpicklingError):
        unpack(zlib.compress(b"\x80\x02cmandata." + name.encode() + b"\n."))
    assert set(sys.modules) == before
