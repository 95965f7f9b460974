"""A folder of two hundred texts, or as many as ``MANDATA_TEXTS`` says, and what one undisturbed process makes of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from mandata.ingest import conversion

from .many import BAD, MANY, write_many


@pytest.fixture(scope="session")
def texts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """So many texts, three files that hold none, and one text under two names."""
    folder = write_many(tmp_path_factory.mktemp("many") / "texts", MANY)
    for name, data in BAD.items():
        (folder / name).write_bytes(data)
    (folder / "00100-again.txt").write_bytes((folder / "00007.txt").read_bytes())
    return folder


@pytest.fixture(scope="session", params=["jsonl", "nquads"])
def form(request: pytest.FixtureRequest) -> str:
    """A form in which shards are written."""
    return str(request.param)


@pytest.fixture(scope="session")
def undisturbed(form: str, texts: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What one process makes of them, undisturbed."""
    out = tmp_path_factory.mktemp("undisturbed") / form
    conversion.convert_into([texts], form, out)
    return out
