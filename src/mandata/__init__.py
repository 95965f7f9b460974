"""mandata: United Nations mandates as linked data.

``read`` reads a document, ``build`` builds a knowledge base, ``open_kb`` opens one, which is then asked, queried and
explained. What a name needs is loaded when the name is first used.
"""

from __future__ import annotations

from pkgutil import resolve_name
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from mandata.errors import MandataError
    from mandata.library.building import build
    from mandata.library.documents import DocumentRecord as Document
    from mandata.library.documents import read
    from mandata.library.opened import OpenKnowledgeBase as KnowledgeBase
    from mandata.library.opened import open_kb
    from mandata.library.rows import Rows
    from mandata.proof.forms.explanation import Explanation as Proof

__version__ = "0.1.0"
__all__ = ["Document", "KnowledgeBase", "MandataError", "Proof", "Rows", "__version__", "build", "open_kb", "read"]

_PLACES = {
    "Document": "library.documents:DocumentRecord",
    "KnowledgeBase": "library.opened:OpenKnowledgeBase",
    "MandataError": "errors:MandataError",
    "Proof": "proof.forms.explanation:Explanation",
    "Rows": "library.rows:Rows",
    "build": "library.building:build",
    "open_kb": "library.opened:open_kb",
    "read": "library.documents:read",
}


def __getattr__(name: str) -> Any:
    """Load a public name; raises AttributeError for any other."""
    if name not in _PLACES:
        message = f"module 'mandata' has no attribute {name!r}"
        raise AttributeError(message)
    found = globals()[name] = resolve_name(f"mandata.{_PLACES[name]}")
    return found


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
