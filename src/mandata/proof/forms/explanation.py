"""Explanations in their forms: the text, the values, the provenance and the drawing of a proof."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from itertools import groupby
from operator import itemgetter
from typing import Any

from pyoxigraph import NamedNode

from mandata.proof.explainer import Proof
from mandata.proof.fold import FOLDED
from mandata.proof.forms.mermaid import to_mermaid
from mandata.proof.forms.prov import to_prov
from mandata.proof.forms.text import statement, to_json, to_text
from mandata.proof.justifications import Supports
from mandata.proof.knowledge import Knowledge
from mandata.proof.verbalizer import Words
from mandata.proof.why_not import Near, Wanted, alike, nearest
from mandata.rdf.turtle import turtle_of_triples
from mandata.reason.facts import Fact


class Form(StrEnum):
    """How a proof is written."""

    TEXT = "text"
    PROV = "prov"
    MERMAID = "mermaid"


@dataclass(frozen=True)
class Explanation:
    """What is printed for a person and for a program, each made when it is asked for.

    ``holds``: whether the answer is yes.
    """

    said: Callable[[], str]
    valued: Callable[[], dict[str, Any]]
    holds: bool = True

    @cached_property
    def text(self) -> str:
        """What a person reads."""
        return self.said()

    @cached_property
    def json(self) -> dict[str, Any]:
        """What a program reads."""
        return self.valued()


@dataclass(frozen=True, slots=True)
class Asked:
    """How to explain: in which language and form; ``full``, with every step; ``most`` supports, none for 0."""

    language: str = "en"
    form: Form = Form.TEXT
    full: bool = False
    most: int = 0


def why(knowledge: Knowledge, fact: Fact, asked: Asked) -> Explanation:
    """Return why a fact holds, or, where it does not, what comes nearest to it."""
    words = knowledge.words(asked.language)
    proof = knowledge.proof(fact)
    if proof is None:
        return _why_not(knowledge, fact, words)
    if asked.form is not Form.TEXT or not asked.most:
        return Explanation(lambda: _written(proof, words, asked), lambda: to_json(proof, words))
    found = knowledge.supports.of([fact], asked.most)
    return Explanation(
        lambda: "\n".join([_written(proof, words, asked), *_support_lines(found, words)]),
        lambda: to_json(proof, words) | _supports_json(found, words),
    )


def _supports_json(found: Supports, words: Words) -> dict[str, Any]:
    sets = [[statement(one, words) for one in each] for each in found.sets]
    return {"supports": sets, "exact": found.exact, "all": found.all}


def _written(proof: Proof, words: Words, asked: Asked) -> str:
    match asked.form:
        case Form.PROV:
            return turtle_of_triples(to_prov(proof, words, asked.language)).rstrip("\n")
        case Form.MERMAID:
            return to_mermaid(proof, words, full=asked.full).rstrip("\n")
        case Form.TEXT:
            return to_text(proof, words, full=asked.full)


def _support_lines(found: Supports, words: Words) -> Iterator[str]:
    yield words.say("supports", "heading", number=len(found.sets))
    for number, one in enumerate(found.sets, 1):
        yield "  " + words.say("supports", "support", number=number, facts=words.facts(one))
    if not found.exact:
        yield "  " + words.say("supports", "bounded")
    elif not found.all:
        yield "  " + words.say("supports", "more", number=len(found.sets))


def _why_not(knowledge: Knowledge, fact: Fact, words: Words) -> Explanation:
    found = nearest(fact, knowledge.instances)
    lines = [words.say("why-not", "heading", fact=words.fact(fact))]
    for near in found.found:
        lines += _near_lines(near, words)
    if not found.found:
        lines.append(words.say("why-not", "none"))
    if found.cut:
        lines.append(words.say("why-not", "bounded"))
    beside = alike(fact, knowledge.instances)
    lines += (words.say("why-not", "alike", fact=words.fact(one)) for one in beside)
    lines.append(words.say("why-not", "open-world"))
    value = {"holds": False} | statement(fact, words) | {"nearest": [_near_json(near, words) for near in found.found]}
    value |= {"cut": found.cut, "alike": [statement(one, words) for one in beside]}
    return Explanation(lambda: "\n".join(lines), lambda: value, holds=False)


def _near_lines(near: Near, words: Words) -> Iterator[str]:
    missing = len(near.missing)
    yield words.say("why-not", "nearest", missing=missing, all=missing + len(near.held))
    yield "  " + words.say("why-not", "rule", why=words.whys([near.step]), rules=near.step.rule)
    yield from (f"    {words.say('why-not', 'missing', fact=_wanted(one, words))}" for one in near.missing)
    yield from (f"    {words.say('why-not', 'against', fact=words.fact(one))}" for one in near.against)
    yield from (f"    {words.say('why-not', 'held', fact=words.fact(one))}" for one in near.held)


def _wanted(wanted: Wanted, words: Words) -> str:
    something = words.say("why-not", "something")
    subject, predicate, value = wanted
    return words.sentence(subject or something, predicate or NamedNode("urn:x"), value or something)


def _near_json(near: Near, words: Words) -> dict[str, Any]:
    return {
        "rule": near.step.rule,
        "because": words.why(near.step),
        "missing": [
            {"words": _wanted(one, words), "pattern": [str(term) if term else None for term in one]}
            for one in near.missing
        ],
        "against": [statement(one, words) for one in near.against],
        "held": [statement(one, words) for one in near.held],
    }


def without(knowledge: Knowledge, part: NamedNode, language: str, *, full: bool = False) -> Explanation:
    """Return what falls if a part of a document is withdrawn.

    The text leaves out what only follows a word to a wider or an inverse one, unless ``full``.
    """
    words = knowledge.words(language)
    found = knowledge.without(part)
    steps = knowledge.steps
    groups = {"fallen": found.fallen, "kept": found.kept, "arisen": found.arisen}
    if not found.withdrawn:
        said = words.say("withdrawal", "nothing", part=words.name(part))
        return Explanation(lambda: said, lambda: {"withdrawn": []}, holds=False)
    counts = {"withdrawn": len(found.withdrawn)} | {name: len(facts) for name, facts in groups.items()}
    lines = [words.say("withdrawal", "heading", part=words.name(part), **counts)]
    for name, facts in groups.items():
        told = [one for one in facts if full or (step := steps.get(one)) is None or step.rule not in FOLDED]
        about = (list(group) for _, group in groupby(told, key=itemgetter(0)))
        lines += ("  " + words.say("withdrawal", name, fact=words.facts(group)) for group in about)
    value = {name: [statement(one, words) for one in facts] for name, facts in groups.items()}
    withdrawn = [statement(one, words) for one in found.withdrawn]
    return Explanation(lambda: "\n".join(lines), lambda: {"part": part.value, "withdrawn": withdrawn} | value)
