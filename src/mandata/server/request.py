"""What a request asks, read by SPARQL 1.1 Protocol, part 2: by GET, by POST of a form, by POST of the text itself."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final
from urllib.parse import parse_qsl, quote

from starlette.datastructures import Headers
from starlette.types import Receive, Scope

from mandata.errors import MandataError
from mandata.server.answer import RefusedError

FORM: Final = "application/x-www-form-urlencoded"
QUERY: Final = "application/sparql-query"
UPDATE: Final = "application/sparql-update"
CHANGED_BY: Final = "a knowledge base is changed by `mandata add` and `mandata remove`"
_OVERRIDES: Final = ("x-http-method-override", "x-http-method", "x-method-override")
_MOST_FIELDS: Final = 500
_HOST: Final = re.compile(r"(?:[A-Za-z0-9._-]{1,253}|\[[0-9A-Fa-f:.]{2,45}\])(?::[0-9]{1,5})?")
_QUOTED: Final = 3  # bytes of a form or an address for a byte of the text


@dataclass(frozen=True, slots=True)
class Asked:
    """A query, and the graphs that it is over if the request names them."""

    text: str
    default: tuple[str, ...] = ()
    named: tuple[str, ...] = ()


def allow(scope: Scope, methods: tuple[str, ...]) -> None:
    """Let a request pass whose method is one of these, and that asks for no other in a header.

    Raises:
        RefusedError: the method is another; the message says how a knowledge base is changed.
    """
    headers = Headers(scope=scope)
    for method in (scope["method"], *(headers[name].upper() for name in _OVERRIDES if name in headers)):
        if method not in methods:
            mend = f"use {' or '.join(methods)}; {CHANGED_BY}"
            raise _refused(405, "method", f"{method[:20]} is not offered here", mend)


def refuse_update() -> RefusedError:
    """Return the refusal of an update, however it comes; its message says how a knowledge base is changed."""
    return _refused(403, "query-update", "this endpoint takes no updates", CHANGED_BY)


async def query_of(scope: Scope, receive: Receive, longest: int) -> Asked | None:
    """Return the query of a request; None for a GET without one, which asks what this endpoint is.

    Raises:
        RefusedError: the request is no query by the protocol.
    """
    fields = parameters(scope)
    if scope["method"] != "POST":
        if any(name == "update" for name, _ in fields):
            raise refuse_update()
        return _asked(fields) if any(name == "query" for name, _ in fields) else None
    kind, body = await _posted(scope, receive, longest)
    if kind == FORM:
        fields += _fields(body)
        if any(name == "update" for name, _ in fields):
            raise refuse_update()
        return _asked(fields)
    if kind == UPDATE:
        raise refuse_update()
    if kind != QUERY:
        raise _refused(415, "media-type", f'"{kind[:80]}" is no form of a query', f"send {QUERY} or {FORM}")
    return _asked([*fields, ("query", _text(body))])


def parameters(scope: Scope) -> list[tuple[str, str]]:
    """Return the fields of the address of a request; raises RefusedError where they are not UTF-8 or too many."""
    return _fields(scope["query_string"])


async def body_of(receive: Receive, longest: int) -> bytes:
    """Return the bytes that a request brings.

    Raises:
        RefusedError: they are more than allowed, or the client has gone.
    """
    pieces, size, more = [], 0, True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise _refused(400, "left", "the client has gone", "")
        pieces.append(message.get("body", b""))
        size += len(pieces[-1])
        if size > longest:
            raise _refused(413, "body-size", f"the request is longer than {longest} bytes", "send less at a time")
        more = message.get("more_body", False)
    return b"".join(pieces)


def kind_of(scope: Scope) -> str:
    """Return the media type of what a request brings, without parameters.

    Raises:
        RefusedError: it is in an encoding other than UTF-8.
    """
    kind, _, parameters = Headers(scope=scope).get("content-type", "").lower().partition(";")
    for parameter in parameters.split(";"):
        name, _, value = parameter.partition("=")
        if name.strip() == "charset" and value.strip(' "') not in ("utf-8", "utf8", "us-ascii"):
            raise _refused(415, "encoding", f"the encoding {value.strip()[:40]} is not taken", "send UTF-8")
    return kind.strip()


def address(scope: Scope, path: str = "") -> str:
    """Return the address of what was asked, or of another path here: relative IRIs are relative to it.

    Raises:
        RefusedError: the host that the request names is none.
    """
    host = Headers(scope=scope).get("host", "localhost")
    if not _HOST.fullmatch(host):
        raise _refused(400, "host", "the host named by the request is none", "name this server")
    return f"{scope['scheme']}://{host}{path or quote(scope['path'])}"


def takes_gzip(headers: Headers) -> bool:
    """Return whether the client takes answers pressed by gzip."""
    for coding in headers.get("accept-encoding", "").lower().split(","):
        name, _, quality = coding.replace(" ", "").partition(";q=")
        if name == "gzip":
            return quality.strip("0.") != "" if quality else True
    return False


async def _posted(scope: Scope, receive: Receive, longest: int) -> tuple[str, bytes]:
    return kind_of(scope), await body_of(receive, longest * _QUOTED + 8192)


def _fields(quoted: bytes) -> list[tuple[str, str]]:
    try:
        text = quoted.decode("utf-8")
        return parse_qsl(text, keep_blank_values=True, errors="strict", max_num_fields=_MOST_FIELDS)
    except UnicodeDecodeError as error:
        raise _refused(400, "encoding", "the request is not UTF-8", "send UTF-8") from error
    except ValueError as error:
        raise _refused(413, "fields", f"the request has more than {_MOST_FIELDS} fields", "send fewer") from error


def _text(body: bytes) -> str:
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError as error:
        raise _refused(400, "encoding", f"byte {error.start + 1} is not UTF-8", "send UTF-8") from error


def _asked(fields: list[tuple[str, str]]) -> Asked:
    texts = [value for field, value in fields if field == "query"]
    if len(texts) != 1:
        raise _refused(400, "one-text", f"the request has {len(texts)} fields named query", "send one")
    return Asked(
        texts[0],
        tuple(value for field, value in fields if field == "default-graph-uri"),
        tuple(value for field, value in fields if field == "named-graph-uri"),
    )


def _refused(status: int, code: str, what: str, mend: str) -> RefusedError:
    return RefusedError(status, MandataError(code, what, "the request", mend))
