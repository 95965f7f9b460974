"""Knowledge bases built from a notebook."""

from __future__ import annotations

from collections.abc import Iterable
from os import PathLike
from pathlib import Path

from mandata.ingest import build as ingest
from mandata.library.opened import OpenKnowledgeBase, open_kb


def build(paths: Iterable[str | PathLike[str]], out: str | PathLike[str], jobs: int = 1) -> OpenKnowledgeBase:
    """Build a knowledge base from texts, whole or not at all, and open it.

    Args:
        paths: files, or folders of files; none stands for the five texts that travel with mandata.
        out: the folder to build in.
        jobs: the number of processes that read.

    Raises:
        MandataError: nothing readable among the paths; the folder holds something else, or is being changed.
    """
    ingest.build([Path(path) for path in paths], Path(out), jobs=jobs)
    return open_kb(out)
