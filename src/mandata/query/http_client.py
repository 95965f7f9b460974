"""The HTTP client for everything that this package sends out, upon httpx.

Each request has a total time limit and a bound on the bytes of its reply. httpx itself limits single reads only, so a
server that sends a byte a second could go on for ever; here one deadline cancels whatever is being waited for: the
address of a host, the connection, the header, the body. Redirections are not followed: a request that followed one
would bear the password to whatever server that names. Replies are not compressed, so that none unfolds to gigabytes.
Proxies and netrc files, which the environment may name, are not used: a request goes to the server that it names.
"""

from __future__ import annotations

import asyncio
import os
import ssl
import threading
import time
from collections.abc import Awaitable, Generator, Mapping
from contextlib import closing
from functools import cache, partial
from typing import Final, Self, TypeVar, cast

import httpx

from mandata import __version__
from mandata.errors import MandataError
from mandata.query.http_credentials import Credentials

T = TypeVar("T")
_Steps = Generator[tuple[httpx.Response, bytes], None, None]

_HEADERS: Final = {"Accept-Encoding": "identity", "User-Agent": f"mandata/{__version__}"}


def is_http_url(url: str) -> bool:
    """Return whether this is an absolute URL of http or https, with a host."""
    try:
        parsed = httpx.URL(url)
    except (httpx.InvalidURL, ValueError):  # ValueError: letters that cannot be encoded
        return False
    return parsed.scheme in ("http", "https") and bool(parsed.host) and (parsed.port or 0) < 1 << 16


class HttpReply:
    """The reply to a request; its body is read like a file, as it comes, and closed at its end.

    Args:
        response: status and header.
        steps: yields the response with each piece of the body.
        most: bytes that the body may have.
    """

    def __init__(self, response: httpx.Response, steps: _Steps, most: int) -> None:
        self.status, self.url = response.status_code, str(response.url)
        self.media_type = response.headers.get("Content-Type", "text/plain").partition(";")[0].strip().lower()
        self.is_success = response.is_success
        self._headers, self._steps, self._rest = response.headers, steps, b""
        self._most = self._left = most

    def __enter__(self) -> Self:
        """Return the reply."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close the connection, whether or not the body was read."""
        self._steps.close()

    def header(self, name: str) -> str:
        """Return a field of the header; an empty string if there is none."""
        return cast("str", self._headers.get(name, ""))

    def read(self, size: int = -1) -> bytes:
        """Return the next bytes of the body, at most ``size`` if that is positive; an empty string at the end.

        Raises:
            TimeoutError: the time limit is over.
            ConnectionError: the body is cut off.
            MandataError: the body has more bytes than allowed.
        """
        if not self._rest:
            self._rest = self._next_piece()
            self._left -= len(self._rest)
        if self._left < 0:
            self._steps.close()
            raise MandataError(
                "endpoint-size", f"sends more than {self._most} bytes", self.url, "ask for less at a time"
            )
        end = size if size > 0 else len(self._rest)
        piece, self._rest = self._rest[:end], self._rest[end:]
        return piece

    def _next_piece(self) -> bytes:
        try:
            return next(self._steps, (None, b""))[1]
        except ConnectionError as error:
            words = f"the answer is cut off: {error}"
            raise ConnectionError(words) from error

    def excerpt(self, size: int) -> str:
        """Return the beginning of the body as text, for a message; what cannot be read is left out."""
        words = b""
        try:
            while len(words) < size and (piece := self.read(size)):
                words += piece
        except (OSError, MandataError):
            self._steps.close()
        return words[:size].decode("utf-8", "replace")


class HttpClient:
    """Sends requests, each over a connection of its own.

    Args:
        seconds: how long a request may take in all, until the last byte of its reply is read.
        most: bytes that a reply may have.
        credentials: who asks.
    """

    def __init__(self, seconds: float, most: int, credentials: Credentials) -> None:
        self._seconds, self._most, self._credentials = seconds, most, credentials

    def send(self, method: str, url: str, headers: Mapping[str, str], body: bytes | None = None) -> HttpReply:
        """Send a request, and return the reply once its header is there, whatever its status is.

        Args:
            method: such as ``GET``.
            url: the address that is asked, and no other.
            headers: fields besides those that each request has.
            body: what is sent.

        Raises:
            TimeoutError: the time limit is over.
            ConnectionError: there is no such server, or what it sends is not what HTTP lets it send.
        """
        deadline = time.monotonic() + self._seconds
        try:
            request = httpx.Request(method, url, headers=_HEADERS, content=body)
            request.headers.update(headers)
            self._credentials.authorise(request, partial(_response, deadline))
        except (httpx.InvalidURL, ValueError) as error:
            raise ConnectionError(str(error)) from error
        steps = _exchange(deadline, request)
        response, _ = next(steps)
        if response.headers.get("Content-Encoding", "identity").lower() != "identity":
            steps.close()
            raise ConnectionError("the answer is compressed, and was asked not to be")
        return HttpReply(response, steps, self._most)


def _response(deadline: float, request: httpx.Request) -> httpx.Response:
    """Return the response to a request, its body unread."""
    with closing(_exchange(deadline, request)) as steps:
        return next(steps)[0]


def _exchange(deadline: float, request: httpx.Request) -> _Steps:
    """Yield the response once its header is there, then with each piece of its body; close the connection at the end.

    It is closed, too, if the generator is dropped before its end.
    """
    client = httpx.AsyncClient(verify=_tls(), timeout=None, trust_env=False, follow_redirects=False)
    try:
        response = _run(deadline, client.send(request, stream=True))
        yield response, b""
        pieces = response.aiter_raw()
        while piece := _run(deadline, anext(pieces, b"")):
            yield response, piece
    except (httpx.HTTPError, ValueError) as error:  # ValueError: a host's name that no resolver takes
        raise ConnectionError(_cause(error)) from error
    finally:
        asyncio.run_coroutine_threadsafe(client.aclose(), _loop(os.getpid()))


def _run(deadline: float, step: Awaitable[T]) -> T:
    """Return what a step results in; raises TimeoutError if it takes longer."""

    async def run() -> T:
        async with asyncio.timeout(deadline - time.monotonic()):
            return await step

    return asyncio.run_coroutine_threadsafe(run(), _loop(os.getpid())).result()


@cache
def _loop(_process: int) -> asyncio.AbstractEventLoop:
    """Return the event loop of this process, in a thread of its own.

    So a request can be made, and dropped, wherever the caller is: beside a loop that runs, as in a notebook, or while
    garbage is collected.
    """
    loop = asyncio.new_event_loop()
    threading.Thread(target=loop.run_forever, name="mandata-http", daemon=True).start()
    return loop


@cache
def _tls() -> ssl.SSLContext:
    """Return what verifies servers, by the certificates that the system trusts."""
    return ssl.create_default_context()


def _cause(error: BaseException | None) -> str:
    """Return the words of the first error, such as ``Connection refused``, which those that it led to leave out."""
    words = type(error).__name__
    while error is not None:
        words = str(error) or words
        error = error.__cause__ or error.__context__  # httpcore drops the cause, and not the context
    return words
