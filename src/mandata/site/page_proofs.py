"""Tells the pages of the site why an inferred statement holds, from the steps a knowledge base keeps."""

from __future__ import annotations

import pyoxigraph as ox

from mandata.proof.explainer import Proof
from mandata.proof.fold import FOLDED, leaves
from mandata.proof.forms.text import remarks, sentences
from mandata.proof.knowledge import Knowledge
from mandata.proof.quotation import Quotation
from mandata.reason.facts import fact_of
from mandata.site import Rest, Tell, Told


def teller(knowledge: Knowledge, every: bool = False) -> Tell:
    """Return what tells a proof in a language; of what follows by one axiom alone only where it tells ``every`` one."""

    def tell(triple: ox.Triple, language: str) -> Told | None:
        proof = knowledge.proof(fact_of(triple))
        if proof is None or proof.step is None or not (every or _joins(proof)):
            return None
        words = knowledge.words(language)
        return Told(tuple(sentences(proof, words)), tuple(_rests(proof)), tuple(remarks(proof, words)))

    return tell


def _joins(proof: Proof) -> bool:
    """Tell whether the last step that is no mere change of word joins several statements, and is this fact's own."""
    return proof.step is not None and proof.step.rule not in FOLDED and len(proof.premises) > 1


def _rests(proof: Proof) -> list[Rest]:
    quotations = (one for leaf in leaves(proof) if leaf.source for one in leaf.source.quotations)
    return list(dict.fromkeys(map(_rest, quotations)))


def _rest(quotation: Quotation) -> Rest:
    place = quotation.evidence
    return Rest(quotation.part.value, place.iri.value, quotation.words, quotation.language, place.start, place.end)
