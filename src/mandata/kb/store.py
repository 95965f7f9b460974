"""The embedded store: pyoxigraph in a folder.

Besides the named graphs it has a default graph with each statement once, whichever graphs it is in: a union of the
named graphs at query time would count a statement once for each of them.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

import pyoxigraph as ox

from mandata.errors import MandataError


def create(path: Path, quads: Iterable[ox.Quad]) -> None:
    """Write statements (``quads``) to a new store at ``path``, which is complete on disk when this returns.

    Raises:
        MandataError: the folder is not empty, or cannot be written.
    """
    if path.exists() and (not path.is_dir() or any(path.iterdir())):
        raise MandataError("store", "something is there already", str(path), "name a new folder")
    try:
        path.mkdir(parents=True, exist_ok=True)
        store = ox.Store(str(path))
        store.bulk_extend(quads)
        store.flush()
    except OSError as error:
        raise MandataError("store", f"cannot be written: {error}", str(path), "choose another place") from error


def with_default_graph(quads: Iterable[ox.Quad]) -> Iterator[ox.Quad]:
    """Yield each statement in its graph and in the default graph, where a store keeps duplicates once."""
    for quad in quads:
        yield quad
        yield ox.Quad(quad.subject, quad.predicate, quad.object)


def open_read_only(path: Path) -> ox.Store:
    """Return the store at ``path``, opened for reading only.

    Raises:
        MandataError: there is no store, or it is damaged.
    """
    if not (path / "CURRENT").is_file():
        raise MandataError("no-knowledge-base", f"no knowledge base at {path}", "", "run mandata build")
    try:
        return ox.Store.read_only(os.fsencode(path).decode())  # it expects UTF-8 in every locale
    except (OSError, RuntimeError, ValueError) as error:
        raise MandataError("store", f"the store cannot be read: {error}", str(path), "run mandata build") from error


def in_memory(quads: Iterable[ox.Quad], *, default_graph: bool = True) -> ox.Store:
    """Return a store in memory with the statements.

    Args:
        quads: the statements in their graphs.
        default_graph: whether it has, as the store of a knowledge base, a default graph with each statement once.
    """
    store = ox.Store()
    store.bulk_extend(with_default_graph(quads) if default_graph else quads)
    return store
