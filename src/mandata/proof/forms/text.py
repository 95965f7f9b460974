"""Writes a proof as an indented tree of sentences, or as values for JSON."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Any

from mandata.proof.explainer import Proof
from mandata.proof.fact_source import FactSource
from mandata.proof.fold import Folded, fold, leaves
from mandata.proof.grades import Grade, Grades, Weakness, weaknesses
from mandata.proof.quotation import Quotation
from mandata.proof.verbalizer import Verbalizer, rule_names
from mandata.reason.facts import Fact


def to_text(proof: Proof, verbalizer: Verbalizer, *, full: bool = False) -> str:
    """Return the proof as an indented tree: the statement, the reason, and below it the premises.

    The weakest evidence comes first and is named at the end, before the files that are quoted. What was proved above is
    named, not proved again. Unless ``full``, steps by one axiom are folded into a sentence. ``verbalizer`` writes them.
    """
    tree = [f"{'  ' * depth}{line}" for depth, line in sentences(proof, verbalizer, full=full)]
    return "\n".join([*tree, *remarks(proof, verbalizer)])


def sentences(proof: Proof, verbalizer: Verbalizer, *, full: bool = False) -> list[tuple[int, str]]:
    """Return the sentences of a proof, each with its depth in the tree.

    Args:
        proof: the proof.
        verbalizer: writes the sentences, in its language.
        full: whether to write every step by itself.
    """
    return sentences_of([proof], verbalizer, full=full)


def sentences_of(proofs: Sequence[Proof], verbalizer: Verbalizer, *, full: bool = False) -> list[tuple[int, str]]:
    """Return the sentences of several proofs, one after the other; what was proved in one is not proved again.

    Args:
        proofs: the proofs.
        verbalizer: writes the sentences, in its language.
        full: whether to write every step by itself.
    """
    return list(_TreeWriter(verbalizer, full).lines(proofs, 0))


def remarks(proof: Proof, verbalizer: Verbalizer) -> Iterator[str]:
    """Yield remarks on the evidence: each weakness, then each file quoted with its checksum.

    Args:
        proof: the proof.
        verbalizer: writes the sentences, in its language.
    """
    sentences_once = dict.fromkeys(_weakness(found, verbalizer) for found in weaknesses(proof))
    yield from (verbalizer.say("weak", what=sentence) for sentence in sentences_once)
    quotations = (quotation for leaf in leaves(proof) if leaf.source for quotation in leaf.source.quotations)
    for file, checksum in sorted(
        {(quotation.file.name, quotation.file.checksum) for quotation in quotations if quotation.file.checksum}
    ):
        yield verbalizer.say("file", file=file, checksum=checksum)


def _weakness(found: Weakness, verbalizer: Verbalizer) -> str:
    source = found.proof.source or FactSource("given")
    file = source.quotations[0].file if source.quotations else None
    of = {Grade.IDENTITY: file.document if file else None, Grade.RECORD: source.of}.get(found.grade)
    return verbalizer.say(
        "weakness",
        found.grade.name.lower(),
        file=file.name if file else "",
        of=verbalizer.name(of) if of else verbalizer.fact(found.proof.fact),
        certainty=verbalizer.name(source.certainty) if source.certainty else "",
        says="; ".join(source.says),
    )


class _TreeWriter:
    """Writes proofs sentence by sentence; each fact is proved where it first occurs."""

    def __init__(self, verbalizer: Verbalizer, full: bool) -> None:
        self._verbalizer, self._full = verbalizer, full
        self._explained: set[Fact] = set()
        self._grades = Grades()

    def lines(self, proofs: Iterable[Proof], depth: int) -> Iterator[tuple[int, str]]:
        """Yield the sentences of sibling proofs; facts stated in one place make one sentence."""
        folded = [fold(proof, full=self._full) for proof in proofs]
        for stated, group in groupby(folded, key=lambda one: one.ground.source if _is_only_stated(one) else None):
            if stated is not None:
                facts = self._verbalizer.facts(one.fact for one in group)
                yield depth, self._verbalizer.say("stated", facts=facts, source=self._verbalizer.source(stated))
                continue
            for one in group:
                yield from self._one(one, depth)

    def _one(self, one: Folded, depth: int) -> Iterator[tuple[int, str]]:
        sentence = self._verbalizer.fact(one.fact)
        if not one.steps:
            yield depth, sentence
        elif one.fact in self._explained:
            yield depth, self._verbalizer.say("as-above", fact=sentence)
        elif one.stated and depth:
            self._explained.add(one.fact)
            yield depth, self._since(one, sentence)
        else:
            self._explained.add(one.fact)
            yield depth, sentence
            yield depth + 1, self._verbalizer.because(one.steps)
            below = one.premises or (one.ground,)
            yield from self.lines(self._grades.weakest_first(below), depth + 2)

    def _since(self, one: Folded, sentence: str) -> str:
        """Return one sentence with a fact, the stated fact it follows from, and the axioms between them."""
        say, source = self._verbalizer.say, one.ground.source
        stated, why = self._verbalizer.fact(one.ground.fact), self._verbalizer.whys(one.steps)
        text = say("since", fact=sentence, stated=stated, why=why, rules=rule_names(one.steps))
        return say("stated", facts=text, source=self._verbalizer.source(source)) if source else text


def _is_only_stated(one: Folded) -> bool:
    return not one.steps and one.ground.source is not None


def to_json(proof: Proof, verbalizer: Verbalizer) -> dict[str, Any]:
    """Return the whole proof as plain values for JSON; a fact proved above has ``as_above`` instead of a proof.

    ``sentences`` are those that ``verbalizer`` writes of the folded tree; ``weak`` lists the weak evidence, the weakest
    first.
    """
    lines = [line for _, line in sentences(proof, verbalizer)]
    listed = weaknesses(proof)
    found = [{"kind": one.grade.name.lower(), "words": _weakness(one, verbalizer)} for one in listed]
    distinct = [one for number, one in enumerate(found) if one not in found[:number]]
    return _value(proof, verbalizer, set()) | {"sentences": lines, "weak": distinct}


def _value(proof: Proof, verbalizer: Verbalizer, proved: set[Fact]) -> dict[str, Any]:
    value = statement(proof.fact, verbalizer)
    if proof.step is None:
        return value | ({"source": source_json(proof.source, verbalizer)} if proof.source else {})
    if proof.fact in proved:
        return value | {"as_above": True}
    proved.add(proof.fact)
    return value | {
        "rule": proof.step.rule,
        "because": verbalizer.why(proof.step),
        "axioms": [_value(axiom, verbalizer, proved) for axiom in proof.axioms],
        "premises": [_value(premise, verbalizer, proved) for premise in proof.premises],
    }


def statement(fact: Fact, verbalizer: Verbalizer) -> dict[str, Any]:
    """Return a statement as plain values for JSON, with its sentence.

    Args:
        fact: the statement.
        verbalizer: writes the sentence, in its language.
    """
    subject, predicate, value = map(str, fact)
    return {"subject": subject, "predicate": predicate, "object": value, "words": verbalizer.fact(fact)}


def source_json(source: FactSource, verbalizer: Verbalizer) -> dict[str, Any]:
    """Return the source of a stated fact as plain values for JSON, with its sentence by ``verbalizer``.

    The first quotation is among the values; the others are listed at ``more``.
    """
    first, *more = (_quotation_json(quotation, verbalizer) for quotation in source.quotations or (None,))
    plain = {
        "kind": source.kind,
        "of": str(source.of) if source.of else None,
        **first,
        "says": list(source.says),
        "checked": None if source.checked else False,
        "words": verbalizer.source(source),
        "more": more,
    }
    return {key: value for key, value in plain.items() if value not in (None, "", [])}


def _quotation_json(quotation: Quotation | None, verbalizer: Verbalizer) -> dict[str, Any]:
    if quotation is None:
        return {}
    file, place = quotation.file, quotation.evidence
    return {
        "part": str(quotation.part),
        "document": str(file.document) if file.document else None,
        "symbol": verbalizer.name(file.document) if file.document else None,
        "quotation": quotation.words,
        "language": quotation.language,
        "part_start": place.part_start,
        "part_end": place.part_end,
        "file": file.name,
        "checksum": file.checksum,
        "start": place.start,
        "end": place.end,
        "evidence": str(place.iri),
        "certainty": verbalizer.name(file.certainty) if file.certainty else None,
    }
