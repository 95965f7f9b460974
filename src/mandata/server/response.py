"""Sends answers over HTTP: complete ones, values as JSON, and errors as RFC 9457 problem details."""

from __future__ import annotations

import json
from typing import Any, Final

from starlette.types import Send

from mandata.server.answer import RefusedError
from mandata.server.formats import PROBLEM

Fields = list[tuple[bytes, bytes]]
NOT_MODIFIED: Final = 304


async def send_whole(send: Send, status: int, fields: Fields, body: bytes) -> None:
    """Send a complete answer.

    Args:
        send: sends messages to the client.
        status: the HTTP status.
        fields: the header fields, without Content-Length.
        body: the body.
    """
    if status != NOT_MODIFIED:
        fields = [*fields, (b"content-length", b"%d" % len(body))]
    await send({"type": "http.response.start", "status": status, "headers": fields})
    await send({"type": "http.response.body", "body": body})


async def send_json(send: Send, value: Any, status: int = 200) -> None:
    """Send ``value`` as JSON, with an HTTP status, through ``send``."""
    body = json.dumps(value, ensure_ascii=False, indent=2).encode() + b"\n"
    await send_whole(send, status, [(b"content-type", b"application/json")], body)


async def send_problem(send: Send, fault: RefusedError, extra: Fields | None = None) -> None:
    """Send an error as problem details: what is wrong, where, and how to mend it.

    Args:
        send: sends messages to the client.
        fault: the error.
        extra: further header fields.
    """
    body = {
        "type": "about:blank",
        "title": fault.what,
        "status": fault.status,
        "detail": str(fault),
        "code": fault.code,
        "where": fault.where,
        "mend": fault.mend,
    }
    fields = [(b"content-type", PROBLEM.encode()), (b"cache-control", b"no-store"), *(extra or [])]
    if fault.retry_after:
        fields.append((b"retry-after", b"%d" % fault.retry_after))
    await send_whole(
        send, fault.status, fields, json.dumps(body, ensure_ascii=False).encode("utf-8", "replace") + b"\n"
    )


def matches_etag(sent: str, tag: str) -> bool:
    """Return whether an If-None-Match header lists an entity tag, by the weak comparison of RFC 9110.

    Args:
        sent: the header; ``*`` matches nothing here, since it is not known yet whether there is an answer.
        tag: the entity tag of the present answer.
    """
    return tag.removeprefix("W/") in (each.strip().removeprefix("W/") for each in sent.split(","))
