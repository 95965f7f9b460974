"""The run over the corpus: each text read by the converter as a user would, and counted."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from mandata.errors import MandataError
from mandata.ingest import conversion

from .corpus import CORPUS, Sample, samples
from .counts import Figures
from .measure import measure
from .text_against_markup import compare

SAME = "same statements as mark-up"


def evaluate(languages: list[str] | None = None, some: int = 1) -> tuple[dict[str, Figures], list[str]]:
    """Return the figures by language and format, and what was skipped and why; ``some``: every so many-th text."""
    groups: dict[str, Figures] = {}
    unread: dict[str, int] = {}
    for sample in list(samples(languages))[::some]:
        if not counted(sample, groups.setdefault(sample.group, Figures())):
            unread[sample.group] = unread.get(sample.group, 0) + 1
    for group in [group for group in groups if " txt " in group]:
        groups.setdefault(" ".join(group.split()[:2]), Figures()).include(groups[group])
    skipped = [f"{group}: {number} files are not read" for group, number in sorted(unread.items())]
    return {group: figures for group, figures in groups.items() if figures.counts}, skipped


def counted(sample: Sample, figures: Figures) -> bool:
    """Count one text; tell whether the converter reads its format and language at all."""
    try:
        record = next(iter(conversion.records([sample.path])))
    except MandataError as error:
        figures.miss("unread", sample.path.name, "", error.code, error)
        return False
    if record["kind"] == "other" and (sample.form == "xml" or _is_unknown(record["issues"])):
        return False
    measure(sample, record, sample.path.read_bytes().decode("utf-8"), figures)
    if sample.form == "xml":
        _against_text(sample, record, figures)
    return True


def _against_text(sample: Sample, marked: dict[str, Any], figures: Figures) -> None:
    """Count whether the plain text of the same document gives the same record; an explained difference is none."""
    plain = next(iter(conversion.records([CORPUS / "texts" / sample.language / f"{sample.path.stem}.txt"])))
    apart = [difference for difference in compare(plain, marked) if difference.reason is None]
    figures.add(SAME, int(not apart), 1, 1)
    for difference in apart:
        figures.miss(SAME, sample.path.name, difference.place, difference.markup, difference.text)


def _is_unknown(issues: Iterable[dict[str, str]]) -> bool:
    return any(issue["code"] == "language-unknown" for issue in issues)
