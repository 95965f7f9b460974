"""Terms as Turtle writes them: with a prefix where one fits, numbers without their datatype.

What is plain is shortened here; pyoxigraph writes the rest, such as a name with a sign that Turtle wants escaped.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from string import ascii_letters, digits
from typing import Final

import pyoxigraph as ox

from mandata.rdf.namespaces import RDF, XSD

_PLAIN: Final = f"{ascii_letters}{digits}_-.".encode()
_WHOLE: Final = f'"^^<{XSD}integer>'.encode()
_TYPE: Final = f"<{RDF}type>".encode()
_CLOSING, _STOP = b">."
_LINES = (b"<s:0> <p:> ", b"<s:1> <p:> ")  # of two subjects in turn, each triple is written on a line of its own


class Shortener:
    """Shortens terms of N-Triples with some prefixes."""

    def __init__(self, prefixes: Mapping[str, str]) -> None:
        self._prefixes = dict(prefixes)
        ending = {space: name for name, space in prefixes.items() if space.endswith("/")}
        self._heads = {f"<{space[:-1]}".encode(): f"{name}:".encode() for space, name in ending.items()}
        self._said: dict[bytes, bytes] = {}

    def properties(self, terms: Sequence[bytes]) -> list[bytes]:
        """Return properties as Turtle has them."""
        return [b"a" if term == _TYPE else short for term, short in zip(terms, self(terms), strict=True)]

    def __call__(self, terms: Sequence[bytes]) -> list[bytes]:
        """Return subjects, objects or graphs as Turtle has them."""
        found, heads, rest = list(terms), self._heads, []
        for at, term in enumerate(terms):
            if term[-1] != _CLOSING:  # a literal without a datatype stays as it is
                continue
            head, _, local = term.rpartition(b"/")
            if head in heads:
                name = local[:-1]
                if name and not name.translate(None, _PLAIN) and name[0] not in b"-." and name[-1] != _STOP:
                    found[at] = heads[head] + name
                    continue
            elif term.endswith(_WHOLE) and (number := term[1 : -len(_WHOLE)]).isdigit():
                found[at] = number
                continue
            rest.append(at)
        for at, short in zip(rest, self._rest([terms[at] for at in rest]), strict=True):
            found[at] = short
        return found

    def _rest(self, terms: Sequence[bytes]) -> list[bytes]:
        """Return what is not plain; of what comes often, such as a property, what was written before."""
        new = [term for term in terms if term not in self._said]
        if new:
            self._said.update(zip(new, self._written(new), strict=True))
        return [self._said[term] for term in terms]

    def _written(self, terms: Sequence[bytes]) -> list[bytes]:
        """Return terms as pyoxigraph writes them."""
        lines = b"".join(b"%b%b .\n" % (_LINES[at % 2], term) for at, term in enumerate(terms))
        triples = (quad.triple for quad in ox.parse(lines, format=ox.RdfFormat.N_TRIPLES))
        text = ox.serialize(triples, format=ox.RdfFormat.TURTLE, prefixes=self._prefixes) or b""
        return [line[len(_LINES[0]) : -2] for line in text.split(b"\n") if line.startswith(_LINES)]
