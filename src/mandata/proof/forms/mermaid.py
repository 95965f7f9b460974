"""Writes a proof as a Mermaid flowchart: stated facts at the top, rules between, conclusions below."""

from __future__ import annotations

from collections.abc import Iterator

from mandata.proof.explainer import Proof
from mandata.proof.fold import Folded, fold
from mandata.proof.verbalizer import Verbalizer, rule_names
from mandata.reason.facts import Fact


def to_mermaid(proof: Proof, verbalizer: Verbalizer, *, full: bool = False) -> str:
    """Return the flowchart of a proof in the language of ``verbalizer``, each fact once; folded, unless ``full``."""
    return "\n".join(["flowchart TD", *_Flowchart(verbalizer, full).lines(proof)]) + "\n"


class _Flowchart:
    """Writes the nodes and edges; numbers facts and rules in tree order."""

    def __init__(self, verbalizer: Verbalizer, full: bool) -> None:
        self._verbalizer, self._full = verbalizer, full
        self._numbers: dict[Fact, int] = {}
        self._rules = 0

    def lines(self, proof: Proof) -> Iterator[str]:
        if proof.fact in self._numbers:
            return
        number = self._numbers[proof.fact] = len(self._numbers) + 1
        one = fold(proof, full=self._full)
        yield f'  f{number}["{_escape(self._verbalizer.fact(one.fact))}"]'
        if one.steps:
            yield from self._rule(one, number)
        else:
            yield from self._source(proof, number)

    def _rule(self, one: Folded, number: int) -> Iterator[str]:
        self._rules += 1
        rule = self._rules
        label = f"{_escape(self._verbalizer.whys(one.steps))}<br/>{_escape(rule_names(one.steps))}"
        yield f'  r{rule}{{{{"{label}"}}}}'
        yield f"  r{rule} --> f{number}"
        for premise in one.premises or (one.ground,):
            yield from self.lines(premise)
            yield f"  f{self._numbers[premise.fact]} --> r{rule}"

    def _source(self, proof: Proof, number: int) -> Iterator[str]:
        if proof.source:
            yield f'  s{number}>"{_escape(self._verbalizer.source(proof.source))}"]'
            yield f"  s{number} -.-> f{number}"


def _escape(text: str) -> str:
    """Return text escaped for a quoted Mermaid label; the number sign first, for it starts an entity."""
    for sign, entity in (("#", "#35;"), ('"', "#quot;"), ("<", "#lt;"), (">", "#gt;"), ("`", "#96;")):
        text = text.replace(sign, entity)
    return text
