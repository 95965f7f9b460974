"""The store on disk is whole or not there; a change of place leaves the old one or the new one."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest

from mandata import atomic_files as atomic
from mandata.errors import MandataError
from mandata.kb import swap
from mandata.kb.knowledge_base import describe, open_kb
from mandata.kb.store import create, open_read_only

GRAPH = ox.NamedNode("https://example.org/g")
QUAD = ox.Quad(ox.NamedNode("https://example.org/s"), ox.NamedNode("https://example.org/p"), ox.Literal("o"), GRAPH)


def built(folder: Path, mark: str = "") -> Path:
    """Make what looks like a knowledge base and holds one statement."""
    create(folder / "store", [QUAD])
    (folder / "report.json").write_text(mark, encoding="utf-8")
    describe(folder)
    return folder


def mark(folder: Path) -> str:
    return (folder / "report.json").read_text(encoding="utf-8")


def beside(target: Path, state: str) -> Path:
    return target.with_name(f".{target.name}.{state}")


def test_a_store_holds_what_it_was_made_of(tmp_path: Path) -> None:
    built(tmp_path / "kb")
    assert list(open_kb(tmp_path / "kb").store) == [QUAD]
    assert list(open_read_only(tmp_path / "kb" / "store")) == [QUAD]


def test_a_store_that_is_open_to_read_takes_nothing(tmp_path: Path) -> None:
    store = open_kb(built(tmp_path / "kb")).store
    with pytest.raises((OSError, RuntimeError)):
        store.add(QUAD)


def test_a_store_is_never_made_over_something(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(MandataError, match="something is there already"):
        create(tmp_path, [QUAD])


@pytest.mark.parametrize("name", ["none", "empty", "file"])
def test_no_knowledge_base_is_one_line_and_makes_none(name: str, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "file").write_text("x", encoding="utf-8")
    before = sorted(tmp_path.rglob("*"))
    for opened in (open_kb, open_read_only):
        with pytest.raises(MandataError, match=rf"no knowledge base at .*{name} - run mandata build"):
            opened(tmp_path / name)
    assert sorted(tmp_path.rglob("*")) == before


def test_a_damaged_store_is_one_line(tmp_path: Path) -> None:
    kb = built(tmp_path / "kb")
    (kb / "store" / "CURRENT").write_text("nonsense\n", encoding="utf-8")
    with pytest.raises(MandataError, match="cannot be read"):
        _ = open_kb(kb).store


def beside_it(kb: Path) -> set[str]:
    """Return what stands beside a knowledge base, its lock apart, which stays."""
    return {path.name for path in kb.parent.iterdir()} - {kb.name, f".{kb.name}.lock"}


def test_a_finished_folder_takes_the_place_of_nothing_and_of_the_old_one(tmp_path: Path) -> None:
    kb = tmp_path / "deep" / "kb"
    for name in ("one", "two"):
        with swap.changing(kb) as folder:
            built(folder, name)
        assert mark(kb) == name
        assert not beside_it(kb)


def test_without_an_exchange_it_takes_renames(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As on a system that cannot exchange two folders."""
    monkeypatch.setattr(swap, "_exchange", lambda *_: False)
    test_a_finished_folder_takes_the_place_of_nothing_and_of_the_old_one(tmp_path)


def test_a_change_that_fails_leaves_the_old_one(tmp_path: Path) -> None:
    kb = built(tmp_path / "kb", "old")
    with pytest.raises(ZeroDivisionError), swap.changing(kb) as folder:
        (folder / "half").write_text("", encoding="utf-8")
        _ = 1 // 0
    assert mark(kb) == "old" and not beside_it(kb)


def test_what_killed_changes_left_is_cleared_and_nothing_else(tmp_path: Path) -> None:
    kb = built(tmp_path / "kb", "old")
    for name in (".kb.new", ".kb.old", ".kb.staging-0123456789ab"):
        (tmp_path / name).mkdir()
    others = {".kb.newer", ".kb.staging-mine", ".kb2.new"}
    for name in others:
        (tmp_path / name).mkdir()
    with swap.changing(kb) as folder:
        assert beside_it(kb) == {*others, folder.name, ".kb.change.json"}
        built(folder, "new")
    assert mark(kb) == "new" and beside_it(kb) == others


@pytest.mark.parametrize(("new", "found"), [(True, "new"), (False, "old")])
def test_a_change_cut_short_between_its_renames_is_ended_at_the_next_opening(
    new: bool, found: str, tmp_path: Path
) -> None:
    kb = tmp_path / "kb"
    built(beside(kb, "old"), "old")
    if new:
        built(beside(kb, "new"), "new")
    assert list(open_kb(kb).store) == [QUAD]
    assert mark(kb) == found


def test_a_change_cut_short_before_its_renames_or_after_them_needs_nothing(tmp_path: Path) -> None:
    kb = built(tmp_path / "kb", "now")
    built(beside(kb, "new"), "unfinished")
    built(beside(kb, "old"), "gone")
    open_kb(kb)
    assert mark(kb) == "now"
    with swap.changing(kb) as folder:
        built(folder, "next")
    assert mark(kb) == "next" and not beside_it(kb)


@pytest.mark.parametrize("name", ["folder", "file"])
def test_what_is_no_knowledge_base_is_never_replaced(name: str, tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "letter.txt").write_text("mine", encoding="utf-8")
    (tmp_path / "file").write_text("mine", encoding="utf-8")
    with pytest.raises(MandataError, match="no knowledge base and is left alone"):
        swap.changing(tmp_path / name).__enter__()
    assert not (tmp_path / f".{name}.lock").exists()
    assert (tmp_path / "folder" / "letter.txt").exists()


def test_a_file_is_written_whole(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "a.nq"
    atomic.write_whole(path, "é\r\n")
    assert path.read_bytes() == "é\r\n".encode()
    atomic.write_whole(path, b"\x00")
    assert path.read_bytes() == b"\x00"
    assert list(path.parent.iterdir()) == [path]


def test_a_file_that_cannot_be_written_leaves_the_old_one_and_no_trace(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    with pytest.raises(MandataError, match="choose another place"):
        atomic.write_whole(tmp_path / "a", "x")
    (tmp_path / "b").write_text("x", encoding="utf-8")
    with pytest.raises(MandataError, match="choose another place"):
        atomic.write_whole(tmp_path / "b" / "c", "x")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a", "b"]
