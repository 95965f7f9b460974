"""The assets of pages: style sheets, scripts, and the query editor if the package was built with it."""

from __future__ import annotations

import gzip
import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from starlette.datastructures import Headers
from starlette.types import Receive, Scope, Send

from mandata.errors import MandataError
from mandata.server.answer import RefusedError
from mandata.server.request import takes_gzip
from mandata.server.response import NOT_MODIFIED, matches_etag, send_whole
from mandata.site.static_site import ASSETS

EDITOR: Final = Path(__file__).with_name("editor")
"""The folder in which the build puts the query editor; empty if it had no npm."""
_FOLDERS: Final = (ASSETS, Path(__file__).with_name("assets"), EDITOR)
_KINDS: Final = {
    ".css": b"text/css; charset=utf-8",
    ".js": b"text/javascript; charset=utf-8",
    ".svg": b"image/svg+xml",
    ".txt": b"text/plain; charset=utf-8",
}
_VARY: Final = (b"vary", b"accept-encoding")


def has_editor() -> bool:
    """Return whether the package was built with the query editor."""
    return (EDITOR / "yasgui.min.js").is_file()


@dataclass(frozen=True, slots=True)
class _Asset:
    kind: bytes
    body: bytes
    gzipped: bytes
    tag: str


@cache
def _assets() -> dict[str, Callable[[], _Asset]]:
    """Return a reader of each asset by its name; no other file is ever read."""
    files = [path for folder in _FOLDERS if folder.is_dir() for path in folder.iterdir() if path.suffix in _KINDS]
    return {path.name: cache(lambda path=path: _read(path)) for path in files}


def _read(path: Path) -> _Asset:
    body = path.read_bytes()
    return _Asset(_KINDS[path.suffix], body, gzip.compress(body, mtime=0), f'"{hashlib.sha256(body).hexdigest()[:32]}"')


async def assets(scope: Scope, receive: Receive, send: Send) -> None:  # noqa: ARG001 - as every endpoint
    """Send an asset.

    Raises:
        RefusedError: there is none of that name.
    """
    load = _assets().get(scope["path_params"]["name"])
    if load is None:
        raise RefusedError(404, MandataError("not-found", "there is nothing here", scope["path"][:200], "see /"))
    asset, headers = load(), Headers(scope=scope)
    fields = [(b"etag", asset.tag.encode()), (b"cache-control", b"no-cache"), _VARY]
    if matches_etag(headers.get("if-none-match", ""), asset.tag):
        await send_whole(send, NOT_MODIFIED, fields, b"")
        return
    fields.append((b"content-type", asset.kind))
    if takes_gzip(headers):
        await send_whole(send, 200, [*fields, (b"content-encoding", b"gzip")], asset.gzipped)
    else:
        await send_whole(send, 200, fields, asset.body)
