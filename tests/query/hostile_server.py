"""A server that breaks a rule at every place where one can be broken: it speaks over the socket, byte by byte."""

from __future__ import annotations

import contextlib
import gzip
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

JSON = b"application/sparql-results+json"
TRICKLE = 0.05
"""Seconds between two bytes of a server that trickles; it would go on for an hour."""

_HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: "
_NESTED_TERMS = b"<urn:a> <urn:b> " + b"<<( <urn:a> <urn:b> " * 100_000 + b"<urn:c>" + b" )>>" * 100_000 + b" .\n"
_NESTED_RDF = (
    b'<r:RDF xmlns:r="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:a="urn:a#">'
    + b"<r:Description><a:b>" * 500_000
)
_BOMB = gzip.compress(bytes(64 << 20))


def trickle(connection: socket.socket, start: bytes, byte: bytes) -> None:
    connection.sendall(start)
    for _ in range(int(3600 / TRICKLE)):
        connection.sendall(byte)
        time.sleep(TRICKLE)


def endless(connection: socket.socket, start: bytes, block: bytes) -> None:
    connection.sendall(start)
    while True:
        connection.sendall(block)


def silent(connection: socket.socket) -> None:
    while connection.recv(1 << 16):
        pass


BEHAVIOURS: dict[str, Callable[[socket.socket], object]] = {
    "silent": silent,
    "trickled-header": lambda to: trickle(to, _HEAD + JSON + b"\r\nX-Long: ", b"a"),
    "trickled-body": lambda to: trickle(to, _HEAD + JSON + b"\r\nContent-Length: 99999999\r\n\r\n", b" "),
    "trickled-chunks": lambda to: trickle(to, _HEAD + JSON + b"\r\nTransfer-Encoding: chunked\r\n\r\n", b"1\r\n \r\n"),
    "trickled-refusal": lambda to: trickle(to, b"HTTP/1.1 500 No\r\nContent-Length: 99999999\r\n\r\n", b"no "),
    "endless-continue": lambda to: endless(to, b"", b"HTTP/1.1 100 Continue\r\n\r\n"),
    "endless-header": lambda to: endless(to, _HEAD + JSON + b"\r\nX-Long: ", b"a" * 4096),
    "endless-body": lambda to: endless(to, _HEAD + JSON + b"\r\n\r\n", b" " * 4096),
    "endless-triples": lambda to: endless(
        to, _HEAD + b"application/n-triples\r\n\r\n", b"<urn:a> <urn:b> <urn:c> .\n" * 99
    ),
    "endless-refusal": lambda to: endless(to, b"HTTP/1.1 404 No\r\n\r\n", b"no " * 999),
    "gzip-bomb": lambda to: to.sendall(
        _HEAD + JSON + b"\r\nContent-Encoding: gzip\r\nContent-Length: %d\r\n\r\n" % len(_BOMB) + _BOMB
    ),
    "redirection": lambda to: to.sendall(
        b"HTTP/1.1 307 Elsewhere\r\nLocation: http://%s:%d/redirection\r\nContent-Length: 0\r\n\r\n" % address(to)
    ),
    "web-page": lambda to: to.sendall(_HEAD + b"text/html\r\nContent-Length: 13\r\n\r\n<html></html>"),
    "cut-off": lambda to: to.sendall(_HEAD + JSON + b'\r\nContent-Length: 99\r\n\r\n{"head":{"vars":[]},'),
    "cut-off-chunk": lambda to: to.sendall(_HEAD + JSON + b"\r\nTransfer-Encoding: chunked\r\n\r\n99\r\n{"),
    "closed": lambda _: None,
    "no-http": lambda to: to.sendall(b"SSH-2.0-OpenSSH_9.9\r\n"),
    "doctype": lambda to: to.sendall(
        _HEAD + b'application/rdf+xml\r\n\r\n<!DOCTYPE r [<!ENTITY e "e">]><r xmlns="urn:r">&e;</r>'
    ),
    "many-rows": lambda to: to.sendall(
        _HEAD + JSON + b'\r\n\r\n{"head":{"vars":["x"]},"results":{"bindings":[' + b"{}," * 2_000_000 + b"{}]}}"
    ),
    "nested-terms": lambda to: to.sendall(_HEAD + b"application/n-triples\r\n\r\n" + _NESTED_TERMS),
    "nested-rdf": lambda to: to.sendall(_HEAD + b"application/rdf+xml\r\n\r\n" + _NESTED_RDF),
    "strange-digest": lambda to: to.sendall(
        b'HTTP/1.1 401 Who\r\nWWW-Authenticate: Digest realm="r", nonce="n", algorithm=ROT13\r\n'
        b"Content-Length: 0\r\n\r\n"
    ),
}


def address(connection: socket.socket) -> tuple[bytes, int]:
    host, port = connection.getsockname()
    return host.encode(), port


class HostileServer:
    """Answers each connection by the behaviour that the path of its request names; it keeps the header of each."""

    def __init__(self, listening: socket.socket) -> None:
        self._listening = listening
        self.headers: list[bytes] = []
        self.open = 0

    def url(self, behaviour: str) -> str:
        return f"http://127.0.0.1:{self._listening.getsockname()[1]}/{behaviour}"

    def accept(self) -> None:
        while True:
            try:
                connection, _ = self._listening.accept()
            except OSError:  # the test is over
                return
            self.open += 1
            threading.Thread(target=self._serve, args=(connection,), daemon=True).start()

    def _serve(self, connection: socket.socket) -> None:
        with connection, contextlib.suppress(OSError):
            header = connection.recv(1 << 16)
            self.headers.append(header)
            path = header.split(b" ")[1].decode()
            BEHAVIOURS[path.partition("?")[0].strip("/")](connection)
            connection.shutdown(socket.SHUT_WR)
            silent(connection)  # what was not received would make the system reset the connection
        self.open -= 1


@contextmanager
def hostile_server() -> Iterator[HostileServer]:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        server = HostileServer(listening)
        threading.Thread(target=server.accept, daemon=True).start()
        yield server
        listening.shutdown(socket.SHUT_RDWR)
