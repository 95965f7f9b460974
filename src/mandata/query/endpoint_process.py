"""The process in which ``isolated_endpoint`` has an endpoint asked: it can reach the network, and can be ended."""

from __future__ import annotations

import json
import os

import pyoxigraph as ox

from mandata.errors import MandataError, internal_error
from mandata.isolation.call import serve
from mandata.query.remote import Endpoint
from mandata.query.source import Result
from mandata.query.sparql import as_json


def answer(request: bytes) -> bytes:
    """Return a line of JSON about the answer to a query, or its fault, and the answer as JSON or N-Triples."""
    asked = json.loads(request)
    os.environ.update(asked["environment"])  # the fork server may have been started with others
    try:
        endpoint = Endpoint(asked["url"], asked["seconds"])
        endpoint.keeps_each_once = asked["keeps_each_once"]
        form, body = _serialize(endpoint.run(asked["query"]))
    except MandataError as error:
        fault = error
    except MemoryError:
        fault = MandataError("endpoint-memory", "its answer takes too much memory", asked["url"], "ask for less")
    except Exception as error:  # a fault of ours is never a traceback
        fault = internal_error(error)
    else:
        return json.dumps({"form": form, "keeps_each_once": endpoint.keeps_each_once}).encode() + b"\n" + body
    return json.dumps({"fault": [fault.code, fault.what, fault.where, fault.mend]}).encode()


def _serialize(result: Result) -> tuple[str, bytes]:
    if isinstance(result, list):
        return "triples", ox.serialize(result, format=ox.RdfFormat.N_TRIPLES) or b""
    return "results", as_json(result).encode()


if __name__ == "__main__":
    serve(answer, network=True)
