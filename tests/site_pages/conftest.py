"""The site of the five texts, made once, and served on loopback by Python's own server."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from mandata.kb.knowledge_base import open_kb
from mandata.kb.statements import Statements, axioms
from mandata.proof.knowledge import Knowledge
from mandata.query.source import Embedded
from mandata.rdf.json_ld import context_of
from mandata.release.describe.schema_org import dataset_metadata
from mandata.release.edition import Edition
from mandata.release.files import documents
from mandata.site import SiteSettings, pages, stored_collection
from mandata.site.page_proofs import proof_writer

TWINS = ("ttl", "jsonld", "nt", "json")


@pytest.fixture(scope="session")
def statements(kb: Path) -> Statements:
    return open_kb(kb).statements


@pytest.fixture(scope="session")
def files(kb: Path, statements: Statements) -> dict[str, bytes]:
    """The files of the site, by path, with proofs."""
    knowledge = Knowledge(kb)
    settings = SiteSettings(data_formats=TWINS, dataset=dataset_metadata(Edition("2024.1", "2024-02-03")))
    return dict(
        pages(
            stored_collection(knowledge.store, evidence=knowledge.evidence),
            Embedded(knowledge.store),
            proof_writer(knowledge),
            settings,
        )
    )


@pytest.fixture(scope="session")
def folder(files: dict[str, bytes], statements: Statements, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site in a folder, with the data that a release puts beside its pages."""
    root = tmp_path_factory.mktemp("site")
    for path, content in (*files.items(), *documents(statements, context_of(axioms()))):
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(content)
    return root


class Quiet(SimpleHTTPRequestHandler):
    """Serves a folder and writes no log."""

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture(scope="session")
def address(folder: Path) -> Iterator[str]:
    """The address at which the folder is served, as ``python3 -m http.server`` serves it."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()
