"""Explanations as text, as JSON, as PROV-O and as a Mermaid flowchart."""

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
from mandata.proof.verbalizer import Verbalizer
from mandata.proof.why_not import MissingPattern, NearInstance, nearest_instances, similar_facts
from mandata.rdf.turtle import turtle_of_triples
from mandata.reason.facts import Fact


class ProofFormat(StrEnum):
    """The format in which a proof is written."""

    TEXT = "text"
    PROV = "prov"
    MERMAID = "mermaid"


@dataclass(frozen=True)
class Explanation:
    """An explanation as text and as JSON, each made on first use.

    ``holds``: whether the answer is yes.
    """

    make_text: Callable[[], str]
    make_json: Callable[[], dict[str, Any]]
    holds: bool = True

    @cached_property
    def text(self) -> str:
        """The explanation as text."""
        return self.make_text()

    @cached_property
    def json(self) -> dict[str, Any]:
        """The explanation as a value for JSON."""
        return self.make_json()


@dataclass(frozen=True, slots=True)
class ExplanationOptions:
    """The language and format of an explanation; ``full``: every step; ``most``: how many supports to add."""

    language: str = "en"
    form: ProofFormat = ProofFormat.TEXT
    full: bool = False
    most: int = 0


def why(knowledge: Knowledge, fact: Fact, options: ExplanationOptions) -> Explanation:
    """Return why a fact holds, or, if it does not, the rule instances nearest to it.

    Args:
        knowledge: the knowledge base.
        fact: the fact.
        options: how to write the explanation.
    """
    verbalizer = knowledge.verbalizer(options.language)
    proof = knowledge.proof(fact)
    if proof is None:
        return _why_not(knowledge, fact, verbalizer)
    if options.form is not ProofFormat.TEXT or not options.most:
        return Explanation(lambda: _proof_text(proof, verbalizer, options), lambda: to_json(proof, verbalizer))
    found = knowledge.supports.of([fact], options.most)
    return Explanation(
        lambda: "\n".join([_proof_text(proof, verbalizer, options), *_support_lines(found, verbalizer)]),
        lambda: to_json(proof, verbalizer) | _supports_json(found, verbalizer),
    )


def _supports_json(found: Supports, verbalizer: Verbalizer) -> dict[str, Any]:
    sets = [[statement(one, verbalizer) for one in each] for each in found.sets]
    return {"supports": sets, "exact": found.exact, "all": found.all}


def _proof_text(proof: Proof, verbalizer: Verbalizer, options: ExplanationOptions) -> str:
    match options.form:
        case ProofFormat.PROV:
            return turtle_of_triples(to_prov(proof, verbalizer, options.language)).rstrip("\n")
        case ProofFormat.MERMAID:
            return to_mermaid(proof, verbalizer, full=options.full).rstrip("\n")
        case ProofFormat.TEXT:
            return to_text(proof, verbalizer, full=options.full)


def _support_lines(found: Supports, verbalizer: Verbalizer) -> Iterator[str]:
    yield verbalizer.say("supports", "heading", number=len(found.sets))
    for number, one in enumerate(found.sets, 1):
        yield "  " + verbalizer.say("supports", "support", number=number, facts=verbalizer.facts(one))
    if not found.exact:
        yield "  " + verbalizer.say("supports", "bounded")
    elif not found.all:
        yield "  " + verbalizer.say("supports", "more", number=len(found.sets))


def _why_not(knowledge: Knowledge, fact: Fact, verbalizer: Verbalizer) -> Explanation:
    found = nearest_instances(fact, knowledge.instances)
    lines = [verbalizer.say("why-not", "heading", fact=verbalizer.fact(fact))]
    for near in found.found:
        lines += _near_lines(near, verbalizer)
    if not found.found:
        lines.append(verbalizer.say("why-not", "none"))
    if found.cut:
        lines.append(verbalizer.say("why-not", "bounded"))
    beside = similar_facts(fact, knowledge.instances)
    lines += (verbalizer.say("why-not", "alike", fact=verbalizer.fact(one)) for one in beside)
    lines.append(verbalizer.say("why-not", "open-world"))
    value = (
        {"holds": False}
        | statement(fact, verbalizer)
        | {"nearest": [_near_json(near, verbalizer) for near in found.found]}
    )
    value |= {"cut": found.cut, "alike": [statement(one, verbalizer) for one in beside]}
    return Explanation(lambda: "\n".join(lines), lambda: value, holds=False)


def _near_lines(near: NearInstance, verbalizer: Verbalizer) -> Iterator[str]:
    missing = len(near.missing)
    yield verbalizer.say("why-not", "nearest", missing=missing, all=missing + len(near.known_premises))
    yield "  " + verbalizer.say("why-not", "rule", why=verbalizer.whys([near.step]), rules=near.step.rule)
    yield from (
        f"    {verbalizer.say('why-not', 'missing', fact=_pattern_text(one, verbalizer))}" for one in near.missing
    )
    yield from (f"    {verbalizer.say('why-not', 'against', fact=verbalizer.fact(one))}" for one in near.blocking)
    yield from (f"    {verbalizer.say('why-not', 'held', fact=verbalizer.fact(one))}" for one in near.known_premises)


def _pattern_text(pattern: MissingPattern, verbalizer: Verbalizer) -> str:
    something = verbalizer.say("why-not", "something")
    subject, predicate, value = pattern
    return verbalizer.sentence(subject or something, predicate or NamedNode("urn:x"), value or something)


def _near_json(near: NearInstance, verbalizer: Verbalizer) -> dict[str, Any]:
    return {
        "rule": near.step.rule,
        "because": verbalizer.why(near.step),
        "missing": [
            {"words": _pattern_text(one, verbalizer), "pattern": [str(term) if term else None for term in one]}
            for one in near.missing
        ],
        "against": [statement(one, verbalizer) for one in near.blocking],
        "held": [statement(one, verbalizer) for one in near.known_premises],
    }


def without(knowledge: Knowledge, part: NamedNode, language: str, *, full: bool = False) -> Explanation:
    """Return what becomes of the conclusions if a part of a document is withdrawn.

    Args:
        knowledge: the knowledge base.
        part: the part.
        language: the language of the text.
        full: whether the text also has conclusions by one axiom, such as those to a superclass or an inverse.
    """
    verbalizer = knowledge.verbalizer(language)
    found = knowledge.without(part)
    steps = knowledge.steps
    groups = {"fallen": found.fallen, "kept": found.kept, "arisen": found.arisen}
    if not found.withdrawn:
        nothing = verbalizer.say("withdrawal", "nothing", part=verbalizer.name(part))
        return Explanation(lambda: nothing, lambda: {"withdrawn": []}, holds=False)
    counts = {"withdrawn": len(found.withdrawn)} | {name: len(facts) for name, facts in groups.items()}
    lines = [verbalizer.say("withdrawal", "heading", part=verbalizer.name(part), **counts)]
    for name, facts in groups.items():
        reported = [one for one in facts if full or (step := steps.get(one)) is None or step.rule not in FOLDED]
        about = (list(group) for _, group in groupby(reported, key=itemgetter(0)))
        lines += ("  " + verbalizer.say("withdrawal", name, fact=verbalizer.facts(group)) for group in about)
    value = {name: [statement(one, verbalizer) for one in facts] for name, facts in groups.items()}
    withdrawn = [statement(one, verbalizer) for one in found.withdrawn]
    return Explanation(lambda: "\n".join(lines), lambda: {"part": part.value, "withdrawn": withdrawn} | value)
