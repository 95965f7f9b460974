"""The process in which ``isolated_endpoint`` has an endpoint asked: it can reach the network, and can be ended."""

from __future__ import annotations

import json
import os
from typing import Final

import pyoxigraph as ox

from mandata.errors import MandataError, internal_error
from mandata.isolation.call import serve
from mandata.query.remote import Endpoint
from mandata.query.source import Result, Solutions
from mandata.query.sparql import as_json

MOST_ROWS: Final = 1_000_000
"""Rows or triples that one answer may have: a row without values takes two bytes on the wire, and much more here."""


def answer(request: bytes) -> bytes:
    """Return a line of JSON about the answer to a query, or its fault, and the answer as JSON or N-Triples."""
    asked = json.loads(request)
    os.environ.update(asked["environment"])  # the fork server may have been started with others
    try:
        endpoint = Endpoint(asked["url"], asked["seconds"])
        endpoint.keeps_each_once = asked["keeps_each_once"]
        result = endpoint.run(asked["query"])
        _check_size(result, asked["url"])
        form, body = _serialize(result)
    except MandataError as error:
        fault = error
    except MemoryError:
        fault = MandataError("endpoint-memory", "its answer takes too much memory", asked["url"], "ask for less")
    except Exception as error:  # a fault of ours is never a traceback
        fault = internal_error(error)
    else:
        return json.dumps({"form": form, "keeps_each_once": endpoint.keeps_each_once}).encode() + b"\n" + body
    return json.dumps({"fault": [fault.code, fault.what, fault.where, fault.mend]}).encode()


def _check_size(result: Result, url: str) -> None:
    rows = result.rows if isinstance(result, Solutions) else result
    if not isinstance(rows, bool) and len(rows) > MOST_ROWS:
        raise MandataError("endpoint-size", f"sends more than {MOST_ROWS} rows", url, "ask for less at a time")


def _serialize(result: Result) -> tuple[str, bytes]:
    if isinstance(result, list):
        return "triples", ox.serialize(result, format=ox.RdfFormat.N_TRIPLES) or b""
    return "results", as_json(result).encode()


if __name__ == "__main__":
    serve(answer, network=True)
