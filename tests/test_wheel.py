"""What ``pip install`` brings: the wheel alone, far from the checkout, builds a knowledge base and answers."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest

PROJECT = Path(__file__).parents[1]


def run(*command: str | Path, place: Path) -> str:
    """Run a command in an empty folder, with no way to the checkout; return what it prints."""
    environment = {"PATH": os.environ["PATH"], "HOME": str(place), "PYTHONDONTWRITEBYTECODE": "1"}
    ran = subprocess.run(
        list(map(str, command)), check=False, cwd=place, env=environment, capture_output=True, text=True, timeout=120
    )
    assert ran.returncode == 0, ran.stderr
    return ran.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    run(sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", folder, place=PROJECT)
    (found,) = folder.glob("*.whl")
    return found


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The scripts of a new environment with the wheel in it; the libraries it needs are those of this one."""
    place = tmp_path_factory.mktemp("installed")
    venv.create(place, with_pip=False, symlinks=True)
    paths = {"base": str(place), "platbase": str(place)}
    purelib = Path(sysconfig.get_path("purelib", "venv", vars=paths))
    scripts = Path(sysconfig.get_path("scripts", "venv", vars=paths))
    pip = ("-m", "pip", "--python", scripts / "python", "install", "-q", "--no-deps", "--no-index", wheel)
    run(sys.executable, *pip, place=place)
    (purelib / "libraries.pth").write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")
    return scripts


def test_the_wheel_holds_the_ontology_the_data_and_the_lexicon(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    for folder in ("ontology", "data"):
        for path in (PROJECT / folder).rglob("*"):
            if path.is_file():
                assert f"mandata/_shipped/{path.relative_to(PROJECT).as_posix()}" in names
    for path in (PROJECT / "src").rglob("*"):
        if path.suffix in (".py", ".yaml"):
            assert path.relative_to(PROJECT / "src").as_posix() in names


def test_the_wheel_holds_nothing_else(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    assert not [name for name in names if not name.startswith(("mandata/", "mandata-"))]
    assert not [name for name in names if "__pycache__" in name or name.split("/")[-1].startswith("test")]


def test_the_installed_command_works_in_an_empty_folder(installed: Path, kb: Path, tmp_path: Path) -> None:
    """It is the wheel's code that runs, its own data that it reads, and the same bytes that it writes."""
    code = "import mandata, mandata.package_data; print(mandata.__file__, mandata.package_data.shipped_path('data'))"
    for path in run(installed / "python", "-c", code, place=tmp_path).split():
        assert Path(path).is_relative_to(installed.parent)
    run(installed / "mandata", "build", place=tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == [".mandata-kb.lock", "mandata-kb"]
    assert (tmp_path / "mandata-kb" / "mandata.nq").read_bytes() == (kb / "mandata.nq").read_bytes()
    rows = json.loads(run(installed / "mandata", "ask", "founding-letter-citers", "--json", place=tmp_path))["rows"]
    found = {(row["document"]["symbol"], row["how"]) for row in rows}
    assert found == {
        ("A/RES/72/7", "direct"),
        ("A/RES/75/272", "direct"),
        ("A/RES/77/273", "direct"),
        ("A/RES/76/299", "through A/RES/75/272"),
    }
