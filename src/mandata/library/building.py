"""Knowledge bases built from a notebook."""

from __future__ import annotations

from collections.abc import Iterable
from os import PathLike
from pathlib import Path

from mandata.ingest import build as ingest
from mandata.library.opened import OpenKnowledgeBase, open_kb


def build(paths: Iterable[str | PathLike[str]], out: str | PathLike[str], jobs: int = 1) -> OpenKnowledgeBase:
    """Build a knowledge base from texts and open it; after an error the folder is as it was.

    Args:
        paths: files, or folders of files; if empty, the five texts that are shipped with mandata.
        out: the folder to build in.
        jobs: the number of processes that read the texts.

    Raises:
        MandataError: none of the texts can be read; the folder holds something else, or is being changed.
    """
    ingest.build([Path(path) for path in paths], Path(out), jobs=jobs)
    return open_kb(out)
