"""Draws a proof as a Mermaid flowchart: what was stated at the top, rules between, what follows below."""

from __future__ import annotations

from collections.abc import Iterator

from mandata.proof.explainer import Proof
from mandata.proof.fold import Folded, fold
from mandata.proof.verbalizer import Words, rule_names
from mandata.reason.facts import Fact


def to_mermaid(proof: Proof, words: Words, *, full: bool = False) -> str:
    """Return the flowchart of a proof, each fact once; folded as its text is, unless ``full``."""
    return "\n".join(["flowchart TD", *_Drawing(words, full).lines(proof)]) + "\n"


class _Drawing:
    """Numbers facts and rules in the order in which the proof comes to them."""

    def __init__(self, words: Words, full: bool) -> None:
        self._words, self._full = words, full
        self._numbers: dict[Fact, int] = {}
        self._rules = 0

    def lines(self, proof: Proof) -> Iterator[str]:
        if proof.fact in self._numbers:
            return
        number = self._numbers[proof.fact] = len(self._numbers) + 1
        one = fold(proof, full=self._full)
        yield f'  f{number}["{_escaped(self._words.fact(one.fact))}"]'
        if one.steps:
            yield from self._rule(one, number)
        else:
            yield from self._source(proof, number)

    def _rule(self, one: Folded, number: int) -> Iterator[str]:
        self._rules += 1
        rule = self._rules
        label = f"{_escaped(self._words.whys(one.steps))}<br/>{_escaped(rule_names(one.steps))}"
        yield f'  r{rule}{{{{"{label}"}}}}'
        yield f"  r{rule} --> f{number}"
        for premise in one.premises or (one.ground,):
            yield from self.lines(premise)
            yield f"  f{self._numbers[premise.fact]} --> r{rule}"

    def _source(self, proof: Proof, number: int) -> Iterator[str]:
        if proof.source:
            yield f'  s{number}>"{_escaped(self._words.source(proof.source))}"]'
            yield f"  s{number} -.-> f{number}"


def _escaped(text: str) -> str:
    """Return text for a quoted Mermaid label; a number sign starts an entity there, so it goes first."""
    for sign, entity in (("#", "#35;"), ('"', "#quot;"), ("<", "#lt;"), (">", "#gt;"), ("`", "#96;")):
        text = text.replace(sign, entity)
    return text
