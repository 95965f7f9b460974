"""A call to a store far away: who asks is told before a body is sent, and no server sends a call on to another.

A server that wants a digest may close the connection while it is still being sent a body it will not take; so its
challenge is asked for first, with a request that has none. A call that followed a redirection would bear the token to
whatever server that names.
"""

from __future__ import annotations

import base64
import os
from dataclasses import dataclass, field
from http.client import HTTPResponse
from typing import cast
from urllib.error import HTTPError
from urllib.parse import urlsplit
from urllib.request import (
    HTTPDigestAuthHandler,
    HTTPPasswordMgrWithDefaultRealm,
    HTTPRedirectHandler,
    Request,
    build_opener,
    parse_http_list,
    parse_keqv_list,
)


class _Stay(HTTPRedirectHandler):
    """Follows no redirection: then it is raised as the answer's status."""

    def redirect_request(self, *_: object) -> None:
        """Make no request of it."""


_OPENER = build_opener(_Stay)


def call(request: Request, seconds: float) -> HTTPResponse:
    """Send a request to the server that it names, and to no other; raises what ``urlopen`` does."""
    return cast("HTTPResponse", _OPENER.open(request, timeout=seconds))


def is_address(url: str) -> bool:
    """Tell whether this is an address of http or https, with a host."""
    parts = urlsplit(url)
    return parts.scheme in ("http", "https") and bool(parts.netloc)


@dataclass(frozen=True)
class Credentials:
    """What is told to a store; nothing, where neither a token nor a user is given."""

    token: str = field(default="", repr=False)
    user: str = ""
    password: str = field(default="", repr=False)
    _challenges: dict[str, dict[str, str]] = field(default_factory=dict, repr=False)
    _passwords: HTTPPasswordMgrWithDefaultRealm = field(default_factory=HTTPPasswordMgrWithDefaultRealm, repr=False)

    def authorise(self, request: Request, seconds: float) -> None:
        """Put on a request what its server wants; raises what ``call`` does where there is no server."""
        if self.token:
            request.add_header("Authorization", f"Bearer {self.token}")
        elif self.user and (challenge := self._challenge(request, seconds)):
            self._passwords.add_password(None, request.full_url, self.user, self.password)
            digest = HTTPDigestAuthHandler(self._passwords).get_authorization(request, challenge)
            request.add_header("Authorization", f"Digest {digest}")
        elif self.user:
            words = base64.b64encode(f"{self.user}:{self.password}".encode()).decode()
            request.add_header("Authorization", f"Basic {words}")

    def _challenge(self, request: Request, seconds: float) -> dict[str, str]:
        """Return how the server wants a digest made; nothing where it wants none."""
        place = urlsplit(request.full_url)._replace(query="", fragment="").geturl()
        if place not in self._challenges:
            self._challenges[place] = self._asked(Request(request.full_url), seconds)
        return self._challenges[place]

    @staticmethod
    def _asked(request: Request, seconds: float) -> dict[str, str]:
        try:
            with call(request, seconds):
                return {}
        except HTTPError as error:
            scheme, _, rest = error.headers.get("WWW-Authenticate", "").partition(" ")
            return parse_keqv_list(parse_http_list(rest)) if scheme.lower() == "digest" else {}


def from_environment() -> Credentials:
    """Return what ``MANDATA_TOKEN``, or ``MANDATA_STORE_USER`` and ``MANDATA_STORE_PASSWORD``, say."""
    return Credentials(
        os.environ.get("MANDATA_TOKEN", ""),
        os.environ.get("MANDATA_STORE_USER", ""),
        os.environ.get("MANDATA_STORE_PASSWORD", ""),
    )
