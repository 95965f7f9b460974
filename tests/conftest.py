"""The knowledge base of the five texts, built once for all tests of a process."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import pyoxigraph as ox
import pytest

from chromium import browser
from mandata.ingest import build as building
from virtuoso import running

__all__ = ["browser"]  # a fixture of all tests
TEXTS = Path(__file__).parents[1] / "data" / "texts"
CORPUS = Path(__file__).parents[2] / "shared" / "corpus" / "texts" / "fr"
ADDED = [CORPUS / "A_RES_75_272.txt", CORPUS / "A_RES_77_273.txt"]


def built(texts: Sequence[Path], factory: pytest.TempPathFactory) -> Path:
    folder = factory.mktemp("built") / "kb"
    building.build(texts, folder, lambda _: None)
    return folder


@pytest.fixture(scope="session")
def kb(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the knowledge base of the five texts; tests leave it as it is."""
    return built([], tmp_path_factory)


@pytest.fixture(scope="session")
def larger_kb(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same with the texts of A/RES/75/272 and A/RES/77/273, which the smaller one knows by record."""
    if not all(path.is_file() for path in ADDED):
        pytest.skip("the texts of A/RES/75/272 and A/RES/77/273 are not in ../shared/corpus")
    return built([TEXTS, *ADDED], tmp_path_factory)


@pytest.fixture(scope="session")
def quads(kb: Path) -> list[ox.Quad]:
    """The asserted statements of the knowledge base, as its dump has them."""
    return list(ox.parse(path=str(kb / "mandata.nq")))


@pytest.fixture(scope="module")
def virtuoso(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A Virtuoso 7 on loopback, with its own user and password, empty."""
    with running(tmp_path_factory.mktemp("virtuoso")) as address:
        yield address
