"""The editor of queries in the package: the files that are pinned, with their licences; and none where npm is not."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

PROJECT = Path(__file__).parents[1]
EDITOR = "mandata/server/pages/editor/"
SOURCES = ("src", "ontology", "data", "editor", "README.md", "LICENSE", "pyproject.toml")
npm = pytest.mark.skipif(shutil.which("npm") is None, reason="there is no npm here: apt-get install npm")


def names_of_wheel(folder: Path, path: str) -> tuple[zipfile.ZipFile, list[str]]:
    """Build a wheel from a copy of the sources in which no editor is yet; return it and its names."""
    copy = folder / "sources"
    left_out = shutil.ignore_patterns("__pycache__")
    for name in SOURCES:
        if (PROJECT / name).is_dir():
            shutil.copytree(PROJECT / name, copy / name, ignore=left_out)
        else:
            shutil.copy(PROJECT / name, copy / name)
    shutil.rmtree(copy / "src" / EDITOR, ignore_errors=True)
    environment = {**os.environ, "PATH": path}
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder / "wheel")]
    done = subprocess.run(command, check=False, cwd=copy, env=environment, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stderr
    (wheel,) = (folder / "wheel").glob("*.whl")
    found = zipfile.ZipFile(wheel)
    return found, found.namelist()


@npm
def test_a_wheel_holds_the_editor_that_is_pinned_and_its_licences(tmp_path: Path) -> None:
    wheel, names = names_of_wheel(tmp_path, os.environ["PATH"])
    held = {name.removeprefix(EDITOR) for name in names if name.startswith(EDITOR)}
    assert held == {"yasgui.min.js", "yasgui.min.css", "licences.txt", "lock.sha256"}
    pinned = b"".join((PROJECT / "editor" / name).read_bytes() for name in ("package.json", "package-lock.json"))
    assert wheel.read(EDITOR + "lock.sha256").decode().strip() == hashlib.sha256(pinned).hexdigest()
    licences = wheel.read(EDITOR + "licences.txt").decode()
    assert all(f"{library}\n" in licences for library in ("codemirror", "jquery", "dompurify", "lodash-es", "n3"))


def test_a_wheel_is_built_without_npm_and_has_no_editor(tmp_path: Path) -> None:
    (tmp_path / "nothing").mkdir()
    _, names = names_of_wheel(tmp_path, str(tmp_path / "nothing"))
    assert "mandata/server/pages/assets/query.js" in names
    assert not [name for name in names if name.startswith(EDITOR)]


def test_every_library_of_the_editor_is_pinned_to_the_byte() -> None:
    lock = json.loads((PROJECT / "editor" / "package-lock.json").read_text(encoding="utf-8"))
    packages = {name: each for name, each in lock["packages"].items() if name}
    assert packages["node_modules/@zazuko/yasgui"]["version"] == "4.6.2"
    assert not [name for name, each in packages.items() if not each["integrity"].startswith("sha512-")]
