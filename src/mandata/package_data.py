"""The data files of the package, ``ontology/`` and ``data/``, and the YAML files beside the code."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from mandata.errors import MandataError

_PACKAGE = Path(__file__).resolve().parent
_ROOTS = (_PACKAGE / "_shipped", _PACKAGE.parent.parent)  # in a wheel; in a checkout


_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # libyaml's is ten times as fast, but not always installed


@cache
def shipped_path(relative: str) -> Path:
    """Return the path of a file or folder that is shipped with the package, such as ``ontology/mandata.ttl``.

    Raises:
        MandataError: the installation is incomplete.
    """
    for root in _ROOTS:
        if (root / relative).exists():
            return root / relative
    raise MandataError("installation", "a file of the package is missing", relative, "install mandata again")


def read_yaml(path: Path) -> Any:
    """Return the content of a YAML file.

    Raises:
        MandataError: the file is missing or is not YAML; the message has the line and column.
    """
    try:
        return yaml.load(path.read_text(encoding="utf-8"), Loader=_LOADER)
    except OSError as error:
        raise MandataError("file", error.strerror or "cannot be read", str(path)) from error
    except UnicodeDecodeError as error:
        raise MandataError("yaml", "is not UTF-8 text", str(path), "save it as UTF-8") from error
    except yaml.MarkedYAMLError as error:
        position = error.problem_mark
        at = f":{position.line + 1}:{position.column + 1}" if position else ""
        raise MandataError("yaml", f"is not YAML: {error.problem}", f"{path}{at}", "mend that line") from error
    except yaml.YAMLError as error:
        raise MandataError("yaml", f"is not YAML: {error}", str(path), "mend it") from error


@cache
def fingerprint() -> str:
    """Return the SHA-256 of the code and data on which reading a text depends; the same in every installation."""
    return _digest(("data/entities", "ontology/schemes"))


@cache
def build_fingerprint() -> str:
    """Return the SHA-256 of the code and data on which a knowledge base depends, besides its texts."""
    return _digest(("data", "ontology"))


def _digest(folders: Sequence[str]) -> str:
    code = [path for ending in ("*.py", "*.yaml") for path in _PACKAGE.rglob(ending) if "_shipped" not in path.parts]
    digest = hashlib.sha256()
    for root, paths in ((_PACKAGE, code), *((shipped_path(name), shipped_path(name).rglob("*.*")) for name in folders)):
        for path in sorted(path for path in paths if path.is_file()):
            digest.update(path.relative_to(root).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()
