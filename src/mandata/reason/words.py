"""Says facts, steps, sources and contradictions in words of one language."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, Final

from pyoxigraph import BlankNode, Literal, NamedNode

from mandata.errors import MandataError
from mandata.reason.facts import Contradiction, Fact, Step, Term
from mandata.reason.source import Facts, Source
from mandata.resources import read_yaml
from mandata.vocab import ID, MD, PREFIXES, RDF, RDFS

_SENTENCES: Final = Path(__file__).with_name("sentences.yaml")
_LABEL: Final = NamedNode(RDFS + "label")
_TYPE: Final = NamedNode(RDF + "type")
_SYMBOL: Final = NamedNode(MD + "symbol")
_LONG: Final = 240
_BRIEF: Final = 80


@cache
def _sentences() -> dict[str, Any]:
    sentences: dict[str, Any] = read_yaml(_SENTENCES)
    return sentences


class Words:
    """Names and sentences, in one language, from the labels of a set of facts and the headers of our own rules.

    ``rules`` gives each of our own rules its sentence by language, as ``{rule.name: rule.sentences}`` has it.
    """

    def __init__(self, facts: Facts, rules: Mapping[str, Mapping[str, str]], language: str = "en") -> None:
        if language not in _sentences():
            known = ", ".join(sorted(_sentences()))
            raise MandataError("language", f"proofs are not written in {language}", "", f"use one of {known}")
        self._facts, self._rules, self._language = facts, rules, language
        self._say: dict[str, Any] = _sentences()[language]
        self._names: dict[Term, str] = {}

    def name(self, term: Term) -> str:
        """Return how a thing is called: its symbol, its label, or what its IRI says."""
        if term not in self._names:
            self._names[term] = self._name(term)
        return self._names[term]

    def fact(self, fact: Fact) -> str:
        """Return the statement in words."""
        subject, predicate, value = fact
        if predicate == _TYPE:
            return str(self._say["is-a"]).format(s=self.name(subject), o=self.name(value))
        return str(self._say["statement"]).format(s=self.name(subject), p=self.name(predicate), o=self.name(value))

    def why(self, step: Step | Contradiction) -> str:
        """Return the sentence of the rule that was used, about the axiom it used."""
        own = self._rules.get(step.rule, {}).get(self._language)
        if own:
            return own
        sentence = self._say["rules"].get(step.rule)
        if sentence is None:
            return str(self._say["default"]).format(rule=step.rule)
        subject, _, value = step.axioms[0] if step.axioms else (Literal(""), None, Literal(""))
        path = ", ".join(self.name(premise[1]) for premise in step.premises)
        return str(sentence).format(s=self.name(subject), o=self.name(value), path=path)

    def because(self, step: Step) -> str:
        """Return the sentence with which a step is introduced."""
        return str(self._say["because"]).format(why=self.why(step))

    def source(self, source: Source) -> str:
        """Return where a stated fact comes from."""
        kind = "reference-bare" if source.kind == "reference" and not source.says else source.kind
        return str(self._say[kind]).format(
            of=self.name(source.of) if source.of else "",
            quotation=_short(source.quotation),
            file=source.file,
            start=source.start,
            end=source.end,
            says="; ".join(source.says),
        )

    def contradiction(self, found: Contradiction) -> str:
        """Return what is contradictory, in a sentence."""
        if found.says:
            return found.says
        facts = "; ".join(self.fact(premise) for premise in found.premises)
        return str(self._say["contradiction"]).format(facts=facts, why=self.because(Step(found.rule, found.axioms)))

    @property
    def as_above(self) -> str:
        """Return the words for what was proved already."""
        return str(self._say["as-above"])

    def _name(self, term: Term) -> str:
        if isinstance(term, Literal):
            return _short(term.value, _BRIEF)
        if isinstance(term, BlankNode):
            return str(self._say["unnamed"])
        return self._symbol(term) or self._label(term) or _curie(term.value)

    def _label(self, term: NamedNode) -> str:
        labels = [label for label in self._facts.objects(term, _LABEL) if isinstance(label, Literal)]
        labels.sort(key=lambda label: (label.language != self._language, label.language != "en", label.value))
        return labels[0].value if labels else ""

    def _symbol(self, term: NamedNode) -> str:
        """Return the symbol of the document a thing is, or is a part of, and the rest of its name: A/RES/72/7 pp2."""
        if not term.value.startswith(ID):
            return ""
        local, rest = term.value.removeprefix(ID), ""
        while local:
            symbols = [s.value for s in self._facts.objects(NamedNode(ID + local), _SYMBOL) if isinstance(s, Literal)]
            if symbols:
                return f"{max(symbols, key=lambda symbol: (len(symbol), symbol))} {rest}".strip()
            local, _, last = local.rpartition(".")
            rest = f"{last}.{rest}" if rest else last
        return ""


def _curie(iri: str) -> str:
    """Return the local name of our own terms, with words apart; a prefixed name or the whole IRI of others."""
    if iri.startswith(MD):
        return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", iri.removeprefix(MD)).lower()
    if iri.startswith(ID):
        return iri.removeprefix(ID)
    for prefix, namespace in PREFIXES.items():
        if iri.startswith(namespace):
            return f"{prefix}:{iri.removeprefix(namespace)}"
    return iri


def _short(words: str, most: int = _LONG) -> str:
    flat = " ".join(words.split())
    return flat if len(flat) <= most else flat[: most - 1].rsplit(" ", 1)[0] + " …"
