"""Prints a proof, as an indented tree or as JSON."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Any

from mandata.proof.explainer import Proof
from mandata.proof.fact_source import Source
from mandata.proof.fold import Folded, fold, leaves
from mandata.proof.grades import Grade, Grades, Weakness, weak
from mandata.proof.quotation import Quotation
from mandata.proof.verbalizer import Words, rule_names
from mandata.reason.facts import Fact


def to_text(proof: Proof, words: Words, *, full: bool = False) -> str:
    """Return the proof as an indented tree, a line each: statement, why, and below it what that rests on.

    The weakest evidence stands first and is named at the end, before the files that are quoted. What was proved further
    up is named again, not proved again. Without ``full``, steps that follow one axiom are folded into a sentence.
    """
    tree = [f"{'  ' * depth}{line}" for depth, line in sentences(proof, words, full=full)]
    return "\n".join([*tree, *remarks(proof, words)])


def sentences(proof: Proof, words: Words, *, full: bool = False) -> list[tuple[int, str]]:
    """Return the sentences of a proof, each with its depth in the tree."""
    return sentences_of([proof], words, full=full)


def sentences_of(proofs: Sequence[Proof], words: Words, *, full: bool = False) -> list[tuple[int, str]]:
    """Return the sentences of several proofs, told one after the other; what was proved in one is not proved again."""
    return list(_Teller(words, full).tell(proofs, 0))


def remarks(proof: Proof, words: Words) -> Iterator[str]:
    """Yield what a reader should know of the evidence: each weakness, then each file quoted with its checksum."""
    said = dict.fromkeys(_weakness(found, words) for found in weak(proof))
    yield from (words.say("weak", what=what) for what in said)
    quotations = (quotation for leaf in leaves(proof) if leaf.source for quotation in leaf.source.quotations)
    for file, checksum in sorted(
        {(quotation.file.name, quotation.file.checksum) for quotation in quotations if quotation.file.checksum}
    ):
        yield words.say("file", file=file, checksum=checksum)


def _weakness(found: Weakness, words: Words) -> str:
    source = found.proof.source or Source("given")
    file = source.quotations[0].file if source.quotations else None
    of = {Grade.IDENTITY: file.document if file else None, Grade.RECORD: source.of}.get(found.grade)
    return words.say(
        "weakness",
        found.grade.name.lower(),
        file=file.name if file else "",
        of=words.name(of) if of else words.fact(found.proof.fact),
        certainty=words.name(source.certainty) if source.certainty else "",
        says="; ".join(source.says),
    )


class _Teller:
    """Tells proofs sentence by sentence; each fact is proved where it first comes up."""

    def __init__(self, words: Words, full: bool) -> None:
        self._words, self._full = words, full
        self._shown: set[Fact] = set()
        self._grades = Grades()

    def tell(self, proofs: Iterable[Proof], depth: int) -> Iterator[tuple[int, str]]:
        """Yield the sentences of proofs that stand beside each other; facts stated in one place make one sentence."""
        folded = [fold(proof, full=self._full) for proof in proofs]
        for stated, group in groupby(folded, key=lambda one: one.ground.source if _bare(one) else None):
            if stated is not None:
                facts = self._words.facts(one.fact for one in group)
                yield depth, self._words.say("stated", facts=facts, source=self._words.source(stated))
                continue
            for one in group:
                yield from self._one(one, depth)

    def _one(self, one: Folded, depth: int) -> Iterator[tuple[int, str]]:
        said = self._words.fact(one.fact)
        if not one.steps:
            yield depth, said
        elif one.fact in self._shown:
            yield depth, self._words.say("as-above", fact=said)
        elif one.stated and depth:
            self._shown.add(one.fact)
            yield depth, self._since(one, said)
        else:
            self._shown.add(one.fact)
            yield depth, said
            yield depth + 1, self._words.because(one.steps)
            below = one.premises or (one.ground,)
            yield from self.tell(self._grades.sorted(below), depth + 2)

    def _since(self, one: Folded, said: str) -> str:
        """Return a fact, what was stated and the axioms that lead from one to the other, in one sentence."""
        stated, rules = self._words.fact(one.ground.fact), rule_names(one.steps)
        told = self._words.say("since", fact=said, stated=stated, why=self._words.whys(one.steps), rules=rules)
        source = one.ground.source
        return self._words.say("stated", facts=told, source=self._words.source(source)) if source else told


def _bare(one: Folded) -> bool:
    return not one.steps and one.ground.source is not None


def to_json(proof: Proof, words: Words) -> dict[str, Any]:
    """Return the proof as plain values for JSON, whole; what was proved further up bears ``as_above`` instead.

    ``sentences`` are those of the folded tree; ``weak`` says what weak evidence there is, the weakest first.
    """
    told = [line for _, line in sentences(proof, words)]
    found = [{"kind": one.grade.name.lower(), "words": _weakness(one, words)} for one in weak(proof)]
    distinct = [one for number, one in enumerate(found) if one not in found[:number]]
    return _value(proof, words, set()) | {"sentences": told, "weak": distinct}


def _value(proof: Proof, words: Words, shown: set[Fact]) -> dict[str, Any]:
    value = statement(proof.fact, words)
    if proof.step is None:
        return value | ({"source": source_json(proof.source, words)} if proof.source else {})
    if proof.fact in shown:
        return value | {"as_above": True}
    shown.add(proof.fact)
    return value | {
        "rule": proof.step.rule,
        "because": words.why(proof.step),
        "axioms": [_value(axiom, words, shown) for axiom in proof.axioms],
        "premises": [_value(premise, words, shown) for premise in proof.premises],
    }


def statement(fact: Fact, words: Words) -> dict[str, Any]:
    """Return a statement as plain values, and in words."""
    subject, predicate, value = map(str, fact)
    return {"subject": subject, "predicate": predicate, "object": value, "words": words.fact(fact)}


def source_json(source: Source, words: Words) -> dict[str, Any]:
    """Return where a stated fact comes from as plain values, and in words.

    The first quotation stands among the values; where there are more, they are listed at ``more``.
    """
    first, *more = (_quotation_json(quotation, words) for quotation in source.quotations or (None,))
    plain = {
        "kind": source.kind,
        "of": str(source.of) if source.of else None,
        **first,
        "says": list(source.says),
        "checked": None if source.checked else False,
        "words": words.source(source),
        "more": more,
    }
    return {key: value for key, value in plain.items() if value not in (None, "", [])}


def _quotation_json(quotation: Quotation | None, words: Words) -> dict[str, Any]:
    if quotation is None:
        return {}
    file, place = quotation.file, quotation.evidence
    return {
        "part": str(quotation.part),
        "document": str(file.document) if file.document else None,
        "symbol": words.name(file.document) if file.document else None,
        "quotation": quotation.words,
        "language": quotation.language,
        "part_start": place.part_start,
        "part_end": place.part_end,
        "file": file.name,
        "checksum": file.checksum,
        "start": place.start,
        "end": place.end,
        "evidence": str(place.iri),
        "certainty": words.name(file.certainty) if file.certainty else None,
    }
