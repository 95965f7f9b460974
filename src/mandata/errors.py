"""Errors, faults and issues: what is wrong, where, and how to mend it."""

from __future__ import annotations

import re
import traceback
from collections.abc import Iterator
from dataclasses import dataclass

_ADDRESS = re.compile(r" at 0x[0-9a-fA-F]+")
_MAX_MESSAGE_LENGTH = 200


class MandataError(Exception):
    """A fault that ends a command: what is wrong, where, and how to mend it, in one line.

    Args:
        code: a stable name for the kind of fault, such as ``lexicon-yaml``.
        what: what is wrong, in plain words, without a full stop.
        where: the file, line or argument it is about; empty when ``what`` says it.
        mend: what to do about it; empty when that is plain.
    """

    def __init__(self, code: str, what: str, where: str = "", mend: str = "") -> None:
        self.code, self.what, self.where, self.mend = code, what, where, mend
        super().__init__(str(self))

    def __str__(self) -> str:
        place = f"{self.where}: " if self.where else ""
        advice = f" - {self.mend}" if self.mend else ""
        return " ".join(f"{place}{self.what}{advice} [{self.code}]".split())


@dataclass(frozen=True, slots=True)
class Fault:
    """A ``MandataError`` as a value without its place, for messages between processes and for reports."""

    code: str
    what: str
    mend: str = ""

    @classmethod
    def of(cls, error: MandataError) -> Fault:
        """Return an error as a value, without its place."""
        return cls(error.code, error.what, error.mend)

    def error(self, where: str) -> MandataError:
        """Return the fault as an error about the file ``where``."""
        return MandataError(self.code, self.what, where, self.mend)


def internal_error(error: BaseException) -> MandataError:
    """Return a bug in mandata as an error: the type of the exception, its message, and where it was raised.

    The place is the innermost frame of this package, by module and line, so that it is the same on every machine.
    Memory addresses, which differ from run to run, are removed from the message.
    """
    places = list(_places(error))
    place = next((place for place in reversed(places) if place.startswith(f"{__package__}.")), places[-1])
    message = _ADDRESS.sub("", str(error))[:_MAX_MESSAGE_LENGTH]
    summary = f"{type(error).__name__} at {place}" + (f": {message}" if message else "")
    what = f"mandata itself failed: {' '.join(summary.split())}"
    return MandataError("program-failed", what, "", "report this line to the makers of mandata")


def _places(error: BaseException) -> Iterator[str]:
    yield "an unknown place"
    for frame, line in traceback.walk_tb(error.__traceback__):
        spec = frame.f_globals.get("__spec__")  # gives the real name of a module run as __main__
        yield f"{spec.name if spec else frame.f_code.co_name}:{line}"


@dataclass(frozen=True, slots=True, order=True)
class Issue:
    """A doubt about one text, which travels beside the values and ends in the report.

    ``start`` and ``end`` are character offsets into the file as received; ``None`` if the doubt is about all of it.
    """

    code: str
    message: str
    start: int | None = None
    end: int | None = None
