"""The lock file of development: every requirement of the project is in it, at one version, with hashes."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[1]
LOCKED = re.compile(r"^([a-z0-9.-]+)==(\S+)[^\n]*\\\n((?:    --hash=sha256:[0-9a-f]{64}(?: \\)?\n)+)", re.MULTILINE)


def test_every_requirement_is_locked_within_its_bounds() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    asked = map(Requirement, [*project["dependencies"], *project["optional-dependencies"]["test"]])
    locked: dict[str, list[str]] = {}
    for name, version, _ in LOCKED.findall((ROOT / "requirements-dev.txt").read_text(encoding="utf-8")):
        locked.setdefault(name, []).append(version)
    missing = [
        str(one)
        for one in asked
        if not any(one.specifier.contains(version) for version in locked.get(canonicalize_name(one.name), ()))
    ]
    assert not missing, "make lock renews it"


def test_nothing_is_locked_without_a_hash() -> None:
    text = (ROOT / "requirements-dev.txt").read_text(encoding="utf-8")
    assert len(LOCKED.findall(text)) == len(re.findall(r"^\S+==", text, re.MULTILINE)) > 50
