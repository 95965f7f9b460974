"""Prints a proof, as an indented tree or as JSON."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from mandata.reason.explain import Proof
from mandata.reason.facts import Fact
from mandata.reason.words import Words


def to_text(proof: Proof, words: Words) -> str:
    """Return the proof as an indented tree, a line each: statement, why, and below it what that rests on.

    What was proved further up is named again, not proved again.
    """
    return "\n".join(_lines(proof, words, 0, set()))


def _lines(proof: Proof, words: Words, depth: int, shown: set[Fact]) -> Iterator[str]:
    indent = "  " * depth
    if proof.step is None:
        source = f" - {words.source(proof.source)}" if proof.source else ""
        yield f"{indent}{words.fact(proof.fact)}{source}"
        return
    if proof.fact in shown:
        yield f"{indent}{words.fact(proof.fact)} ({words.as_above})"
        return
    shown.add(proof.fact)
    yield f"{indent}{words.fact(proof.fact)}"
    yield f"{indent}  {words.because(proof.step)} [{proof.step.rule}]"
    for premise in proof.premises:
        yield from _lines(premise, words, depth + 2, shown)


def to_json(proof: Proof, words: Words) -> dict[str, Any]:
    """Return the proof as plain values for JSON; what was proved further up bears ``as_above`` instead of a proof."""
    return _value(proof, words, set())


def _value(proof: Proof, words: Words, shown: set[Fact]) -> dict[str, Any]:
    value = _statement(proof.fact, words)
    if proof.step is None:
        return value | ({"source": _source(proof, words)} if proof.source else {})
    if proof.fact in shown:
        return value | {"as_above": True}
    shown.add(proof.fact)
    return value | {
        "rule": proof.step.rule,
        "because": words.why(proof.step),
        "axioms": [_value(axiom, words, shown) for axiom in proof.axioms],
        "premises": [_value(premise, words, shown) for premise in proof.premises],
    }


def _statement(fact: Fact, words: Words) -> dict[str, Any]:
    subject, predicate, value = map(str, fact)
    return {"subject": subject, "predicate": predicate, "object": value, "words": words.fact(fact)}


def _source(proof: Proof, words: Words) -> dict[str, Any]:
    source = proof.source
    if source is None:
        return {}
    plain = {
        "kind": source.kind,
        "of": str(source.of) if source.of else None,
        "quotation": source.quotation,
        "language": source.language,
        "file": source.file,
        "checksum": source.checksum,
        "start": source.start,
        "end": source.end,
        "says": list(source.says),
        "evidence": str(source.evidence) if source.evidence else None,
        "words": words.source(source),
    }
    return {key: value for key, value in plain.items() if value not in (None, "", [])}
