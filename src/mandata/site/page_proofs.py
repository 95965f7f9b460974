"""The proofs on the pages of the site, from the inference steps of a knowledge base."""

from __future__ import annotations

import pyoxigraph as ox

from mandata.proof.explainer import Proof
from mandata.proof.fold import FOLDED, leaves
from mandata.proof.forms.text import remarks, sentences
from mandata.proof.knowledge import Knowledge
from mandata.proof.quotation import Quotation
from mandata.reason.facts import fact_of
from mandata.site import EvidenceQuotation, ProofText, ProofWriter


def proof_writer(knowledge: Knowledge, every: bool = False) -> ProofWriter:
    """Return the function that writes the proof of a statement in a language.

    Args:
        knowledge: the knowledge base with its inference steps.
        every: whether to prove statements, too, that follow from one other statement by one axiom.
    """

    def write_proof(triple: ox.Triple, language: str) -> ProofText | None:
        proof = knowledge.proof(fact_of(triple))
        if proof is None or proof.step is None or not (every or _joins(proof)):
            return None
        verbalizer = knowledge.verbalizer(language)
        proof_sentences = tuple(sentences(proof, verbalizer))
        return ProofText(proof_sentences, tuple(_quotations(proof)), tuple(remarks(proof, verbalizer)))

    return write_proof


def _joins(proof: Proof) -> bool:
    """Return whether the last step joins several statements, and is not only a renaming by one axiom."""
    return proof.step is not None and proof.step.rule not in FOLDED and len(proof.premises) > 1


def _quotations(proof: Proof) -> list[EvidenceQuotation]:
    quotations = (one for leaf in leaves(proof) if leaf.source for one in leaf.source.quotations)
    return list(dict.fromkeys(map(_quotation, quotations)))


def _quotation(quotation: Quotation) -> EvidenceQuotation:
    place = quotation.evidence
    return EvidenceQuotation(
        quotation.part.value, place.iri.value, quotation.words, quotation.language, place.start, place.end
    )
