"""Answers over HTTP: whole, in pieces, as JSON, and faults by RFC 9457."""

from __future__ import annotations

import json
from typing import Any, Final

from starlette.types import Send

from mandata.server.answer import RefusedError
from mandata.server.formats import PROBLEM

Fields = list[tuple[bytes, bytes]]
NOT_MODIFIED: Final = 304


async def whole(send: Send, status: int, fields: Fields, body: bytes) -> None:
    """Send an answer that is at hand."""
    if status != NOT_MODIFIED:
        fields = [*fields, (b"content-length", b"%d" % len(body))]
    await send({"type": "http.response.start", "status": status, "headers": fields})
    await send({"type": "http.response.body", "body": body})


async def as_json(send: Send, value: Any, status: int = 200) -> None:
    """Send a value as JSON."""
    body = json.dumps(value, ensure_ascii=False, indent=2).encode() + b"\n"
    await whole(send, status, [(b"content-type", b"application/json")], body)


async def problem(send: Send, fault: RefusedError, extra: Fields | None = None) -> None:
    """Send a fault: what is wrong, where, and how to mend it."""
    told = {
        "type": "about:blank",
        "title": fault.what,
        "status": fault.status,
        "detail": str(fault),
        "code": fault.code,
        "where": fault.where,
        "mend": fault.mend,
    }
    fields = [(b"content-type", PROBLEM.encode()), (b"cache-control", b"no-store"), *(extra or [])]
    if fault.again:
        fields.append((b"retry-after", b"%d" % fault.again))
    await whole(send, fault.status, fields, json.dumps(told, ensure_ascii=False).encode("utf-8", "replace") + b"\n")


def has_tag(sent: str, tag: str) -> bool:
    """Return whether an If-None-Match header names a tag; weak and strong are alike, by RFC 9110.

    ``*`` names none here: whether there is anything at all is not known yet.
    """
    return tag.removeprefix("W/") in (one.strip().removeprefix("W/") for one in sent.split(","))
