"""Proofs: why a statement holds, on what it rests in all, why another does not, and what contradicts."""

from mandata.proof.explainer import Proof, prove
from mandata.proof.fact_lookup import Facts, StoreFacts
from mandata.proof.fact_source import FactSource, FactSources
from mandata.proof.forms.text import to_json, to_text
from mandata.proof.verbalizer import Verbalizer

__all__ = ["FactSource", "FactSources", "Facts", "Proof", "StoreFacts", "Verbalizer", "prove", "to_json", "to_text"]
