"""The files of a knowledge base: each name stands here alone.

``FORMAT`` counts the layouts that a program must tell apart; 0.1 wrote no such number.
"""

from __future__ import annotations

from typing import Final

FORMAT: Final = 2
DESCRIPTION: Final = "knowledge-base.json"
"""The format, the version of the program, and the fingerprint of the code and data that it was built with."""

STORE: Final = "store"
"""The folder of the embedded store."""
ASSERTED: Final = "mandata.nq"
"""What was stated, each statement in its graph: sorted lines."""
ASSERTED_TRIG: Final = "mandata.trig"
ASSERTED_TURTLE: Final = "mandata.ttl"
INFERRED: Final = "inferred.nq"
"""What follows from it: sorted lines."""
STEPS: Final = "steps.sqlite"
"""One step of reasoning for each conclusion."""
EVIDENCE: Final = "evidence.sqlite"
"""The words in which each statement stands, by statement and by part."""
SEARCH: Final = "search.sqlite"
"""The index of words and symbols."""
CONTRADICTIONS: Final = "contradictions.json"
"""The contradictions that were found when it was built."""
VIOLATIONS: Final = "violations.json"
"""The violations of shapes that were found when it was built."""
REPORT: Final = "report.json"
"""What was read, and every doubt."""
TEXTS: Final = "texts"
"""The folder of the files as received."""
SHARDS: Final = "shards"
"""The folder of what was found in each text alone."""
