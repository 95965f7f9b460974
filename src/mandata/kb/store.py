"""The embedded store: pyoxigraph in a folder.

Besides the named graphs it keeps a default graph in which each statement stands once, whichever graphs it stands in: a
union of the named graphs, made at query time, would count a statement once for each of them.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

import pyoxigraph as ox

from mandata.errors import MandataError


def create(path: Path, quads: Iterable[ox.Quad]) -> None:
    """Fill a new store at ``path`` and close it; on disk and whole when this returns.

    Raises:
        MandataError: something is there already, or the place cannot be written.
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


def each_once(quads: Iterable[ox.Quad]) -> Iterator[ox.Quad]:
    """Yield the statements, and besides in the default graph, of which a store keeps each once."""
    for quad in quads:
        yield quad
        yield ox.Quad(quad.subject, quad.predicate, quad.object)


def open_read_only(path: Path) -> ox.Store:
    """Open the store at ``path``, which stays as it is.

    Raises:
        MandataError: there is none, or it is damaged.
    """
    if not (path / "CURRENT").is_file():
        raise MandataError("no-knowledge-base", f"no knowledge base at {path}", "", "run mandata build")
    try:
        return ox.Store.read_only(os.fsencode(path).decode())  # it takes UTF-8, in whichever locale
    except (OSError, RuntimeError, ValueError) as error:
        raise MandataError("store", f"the store cannot be read: {error}", str(path), "run mandata build") from error


def in_memory(quads: Iterable[ox.Quad]) -> ox.Store:
    """Return a store of the statements that is gone with the process, as that of a knowledge base holds them."""
    store = ox.Store()
    store.bulk_extend(each_once(quads))
    return store
