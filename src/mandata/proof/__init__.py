"""Proofs: why a statement holds, on what it rests in all, why another does not, and what contradicts."""

from mandata.proof.explain import Proof, prove
from mandata.proof.lookup import Facts, StoreFacts
from mandata.proof.render import to_json, to_text
from mandata.proof.source import Source, source_of
from mandata.proof.words import Words

__all__ = ["Facts", "Proof", "Source", "StoreFacts", "Words", "prove", "source_of", "to_json", "to_text"]
