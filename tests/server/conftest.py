"""Servers over a small collection, and over the knowledge base of the five texts."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from server.server import Server, serving

COLLECTION = """\
@prefix ex: <https://example.org/> .
ex:a ex:title "first" ; ex:next ex:b .
ex:b ex:title "second"@en ; ex:size 7 .
GRAPH ex:g { ex:c ex:title "third, in a graph" . }
"""


@pytest.fixture(scope="session")
def collection(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("rdf") / "collection.trig"
    path.write_text(COLLECTION, encoding="utf-8")
    return path


@pytest.fixture(scope="session")
def server(collection: Path) -> Iterator[Server]:
    """A server that ends a query after two seconds and cuts an answer behind 1,000 rows."""
    with serving("--rdf", str(collection), "--seconds", "2", "--rows", "1000", "--megabytes", "256") as running:
        yield running


@pytest.fixture(scope="session")
def api(kb: Path) -> Iterator[Server]:
    """A server of the knowledge base of the five texts."""
    with serving("--kb", str(kb), "--megabytes", "512") as running:
        yield running


@pytest.fixture(scope="session")
def site(kb: Path) -> Iterator[Server]:
    """A server of the knowledge base of the five texts, for its pages."""
    with serving("--kb", str(kb)) as running:
        yield running
