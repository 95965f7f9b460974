"""What keeps a release from being published."""

from __future__ import annotations

from dataclasses import dataclass

from mandata.rdf.namespaces import PREFIXES


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """A fault: the check that found it, the thing and the value it is about, in what words, and how to mend it."""

    check: str
    thing: str
    messages: tuple[tuple[str, str], ...]
    value: str = ""
    mend: str = ""

    def line(self, language: str) -> str:
        """Return the fault in one line."""
        words = dict(self.messages)
        value = f" ({shown(self.value)})" if self.value else ""
        advice = f" - {self.mend}" if self.mend else ""
        said = words.get(language) or next(iter(words.values()), "")
        return " ".join(f"{self.check}: {shown(self.thing)}: {said}{value}{advice}".split())

    def json(self, language: str) -> dict[str, str]:
        """Return the fault for a program."""
        words = dict(self.messages)
        message = words.get(language) or next(iter(words.values()), "")
        return {"check": self.check, "thing": self.thing, "message": message, "value": self.value, "mend": self.mend}


def shown(text: str) -> str:
    """Return an IRI with its prefix, where one fits; any other text as it is."""
    fitting = [(name, namespace) for name, namespace in PREFIXES.items() if text.startswith(namespace)]
    prefix, namespace = max(fitting, key=lambda pair: len(pair[1]), default=("", ""))
    return f"{prefix}:{text.removeprefix(namespace)}" if prefix else text
