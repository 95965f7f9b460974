"""Reasoning: the conclusions from the graphs by OWL 2 RL and by our own rules, each with its step."""

from mandata.reason.facts import Closure, Contradiction, Fact, Step, Term, fact_of
from mandata.reason.rules.rule_file import RuleFile, read_rules
from mandata.reason.steps import StepFile, Steps, write_steps

__all__ = [
    "Closure",
    "Contradiction",
    "Fact",
    "RuleFile",
    "Step",
    "StepFile",
    "Steps",
    "Term",
    "fact_of",
    "read_rules",
    "write_steps",
]
