"""Reasoning: what follows from the graphs, by OWL 2 RL and by our own rules, and why."""

from mandata.reason.close import ENGINES, close, entail
from mandata.reason.explain import Proof, prove
from mandata.reason.facts import Closure, Contradiction, Fact, Step, Term, fact_of
from mandata.reason.render import to_json, to_text
from mandata.reason.rulefile import RuleFile, read_rules
from mandata.reason.source import Facts, Source, StoreFacts
from mandata.reason.steps import StepFile, Steps, read_step, write_steps
from mandata.reason.words import Words

__all__ = [
    "ENGINES",
    "Closure",
    "Contradiction",
    "Fact",
    "Facts",
    "Proof",
    "RuleFile",
    "Source",
    "Step",
    "StepFile",
    "Steps",
    "StoreFacts",
    "Term",
    "Words",
    "close",
    "entail",
    "fact_of",
    "prove",
    "read_rules",
    "read_step",
    "to_json",
    "to_text",
    "write_steps",
]
