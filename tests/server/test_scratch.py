"""What a server that was killed leaves in the folder for temporary files is removed by the next one."""

from __future__ import annotations

from pathlib import Path

import pytest

from mandata.server.scratch_folder import remove_abandoned, scratch
from server.server import serving


def test_the_next_server_removes_what_a_killed_one_left(collection: Path, tmp_path: Path) -> None:
    with pytest.raises(AssertionError), serving("--rdf", str(collection), TMPDIR=str(tmp_path)) as killed:
        left = list(tmp_path.iterdir())
        killed.process.kill()
        killed.process.wait()
    assert len(left) == 1 and left[0].is_dir() and list(left[0].iterdir())
    with (
        serving("--rdf", str(collection), TMPDIR=str(tmp_path)) as one,
        serving("--rdf", str(collection), TMPDIR=str(tmp_path)) as other,
    ):
        assert left[0] not in tmp_path.iterdir()
        assert len(list(tmp_path.iterdir())) == 2  # and not what another has, which lives
        assert one.ask("ASK { ?s ?p ?o }").json()["boolean"] and other.ask("ASK { ?s ?p ?o }").json()["boolean"]
    assert not list(tmp_path.iterdir())


def test_nothing_else_is_removed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    kept = tmp_path / "kept"
    kept.mkdir()
    (tmp_path / "mandata-serves-link").symlink_to(kept)
    (tmp_path / "mandata-serves-file").write_text("a file")
    (tmp_path / "mandata-other").mkdir()
    with scratch() as folder:
        remove_abandoned()
        assert folder.is_dir()
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "kept",
        "mandata-other",
        "mandata-serves-file",
        "mandata-serves-link",
    ]
