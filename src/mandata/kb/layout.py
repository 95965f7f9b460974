"""The names of the files of a knowledge base; no other module has them.

``FORMAT`` is the version of this layout; mandata 0.1 wrote none.
"""

from __future__ import annotations

from typing import Final

FORMAT: Final = 2
DESCRIPTION: Final = "knowledge-base.json"
"""The format, the version of the program, and the fingerprint of the code and data that it was built with."""

STORE: Final = "store"
"""The folder of the embedded store."""
ASSERTED: Final = "mandata.nq"
"""The asserted statements as N-Quads, sorted."""
ASSERTED_TRIG: Final = "mandata.trig"
ASSERTED_TURTLE: Final = "mandata.ttl"
INFERRED: Final = "inferred.nq"
"""The inferred statements as N-Quads, sorted."""
STEPS: Final = "steps.sqlite"
"""One step of reasoning for each conclusion."""
EVIDENCE: Final = "evidence.sqlite"
"""The evidence of each asserted statement, by statement and by part."""
SEARCH: Final = "search.sqlite"
"""The search index of words and symbols."""
CONTRADICTIONS: Final = "contradictions.json"
"""The contradictions that were found when it was built."""
VIOLATIONS: Final = "violations.json"
"""The violations of shapes that were found when it was built."""
REPORT: Final = "report.json"
"""What was read, and every issue."""
TEXTS: Final = "texts"
"""The folder of the files as received."""
SHARDS: Final = "shards"
"""The folder of the findings of each text."""
