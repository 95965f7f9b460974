"""Reads requests by SPARQL 1.1 Protocol, section 2: a query by GET, by POST of a form or by direct POST."""

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
_MAX_ENCODED_LENGTH: Final = 3  # bytes of a percent-encoded form for a byte of the text


@dataclass(frozen=True, slots=True)
class QueryRequest:
    """A query and its dataset, if the request states one: the default graphs and the named graphs."""

    text: str
    default: tuple[str, ...] = ()
    named: tuple[str, ...] = ()


def check_method(scope: Scope, methods: tuple[str, ...]) -> None:
    """Check that the method of a request is allowed, also a method that a header overrides it with.

    Args:
        scope: the request.
        methods: the allowed methods.

    Raises:
        RefusedError: the method is another; the message states how a knowledge base is changed.
    """
    headers = Headers(scope=scope)
    for method in (scope["method"], *(headers[name].upper() for name in _OVERRIDES if name in headers)):
        if method not in methods:
            mend = f"use {' or '.join(methods)}; {CHANGED_BY}"
            raise _refusal(405, "method", f"{method[:20]} is not offered here", mend)


def update_refusal() -> RefusedError:
    """Return the error for an update in any form; its message states how a knowledge base is changed."""
    return _refusal(403, "query-update", "this endpoint takes no updates", CHANGED_BY)


async def read_query(scope: Scope, receive: Receive, max_bytes: int) -> QueryRequest | None:
    """Return the query of a request; None for a GET without one, which requests the service description.

    Args:
        scope: the request.
        receive: yields its body.
        max_bytes: the longest text of a query that is allowed.

    Raises:
        RefusedError: the request is no query by the protocol.
    """
    fields = parameters(scope)
    if scope["method"] != "POST":
        if any(name == "update" for name, _ in fields):
            raise update_refusal()
        return _query_request(fields) if any(name == "query" for name, _ in fields) else None
    kind, body = await _read_post(scope, receive, max_bytes)
    if kind == FORM:
        fields += _fields(body)
        if any(name == "update" for name, _ in fields):
            raise update_refusal()
        return _query_request(fields)
    if kind == UPDATE:
        raise update_refusal()
    if kind != QUERY:
        raise _refusal(415, "media-type", f'"{kind[:80]}" is no form of a query', f"send {QUERY} or {FORM}")
    return _query_request([*fields, ("query", _text(body))])


def parameters(scope: Scope) -> list[tuple[str, str]]:
    """Return the fields in the query string of a request; raises RefusedError if they are not UTF-8, or too many."""
    return _fields(scope["query_string"])


async def read_body(receive: Receive, max_bytes: int) -> bytes:
    """Return the body of a request.

    Args:
        receive: yields the body.
        max_bytes: the longest body that is allowed.

    Raises:
        RefusedError: it is longer, or the client has disconnected.
    """
    chunks, size, has_more = [], 0, True
    while has_more:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise _refusal(400, "left", "the client has gone", "")
        chunks.append(message.get("body", b""))
        size += len(chunks[-1])
        if size > max_bytes:
            raise _refusal(413, "body-size", f"the request is longer than {max_bytes} bytes", "send less at a time")
        has_more = message.get("more_body", False)
    return b"".join(chunks)


def media_type(scope: Scope) -> str:
    """Return the media type of the body of a request, without parameters.

    Raises:
        RefusedError: it is in an encoding other than UTF-8.
    """
    kind, _, parameters = Headers(scope=scope).get("content-type", "").lower().partition(";")
    for parameter in parameters.split(";"):
        name, _, value = parameter.partition("=")
        if name.strip() == "charset" and value.strip(' "') not in ("utf-8", "utf8", "us-ascii"):
            raise _refusal(415, "encoding", f"the encoding {value.strip()[:40]} is not taken", "send UTF-8")
    return kind.strip()


def absolute_url(scope: Scope, path: str = "") -> str:
    """Return the absolute URL of the requested resource, the base of relative IRIs, or of another path on this server.

    Args:
        scope: the request.
        path: the other path, if not that of the request.

    Raises:
        RefusedError: the header Host is malformed.
    """
    host = Headers(scope=scope).get("host", "localhost")
    if not _HOST.fullmatch(host):
        raise _refusal(400, "host", "the host named by the request is none", "name this server")
    return f"{scope['scheme']}://{host}{path or quote(scope['path'])}"


def takes_gzip(headers: Headers) -> bool:
    """Return whether the client accepts answers compressed by gzip."""
    for coding in headers.get("accept-encoding", "").lower().split(","):
        name, _, quality = coding.replace(" ", "").partition(";q=")
        if name == "gzip":
            return quality.strip("0.") != "" if quality else True
    return False


async def _read_post(scope: Scope, receive: Receive, max_bytes: int) -> tuple[str, bytes]:
    return media_type(scope), await read_body(receive, max_bytes * _MAX_ENCODED_LENGTH + 8192)


def _fields(encoded: bytes) -> list[tuple[str, str]]:
    try:
        text = encoded.decode("utf-8")
        return parse_qsl(text, keep_blank_values=True, errors="strict", max_num_fields=_MOST_FIELDS)
    except UnicodeDecodeError as error:
        raise _refusal(400, "encoding", "the request is not UTF-8", "send UTF-8") from error
    except ValueError as error:
        raise _refusal(413, "fields", f"the request has more than {_MOST_FIELDS} fields", "send fewer") from error


def _text(body: bytes) -> str:
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError as error:
        raise _refusal(400, "encoding", f"byte {error.start + 1} is not UTF-8", "send UTF-8") from error


def _query_request(fields: list[tuple[str, str]]) -> QueryRequest:
    texts = [value for field, value in fields if field == "query"]
    if len(texts) != 1:
        raise _refusal(400, "one-text", f"the request has {len(texts)} fields named query", "send one")
    return QueryRequest(
        texts[0],
        tuple(value for field, value in fields if field == "default-graph-uri"),
        tuple(value for field, value in fields if field == "named-graph-uri"),
    )


def _refusal(status: int, code: str, what: str, mend: str) -> RefusedError:
    return RefusedError(status, MandataError(code, what, "the request", mend))
