"""Verbalizes facts, steps, sources and contradictions in one language."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cache, reduce
from itertools import groupby
from operator import attrgetter
from pathlib import Path
from typing import Any, Final

from pyoxigraph import Literal, NamedNode

from mandata.errors import MandataError
from mandata.package_data import read_yaml
from mandata.proof.fact_lookup import Facts
from mandata.proof.fact_source import FactSource
from mandata.proof.names import TermNames, short
from mandata.proof.quotation import Quotation
from mandata.rdf.namespaces import ID, MD, RDF, prefixed_name
from mandata.reason.facts import WORDING, Contradiction, Fact, Step, Term

_SENTENCES: Final = Path(__file__).with_name("sentences")
_TYPE: Final = NamedNode(RDF + "type")
_TEXT, _SCORE, _SHARED = (NamedNode(MD + local) for local in ("text", "score", "comparedWords"))
_LONG: Final = 240
MOST_QUOTED: Final = 5
"""How many quotations are written out for one fact; the number of the others is given."""


@cache
def languages() -> tuple[str, ...]:
    """Return the languages in which proofs can be written: those with a file of sentences."""
    return tuple(sorted(path.stem for path in _SENTENCES.glob("*.yaml")))


@cache
def sentences(language: str) -> dict[str, Any]:
    """Return the templates of sentences in a language, as in its file.

    Raises:
        MandataError: there is no such file.
    """
    if language not in languages():
        known = ", ".join(languages())
        raise MandataError("language", f"proofs are not written in {language}", "", f"use one of {known}")
    found: dict[str, Any] = read_yaml(_SENTENCES / f"{language}.yaml")
    return found


class Verbalizer:
    """Writes names and sentences in one language.

    Args:
        facts: the facts in which labels are looked up.
        rules: the sentences of each of our own rules by language: ``{rule.name: rule.sentences}``.
        language: the language.
    """

    def __init__(self, facts: Facts, rules: Mapping[str, Mapping[str, str]], language: str = "en") -> None:
        self._templates = sentences(language)
        self._facts, self._rules, self._language = facts, rules, language
        self._names = TermNames(facts, self._templates["ways"], language)

    def name(self, term: Term) -> str:
        """Return the display name of a thing."""
        return self._names.of(term)

    def say(self, *keys: str, **values: object) -> str:
        """Return the sentence at ``keys`` in the language's file, with its placeholders replaced by ``values``."""
        template: Any = self._templates
        for key in keys:
            template = template[key]
        return str(template).format(**values)

    def fact(self, fact: Fact) -> str:
        """Return a statement as a sentence."""
        return self.sentence(*fact)

    def sentence(self, subject: Term | str, predicate: Term, value: Term | str) -> str:
        """Return a statement as a sentence; a term may be given as text, such as 'something' for an unknown one."""
        s, o = (term if isinstance(term, str) else self.name(term) for term in (subject, value))
        if predicate == _TYPE:
            return self.say("is-a", s=s, o=o, a_o=self._with_article(o))
        template = self._templates["phrases"].get(_key(predicate), self._templates["statement"])
        a_s, a_o = self._with_article(s), self._with_article(o)
        return str(template).format(s=s, p=self.name(predicate), o=o, a_s=a_s, a_o=a_o)

    def facts(self, facts: Iterable[Fact]) -> str:
        """Return several statements as one sentence; a subject that stays the same is named once."""
        text = ""
        before: Term | None = None
        for fact in facts:
            sentence = self.fact(fact)
            if fact[0] == before:
                sentence = sentence.removeprefix(f"{self.name(fact[0])} ")
            text = self.say("more", first=text, next=sentence) if text else sentence
            before = fact[0]
        return text

    def why(self, step: Step | Contradiction) -> str:
        """Return the sentence of the rule of a step, about its axiom."""
        own = self._rules.get(step.rule, {}).get(self._language)
        if own:
            return own
        if comparison := self._wording_comparison(step):
            return comparison
        sentence = self._templates["rules"].get(step.rule)
        if sentence is None:
            return self.say("default", rule=step.rule)
        subject, _, value = step.axioms[0] if step.axioms else (Literal(""), None, Literal(""))
        s, o = self.name(subject), self.name(value)
        path = ", ".join(self.name(premise[1]) for premise in step.premises)
        return str(sentence).format(s=s, o=o, a_s=self._with_article(s), a_o=self._with_article(o), path=path)

    def _wording_comparison(self, step: Step | Contradiction) -> str:
        """Return the sentence for two texts of similar wording; an empty one for any other step."""
        if step.rule != WORDING or [premise[1] for premise in step.premises] != [_TEXT, _TEXT]:
            return ""
        function, paragraph = (str(premise[0]).strip("<>") for premise in step.premises)
        restatement = NamedNode(f"{paragraph}.restates-{function.removeprefix(ID)}")
        score, shared = (
            next(iter(self._facts.objects(restatement, property_)), None) for property_ in (_SCORE, _SHARED)
        )
        if score is None or shared is None:
            return ""
        return self.say("rules", "wording-compared", score=self.name(score), shared=short(shared.value, _LONG))

    def whys(self, steps: Sequence[Step]) -> str:
        """Return the sentences of successive steps as one, without repetitions."""
        return str(self._templates["and"]).join(dict.fromkeys(self.why(step) for step in steps))

    def because(self, steps: Sequence[Step]) -> str:
        """Return the sentence that introduces successive steps, with the names of their rules."""
        return self.say("because", why=self.whys(steps), rules=rule_names(steps))

    def source(self, source: FactSource) -> str:
        """Return the source of a stated fact as a sentence."""
        if source.quotations:
            return self._quotations_sentence(source.quotations)
        kind = "reference-bare" if source.kind == "reference" and not source.says else source.kind
        text = self.say(kind, of=self.name(source.of) if source.of else "", says="; ".join(source.says))
        return text if source.checked else self.say("unchecked", source=text)

    def _quotations_sentence(self, quotations: Sequence[Quotation]) -> str:
        """Return quotations as one sentence, grouped by part and language."""
        parts = []
        for (part, language), here in groupby(quotations[:MOST_QUOTED], key=attrgetter("part", "language")):
            of = self.say("in-language", language=language) if language else ""
            name = self.name(part)  # the name of a language version has the language
            quoted = ", ".join(map(self.quotation, here))
            parts.append(self.say("text", part=name.removesuffix(of), language=of, quotations=quoted))
        text = reduce(lambda first, then: self.say("more", first=first, next=then), parts)
        more = len(quotations) - MOST_QUOTED
        return self.say("more-quotations", quotations=text, number=more) if more > 0 else text

    def quotation(self, quotation: Quotation) -> str:
        """Return a quotation with its place in the file."""
        place = quotation.evidence
        words, file = short(quotation.words, _LONG), quotation.file.name
        return self.say("quotation", words=words, file=file, start=place.start, end=place.end)

    def contradiction(self, found: Contradiction) -> str:
        """Return a contradiction as a sentence."""
        if found.says:
            return found.says
        why = self.because([Step(found.rule, found.axioms, found.premises)])
        return self.say("contradiction", "heading", facts="; ".join(map(self.fact, found.premises)), why=why)

    def _with_article(self, name: str) -> str:
        initials = self._templates["article"]
        form = next(form for letters, form in initials if not letters or name[:1].lower() in letters)
        return str(form).format(name=name)


def _key(predicate: Term) -> str:
    """Return the key of a property in the file of sentences: a local name for our own, else a prefixed name."""
    return prefixed_name(predicate.value).removeprefix("md:") if isinstance(predicate, NamedNode) else ""


def rule_names(steps: Iterable[Step]) -> str:
    """Return the names of the rules of steps, each once, in their order."""
    return ", ".join(dict.fromkeys(step.rule for step in steps))
