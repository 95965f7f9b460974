"""Where the files that travel with the package are: ``ontology/`` and ``data/``."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import yaml

from mandata.errors import MandataError

_PACKAGE = Path(__file__).resolve().parent
_ROOTS = (_PACKAGE / "_shipped", _PACKAGE.parent.parent)  # in a wheel; in a checkout


@cache
def shipped(relative: str) -> Path:
    """Return the path of a shipped file or folder, such as ``ontology/mandata.ttl``.

    Raises:
        MandataError: the installation is incomplete.
    """
    for root in _ROOTS:
        if (root / relative).exists():
            return root / relative
    raise MandataError("installation", "a file of the package is missing", relative, "install mandata again")


def read_yaml(path: Path) -> Any:
    """Return what a YAML file holds.

    Raises:
        MandataError: the file is missing or is not YAML; says the line and column.
    """
    try:
        return yaml.safe_load(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise MandataError("file", error.strerror or "cannot be read", str(path)) from error
    except UnicodeDecodeError as error:
        raise MandataError("yaml", "is not UTF-8 text", str(path), "save it as UTF-8") from error
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        at = f":{mark.line + 1}:{mark.column + 1}" if mark else ""
        raise MandataError("yaml", f"is not YAML: {error.problem}", f"{path}{at}", "mend that line") from error
    except yaml.YAMLError as error:
        raise MandataError("yaml", f"is not YAML: {error}", str(path), "mend it") from error
