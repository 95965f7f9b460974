"""Proofs: why a statement holds, on what it rests in all, why another does not, and what contradicts."""

from mandata.proof.explainer import Proof, prove
from mandata.proof.fact_lookup import Facts, StoreFacts
from mandata.proof.fact_source import Source, Sources
from mandata.proof.forms.text import to_json, to_text
from mandata.proof.verbalizer import Words

__all__ = ["Facts", "Proof", "Source", "Sources", "StoreFacts", "Words", "prove", "to_json", "to_text"]
