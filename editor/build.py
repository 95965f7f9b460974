"""Puts the editor of queries into the package when a wheel is built, or the checkout is installed as it is.

Its files come from npm, ready-made, as ``package-lock.json`` pins them to the byte. Without npm, or without a network,
the package is built all the same, and its page for queries has a plain field instead.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

_PINNED: Final = ("package.json", "package-lock.json")
_TAKEN: Final = ("@zazuko/yasgui/build/yasgui.min.js", "@zazuko/yasgui/build/yasgui.min.css")
_TARGET: Final = "src/mandata/server/pages/editor"
_LICENCES: Final = "licences.txt"
_STAMP: Final = "lock.sha256"
_SECONDS: Final = 120


class EditorHook(BuildHookInterface[Any]):
    """Runs before the files of a wheel are gathered."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002 - hatchling's own
        """Fetch the editor, unless the one that is pinned is there already."""
        if self.target_name != "wheel":
            return
        root = Path(self.root)
        try:
            fetch(root / "editor", root / _TARGET)
        except (OSError, subprocess.SubprocessError) as error:
            self.app.display_warning(f"built without the editor of queries, for npm could not be asked: {error}")


def fetch(pinned: Path, target: Path) -> None:
    """Put the files of the editor that ``pinned`` names into ``target``, with the licences of all that is in them."""
    stamp = hashlib.sha256(b"".join((pinned / name).read_bytes() for name in _PINNED)).hexdigest() + "\n"
    if (target / _STAMP).is_file() and (target / _STAMP).read_text(encoding="ascii") == stamp:
        return
    with tempfile.TemporaryDirectory() as folder:
        for name in _PINNED:
            shutil.copy(pinned / name, folder)
        command = ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
        subprocess.run(command, cwd=folder, check=True, timeout=_SECONDS, stdout=subprocess.DEVNULL)
        modules = Path(folder, "node_modules")
        target.mkdir(parents=True, exist_ok=True)
        for name in _TAKEN:
            _put(target / Path(name).name, (modules / name).read_bytes())
        _put(target / _LICENCES, "\n".join(_licences(modules)).encode())
        _put(target / _STAMP, stamp.encode())


def _put(path: Path, content: bytes) -> None:
    """Write a file so that nobody ever finds half of it."""
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    beside.write_bytes(content)
    beside.replace(path)


def _licences(modules: Path) -> Iterator[str]:
    """Yield the licence of each library that is in the bundle."""
    for path in sorted(modules.rglob("*")):
        if path.is_file() and path.stem.lower() in ("license", "licence", "license-mit"):
            yield f"{path.parent.relative_to(modules)}\n\n{path.read_text(encoding='utf-8', errors='replace')}\n"
