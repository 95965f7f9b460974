"""A knowledge base in a folder, whose files are opened when they are first used."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator
from functools import cached_property
from pathlib import Path
from typing import Any, Final, Self, TypeVar, cast

import pyoxigraph as ox

from mandata import __version__
from mandata.atomic_files import write_whole
from mandata.errors import MandataError
from mandata.kb import layout
from mandata.kb.evidence import EvidenceIndex
from mandata.kb.recovery import recover
from mandata.kb.statements import Statements
from mandata.kb.store import open_read_only
from mandata.package_data import build_fingerprint
from mandata.rdf.canonical import CanonicalStatements, canonical_file
from mandata.rdf.local_names import graph
from mandata.reason.contradiction_file import read_contradictions
from mandata.reason.facts import Contradiction, Fact, Step
from mandata.reason.steps import StepFile

Json = dict[str, Any]
Parts = TypeVar("Parts")
_CHECKED_FILES: Final = (layout.ASSERTED, layout.INFERRED, layout.CONTRADICTIONS, layout.VIOLATIONS)
_BUILD_AGAIN: Final = "build the knowledge base again: mandata build"


class KnowledgeBase:
    """The knowledge base in a folder, as it was when it was opened.

    Its files are opened when they are first used. If another knowledge base has replaced it meanwhile, a file that was
    not yet open is refused, so that no answer mixes the two.

    Raises:
        MandataError: there is no knowledge base in the folder, or an earlier version of mandata built it.
    """

    def __init__(self, folder: Path) -> None:
        recover(folder)
        self.folder = folder
        self._description = _read_description(folder)
        self._opened_at = self._state()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the files that were opened."""
        for part in ("evidence", "steps"):
            if part in self.__dict__:
                self.__dict__[part].close()
        for part in ("evidence", "steps", "store"):
            self.__dict__.pop(part, None)

    @property
    def is_stale(self) -> bool:
        """Whether it was built by another version of the program, the ontology, the rules or the reference data."""
        return bool(self._description.get("fingerprint") != build_fingerprint())

    @property
    def altered_files(self) -> tuple[str, ...]:
        """The names of the files of statements, contradictions and violations that have changed since it was built."""
        return tuple(name for name in self._checksums if not self._is_as_built(name))

    @property
    def _checksums(self) -> dict[str, str]:
        return cast("dict[str, str]", self._description.get("sha256", {}))

    def _is_as_built(self, name: str) -> bool:
        """Return whether a file has the checksum that it had when the knowledge base was built."""
        return self._checksums.get(name) == _sha256(self._part(name))

    @property
    def built_by(self) -> str:
        """The version of mandata that built it."""
        return str(self._description.get("mandata", ""))

    @property
    def is_replaced(self) -> bool:
        """Whether another knowledge base has replaced it since it was opened."""
        return self._state() != self._opened_at

    @cached_property
    def store(self) -> ox.Store:
        """The embedded store: named graphs, and a default graph with each statement once."""
        return open_read_only(self._part(layout.STORE))

    @cached_property
    def steps(self) -> StepFile:
        """One step of reasoning for each conclusion."""
        return StepFile(self._part(layout.STEPS))

    @cached_property
    def evidence(self) -> EvidenceIndex:
        """The index of the evidence of statements, by statement, part and document."""
        return EvidenceIndex(self._part(layout.EVIDENCE))

    @property
    def search_index(self) -> Path:
        """The file of the search index, which ``query.search`` opens."""
        return self._part(layout.SEARCH)

    @cached_property
    def report(self) -> Json:
        """The report of the build: what was read, and every issue."""
        report: Json = json.loads(self._part(layout.REPORT).read_text(encoding="utf-8"))
        return report

    @cached_property
    def asserted(self) -> CanonicalStatements:
        """The asserted statements, each in its graph, from the file, which keeps the forms of literals."""
        return self._statements_in(layout.ASSERTED)

    @cached_property
    def inferred(self) -> CanonicalStatements:
        """The inferred statements, from the file."""
        return self._statements_in(layout.INFERRED)

    def _statements_in(self, name: str) -> CanonicalStatements:
        """Return the statements of a file; one that is as it was built is canonical, and is not parsed to see so."""
        path = self._part(name)
        return CanonicalStatements(path) if self._is_as_built(name) else canonical_file(path)

    @cached_property
    def statements(self) -> Statements:
        """The asserted and the inferred statements, without those about names of earlier releases."""
        return Statements(self.asserted, self.inferred)

    def statements_of(self, document: str) -> Iterator[ox.Quad]:
        """Yield the statements drawn from a document, named by its local name."""
        return self.store.quads_for_pattern(None, None, None, ox.NamedNode(graph(document)))

    @cached_property
    def contradictions(self) -> tuple[Contradiction, ...]:
        """The contradictions that were found when it was built."""
        return read_contradictions(self._part(layout.CONTRADICTIONS))

    @property
    def violations(self) -> Path:
        """The file of the violations of shapes that were found when it was built, which ``validation`` reads."""
        return self._part(layout.VIOLATIONS)

    def step(self, fact: Fact) -> Step | None:
        """Return the step by which a fact was inferred; None if it was not."""
        return self.steps.get(fact)

    def _part(self, name: str) -> Path:
        if self.is_replaced:
            what = "another knowledge base has taken its place since it was opened"
            raise MandataError("replaced", what, str(self.folder), "ask again")
        path = self.folder / name
        if not path.exists():
            raise MandataError("no-knowledge-base", f"there is no {name} here", str(self.folder), _BUILD_AGAIN)
        return path

    def _state(self) -> tuple[int, int] | None:
        try:
            status = (self.folder / layout.DESCRIPTION).stat()
        except OSError:
            return None
        return status.st_ino, status.st_mtime_ns


def open_kb(folder: Path | str) -> KnowledgeBase:
    """Return the knowledge base in a folder.

    Raises:
        MandataError: there is no knowledge base in it, or an earlier version of mandata built it.
    """
    return KnowledgeBase(Path(folder))


def open_together(folder: Path, parts: Callable[[KnowledgeBase], Parts]) -> Parts:
    """Return what ``parts`` opens of a knowledge base, all from one state of the folder.

    Args:
        folder: the folder of the knowledge base.
        parts: opens files of it; is called again if another knowledge base replaced this one meanwhile.

    Raises:
        MandataError: there is no knowledge base, or a file of it is missing.
    """
    while True:
        opened = KnowledgeBase(folder)
        try:
            result = parts(opened)
        except MandataError:
            if not opened.is_replaced:
                raise
        else:
            if not opened.is_replaced:
                return result


def describe(folder: Path) -> None:
    """Write the description of the knowledge base in a folder: format, version, fingerprint, checksums of its files."""
    description: Json = {"format": layout.FORMAT, "mandata": __version__, "fingerprint": build_fingerprint()}
    description["sha256"] = {name: _sha256(folder / name) for name in _CHECKED_FILES if (folder / name).is_file()}
    write_whole(folder / layout.DESCRIPTION, json.dumps(description, indent=2) + "\n")


def _read_description(folder: Path) -> Json:
    try:
        description = json.loads((folder / layout.DESCRIPTION).read_text(encoding="utf-8"))
    except (FileNotFoundError, NotADirectoryError) as error:
        if (folder / layout.STORE / "CURRENT").is_file():
            raise MandataError("old-build", "was built by mandata 0.1", str(folder), _BUILD_AGAIN) from error
        raise MandataError("no-knowledge-base", f"no knowledge base at {folder}", "", "run mandata build") from error
    except (OSError, ValueError) as error:
        where = str(folder / layout.DESCRIPTION)
        raise MandataError("no-knowledge-base", f"cannot be read: {error}", where, _BUILD_AGAIN) from error
    if not isinstance(description, dict) or description.get("format") != layout.FORMAT:
        unknown = "of unknown version"
        version = description.get("mandata", unknown) if isinstance(description, dict) else unknown
        what = f"was built by mandata {version}, in another format"
        raise MandataError("old-build", what, str(folder), _BUILD_AGAIN)
    return description


def _sha256(path: Path) -> str:
    """Return the SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
