"""Changes: made in a copy that shares the files of the store, which then takes its place; readers see old or new."""

from __future__ import annotations

import os
import shutil
import socket
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from mandata.errors import MandataError
from mandata.kb.store import open_read_only
from mandata.kb.swap import put_in_place, recover
from mandata.query.guard import measured, refuse_service, syntax_error
from mandata.server.formats import GRAPHS
from mandata.server.framing import END, HEAD, told
from mandata.server.graph_names import graph_or_default
from mandata.server.multipart import MULTIPART, documents
from mandata.server.settings import Served
from mandata.server.update_dataset import using

_CREATED, _DONE = 201, 204


class Writer:
    """The one process that changes the store.

    Raises:
        MandataError: the store cannot be read or copied.
    """

    def __init__(self, folder: Path, served: Served, wire: socket.socket) -> None:
        self._folder, self._served, self._wire = folder, served, wire
        self._state = 0
        self._store = self._copied()

    def make(self, what: str, job: dict[str, Any]) -> None:
        """Make a change, of the store as it now stands, whoever changed it last.

        Raises:
            MandataError: the change is malformed, refused, or about what is not there.
        """
        if _state(self._folder) != self._state:
            self._store = self._copied()
        {"update": self.update, "put": self.put, "post": self.post, "delete": self.delete}[what](job)

    def _copied(self) -> ox.Store:
        recover(self._folder)
        copy = self._folder.with_name(f".{self._folder.name}.writing.{os.getpid()}.{self._state}")
        for left in self._folder.parent.glob(f".{self._folder.name}.writing.*"):
            shutil.rmtree(left, ignore_errors=True)  # of a writer that was ended: what it had not put in place is void
        try:
            self._state = _state(self._folder)
            open_read_only(self._folder).backup(str(copy))
            return ox.Store(str(copy))
        except OSError as error:
            raise MandataError("store", f"cannot be changed: {error}", str(self._folder), "see its rights") from error

    def update(self, job: dict[str, Any]) -> None:
        """Apply an update, whole or not at all.

        Raises:
            MandataError: it is malformed or refused.
        """
        limits = self._served.limits
        words = measured(job["text"], limits.text, limits.nesting)
        refuse_service(job["text"], words)
        if "LOAD" in words:
            raise MandataError(
                "update-load", "LOAD reaches out and is refused", "", "send the graph to the graph store"
            )
        try:
            text = using(job["text"], job["default"], job["named"])
            self._store.update(text, base_iri=job["base"], prefixes=self._served.prefixes)
        except SyntaxError as error:
            raise syntax_error(str(error)) from error
        self._put_in_place(_DONE)

    def put(self, job: dict[str, Any]) -> None:
        """Let a graph hold what the request holds, and nothing else; raises MandataError where that is malformed."""
        name = graph_or_default(job["graph"])
        quads, new = self._read(job, name), not self._holds(name)
        self._clear(name)
        self._fill(name, quads, new)

    def post(self, job: dict[str, Any]) -> None:
        """Add what the request holds to a graph; raises MandataError where that is malformed."""
        name = graph_or_default(job["graph"])
        self._fill(name, self._read(job, name), not self._holds(name))

    def delete(self, job: dict[str, Any]) -> None:
        """Remove a graph.

        Raises:
            MandataError: there is none.
        """
        name = graph_or_default(job["graph"])
        if not self._holds(name):
            raise MandataError("graph-unknown", "there is no such graph", job["graph"], "see the list of graphs")
        self._clear(name)
        self._put_in_place(_DONE)

    def _read(self, job: dict[str, Any], name: ox.NamedNode | ox.DefaultGraph) -> list[ox.Quad]:
        kind, body, base = job["kind"], job["body"], job["graph"] or job["base"]
        told = documents(body, job["boundary"]) if kind == MULTIPART else [(kind, body)]
        return [quad for kind, data in told for quad in _parsed(kind, data, base, name)]

    def _holds(self, name: ox.NamedNode | ox.DefaultGraph) -> bool:
        return isinstance(name, ox.DefaultGraph) or self._store.contains_named_graph(name)

    def _clear(self, name: ox.NamedNode | ox.DefaultGraph) -> None:
        if isinstance(name, ox.DefaultGraph):
            self._store.clear_graph(name)
        elif self._store.contains_named_graph(name):
            self._store.remove_graph(name)

    def _fill(self, name: ox.NamedNode | ox.DefaultGraph, quads: list[ox.Quad], new: bool) -> None:
        if isinstance(name, ox.NamedNode):
            self._store.add_graph(name)
        self._store.extend(quads)
        self._put_in_place(_CREATED if new else _DONE)

    def _put_in_place(self, status: int) -> None:
        """Let a copy of what was written take the place of what is read; done when it is on disk."""
        fresh = self._folder.with_name(f".{self._folder.name}.new")
        shutil.rmtree(fresh, ignore_errors=True)
        self._store.backup(str(fresh))
        put_in_place(fresh, self._folder)
        self._state = _state(self._folder)
        self._wire.sendall(told(HEAD, kind="", status=status, volatile=True, gzip=False, truncated=False) + told(END))


def _parsed(kind: str, data: bytes, base: str, name: ox.NamedNode | ox.DefaultGraph) -> list[ox.Quad]:
    form = GRAPHS.get(kind)
    if form is None or (form.supports_datasets and form != ox.RdfFormat.JSON_LD):
        raise MandataError("media-type", "is no form of a graph", kind, "send text/turtle")
    try:
        found = ox.parse(data, format=form, base_iri=base, without_named_graphs=True, rename_blank_nodes=True)
        return [ox.Quad(quad.subject, quad.predicate, quad.object, name) for quad in found]
    except (SyntaxError, ValueError) as error:
        said = " ".join(str(error).split())
        raise MandataError("graph-syntax", f"is not {form.name}: {said[:200]}", "the graph", "mend it") from error


def _state(folder: Path) -> int:
    try:
        return (folder / "CURRENT").stat().st_ino
    except OSError as error:
        raise MandataError("no-knowledge-base", "the store is gone", str(folder), "build it again") from error
