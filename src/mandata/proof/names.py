"""Display names of terms in one language: by symbol, by label, or made from the IRI."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from pyoxigraph import BlankNode, Literal, NamedNode

from mandata.proof.fact_lookup import Facts
from mandata.rdf.local_names import read_name
from mandata.rdf.namespaces import ID, MD, RDFS, SKOS, prefixed_name
from mandata.reason.facts import Term

_LABELS: Final = (NamedNode(RDFS + "label"), NamedNode(SKOS + "prefLabel"))
_SYMBOL: Final = NamedNode(MD + "symbol")
_FILE_NAME: Final = NamedNode(MD + "fileName")
_BRIEF: Final = 80
_TIE: Final = re.compile(r"^(?P<of>.+?)\.(?P<kind>cites|restates|rests-on|act)-(?P<to>.+)$")


class TermNames:
    """The display names of terms, each looked up once.

    ``ways`` has the templates for a thing without a label, named by what it belongs to: ``cites``, ``restates``,
    ``rests-on``, ``act``, ``record``, ``identification``, ``version``, ``span``; and for a blank node, ``unnamed``.
    """

    def __init__(self, facts: Facts, ways: Mapping[str, str], language: str) -> None:
        self._facts, self._ways, self._language = facts, ways, language
        self._known: dict[Term, str] = {}

    def of(self, term: Term) -> str:
        """Return the display name of a term."""
        if term not in self._known:
            self._known[term] = self._name(term)
        return self._known[term]

    def _name(self, term: Term) -> str:
        if isinstance(term, Literal):
            return short(term.value, _BRIEF)
        if isinstance(term, BlankNode):
            return self._ways["unnamed"]
        return self._label(term) or self._ours(term) or _words_of_iri(term.value)

    def _label(self, term: NamedNode) -> str:
        labels = [label for kind in _LABELS for label in self._facts.objects(term, kind) if isinstance(label, Literal)]
        labels.sort(key=lambda label: (label.language != self._language, label.language != "en", label.value))
        symbol = self._symbol(term)
        return symbol or (labels[0].value if labels else "")

    def _symbol(self, term: NamedNode) -> str:
        symbols = [s.value for s in self._facts.objects(term, _SYMBOL) if isinstance(s, Literal)]
        return max(symbols, key=lambda symbol: (len(symbol), symbol), default="")

    def _ours(self, term: NamedNode) -> str:
        """Return the name of a thing of ours by the document or thing that it is a part, version or citation of."""
        if not term.value.startswith(ID):
            return ""
        local = term.value.removeprefix(ID)
        if tie := _TIE.match(local):
            of, to = self.of(NamedNode(ID + tie["of"])), self.of(NamedNode(ID + tie["to"]))
            return self._ways[tie["kind"]].format(s=of, o=to)
        name = read_name(local)
        whole = ".".join(filter(None, (name.document, name.part)))
        if whole != local:
            return self._aside(self.of(NamedNode(ID + whole)), term)
        return f"{self.of(NamedNode(ID + name.document))} {name.part}" if name.part else local

    def _aside(self, whole: str, term: NamedNode) -> str:
        """Return the name of a record, an identification, a version, a file or a place in a file."""
        name = read_name(term.value.removeprefix(ID))
        if name.role:
            return self._ways[name.role].format(s=whole)
        if name.span:
            return self._ways["span"].format(s=whole, start=name.span[0], end=name.span[1])
        files = [f.value for f in self._facts.objects(term, _FILE_NAME) if isinstance(f, Literal)]
        return files[0] if files else self._ways["version"].format(s=whole, o=name.language)


def short(words: str, most: int) -> str:
    """Return text on one line, cut at a word if it is longer than ``most`` characters."""
    flat = " ".join(words.split())
    return flat if len(flat) <= most else flat[: most - 1].rsplit(" ", 1)[0] + " …"


def _words_of_iri(iri: str) -> str:
    """Return the local name of a term of ours, split into words; of others, a prefixed name or the whole IRI."""
    if iri.startswith(MD):
        return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", iri.removeprefix(MD)).lower()
    return iri.removeprefix(ID) if iri.startswith(ID) else prefixed_name(iri)
