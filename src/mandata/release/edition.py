"""What a release is called: its version, its date, and the addresses that follow from them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from mandata.errors import MandataError
from mandata.rdf.namespaces import BASE

_VERSION = re.compile(r"[0-9A-Za-z](?:[0-9A-Za-z.-]*[0-9A-Za-z])?")


@dataclass(frozen=True, slots=True)
class Edition:
    """One release: ``version`` is part of names of files, ``day`` is a date as ISO 8601 writes it.

    ``prior`` is the version that came before, empty for the first.

    Raises:
        MandataError: the version cannot be part of a name, or the day is none.
    """

    version: str
    day: str
    prior: str = ""

    def __post_init__(self) -> None:
        if not _VERSION.fullmatch(self.version):
            raise MandataError(
                "usage", f'"{self.version}" is no version', "--version", "use letters, digits, dots and hyphens"
            )
        try:
            well_formed = date.fromisoformat(self.day).isoformat() == self.day
        except ValueError:
            well_formed = False
        if not well_formed:
            raise MandataError("usage", f'"{self.day}" is no date', "--date", "write a day such as 2017-11-17")

    @property
    def iri(self) -> str:
        """The release itself."""
        return release_iri(self.version)

    def dump(self, which: str, ending: str) -> str:
        """Return the path of a dump: of all together where ``which`` is empty, else of what it names."""
        part = f"-{which}" if which else ""
        return f"dump/mandata-{self.version}{part}.{ending}.gz"


DATASET = BASE + "dataset"
"""The series of all releases."""


def release_iri(version: str) -> str:
    """Return the IRI of the release of that version."""
    return f"{BASE}release/{version}"


def address(path: str) -> str:
    """Return where a file of the release is found on the web."""
    return BASE + path
