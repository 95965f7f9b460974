"""One release of the five texts, without pages, for all tests that read what stands in it."""

from __future__ import annotations

from pathlib import Path

import pytest

from mandata.kb.knowledge_base import open_kb
from mandata.release.release import Release, next_release, release_files, write_release

VERSION, DAY = "2024.1", "2024-02-03"
FIGURES = {"shape-violations": 0, "integrity-faults": 0, "contradictions": 0}


@pytest.fixture(scope="session")
def released(kb: Path, tmp_path_factory: pytest.TempPathFactory) -> Release:
    """The release as the code has it, the first of its feed."""
    none = tmp_path_factory.mktemp("none")
    base = open_kb(kb)
    found = next_release(none, base.statements, VERSION, DAY)
    return Release(found.statements, found.edition, found.fragments, FIGURES, base.evidence)


@pytest.fixture(scope="session")
def folder(released: Release, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of that release; tests leave it as it is."""
    place = tmp_path_factory.mktemp("released") / "release"
    write_release(place, release_files(released))
    return place
