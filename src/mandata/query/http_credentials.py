"""Who asks a server: a token, or a user with a password by Digest if the server asks for that, else by Basic.

A server that asks for Digest may close the connection while it is still being sent a body that it will not take, so its
challenge is fetched first, by a request without a body.
"""

from __future__ import annotations

import os
from collections.abc import Callable

import httpx

from mandata.errors import MandataError


class Credentials:
    """What a server is given to know who asks; nothing if there is neither a token nor a user.

    Raises:
        MandataError: the token cannot stand in a header.
    """

    def __init__(self, token: str = "", user: str = "", password: str = "") -> None:
        if not (token.isascii() and token.isprintable()):
            mend = "set it to the token alone, without a line break"
            raise MandataError("usage", "holds what no token has", "MANDATA_TOKEN", mend)
        self._token, self._user, self._password = token, user, password
        self._schemes: dict[httpx.URL, httpx.Auth] = {}

    def authorise(self, request: httpx.Request, send: Callable[[httpx.Request], httpx.Response]) -> None:
        """Put on a request what its server asks for.

        Args:
            request: what will be sent.
            send: sends a request, and returns its response without a body; called once for each address.

        Raises:
            ValueError: the server asks for a kind of Digest that is unknown.
        """
        if self._token:
            request.headers["Authorization"] = f"Bearer {self._token}"
        elif self._user:
            address = request.url.copy_with(query=None, fragment=None)
            if address not in self._schemes:
                self._schemes[address] = self._scheme(send(httpx.Request("GET", request.url)))
            next(self._schemes[address].auth_flow(request))

    def _scheme(self, response: httpx.Response) -> httpx.Auth:
        digest = httpx.DigestAuth(self._user, self._password)
        flow = digest.auth_flow(response.request)
        next(flow)
        try:
            flow.send(response)  # keeps the challenge, by which the next requests are answered for
        except StopIteration:
            return httpx.BasicAuth(self._user, self._password)
        except (httpx.ProtocolError, KeyError, NotImplementedError, ValueError) as error:
            raise ValueError("the server asks for a kind of Digest that is unknown") from error
        return digest


def credentials_from_environment() -> Credentials:
    """Return what ``MANDATA_TOKEN``, or ``MANDATA_STORE_USER`` and ``MANDATA_STORE_PASSWORD``, say."""
    names = ("MANDATA_TOKEN", "MANDATA_STORE_USER", "MANDATA_STORE_PASSWORD")
    return Credentials(*(os.environ.get(name, "") for name in names))
