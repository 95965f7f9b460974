"""What things are called that the converter mints: sessions, meetings, adoptions; ``labels.yaml`` has the words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

from mandata.graph.statements import GraphStatements
from mandata.package_data import read_yaml


@cache
def _templates() -> Mapping[str, Mapping[str, str]]:
    templates: Mapping[str, Mapping[str, str]] = read_yaml(Path(__file__).with_name("labels.yaml"))
    return templates


def label(statements: GraphStatements, subject: str, kind: str, **parts: str | Mapping[str, str]) -> None:
    """State the labels of a minted thing, which no words show; a part may differ by language."""
    minted = statements.with_evidence(())
    for language, text in _fill_template(kind, parts):
        minted.label(subject, text, language)


def _fill_template(kind: str, parts: Mapping[str, str | Mapping[str, str]]) -> Iterator[tuple[str, str]]:
    for language, template in _templates()[kind].items():
        here = {name: p if isinstance(p, str) else p[language] for name, p in parts.items()}
        yield language, template.format(**here)
