"""A worker: a process that opens the store, does one job at a time, and may be killed at any moment."""

from __future__ import annotations

import json
import os
import socket
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from mandata.errors import MandataError
from mandata.isolation import fork_server
from mandata.isolation.framing import read_frames
from mandata.isolation.limits import limit_memory
from mandata.kb.knowledge_base import open_together
from mandata.kb.store import open_read_only
from mandata.query.remote import Endpoint
from mandata.query.search.find import index_of
from mandata.query.source import Embedded
from mandata.server.api.operations import AnswerSources, ApiOperations
from mandata.server.engine import Engine
from mandata.server.frame_kinds import READY, json_frame
from mandata.server.remote import RemoteEngine
from mandata.server.settings import ServedStore, served_from_json
from mandata.server.worker_reply import fault_frame
from mandata.site.stored_resources import source_lookup, store_lookup

_STATUS: Final = {  # the code of an error -> its HTTP status; any other is 400
    "query-size": 413,
    "query-update": 403,
    "query-service": 403,
    "not-acceptable": 406,
    "graph-unknown": 404,
    "media-type": 415,
    "no-index": 404,
    "steps": 404,
    "not-found": 404,
    "unknown-question": 404,
    "query-memory": 503,
    "endpoint": 502,
    "endpoint-size": 502,
    "xml-doctype": 502,
    "endpoint-busy": 503,
    "endpoint-time": 504,
}
JobHandlers = dict[str, Callable[[dict[str, Any]], None]]
"""The function that does a job, by the kind of job."""
Open = Callable[[socket.socket, ServedStore], JobHandlers]
"""Opens what is served and returns the handlers of jobs, which send their answers over the connection."""


def serve(open_handlers: Open) -> None:
    """Run as the fork server of workers that do jobs until the server closes the connection.

    The store that is served is the second argument of this process, as ``ServedStore.to_json`` writes it.
    """
    served = served_from_json(sys.argv[2])
    fork_server.serve(lambda connection: _do_jobs(connection, served, open_handlers), network=served.reaches_out)


def _do_jobs(connection: socket.socket, served: ServedStore, open_handlers: Open) -> None:
    try:
        handlers = open_handlers(connection, served)
    except MandataError as error:
        connection.sendall(fault_frame(error, 503))
        return
    limit_memory(served.limits.megabytes << 20)
    pid = 0 if served.reaches_out else os.getpid()  # a worker that waits for an endpoint uses no processor time
    connection.sendall(json_frame(READY, pid=pid))
    for _kind, payload in read_frames(connection):
        job = json.loads(payload)
        connection.sendall(_run_job(handlers[job["do"]], job))


def _open_store(connection: socket.socket, served: ServedStore) -> JobHandlers:
    if served.at:
        endpoint = Endpoint(served.at, served.limits.seconds, served.limits.answer)
        sources = AnswerSources(endpoint, source_lookup(endpoint), None, None)
        return _handlers(RemoteEngine(served, connection), ApiOperations(sources, connection))
    folder = Path(served.folder)
    if served.is_kb:
        kb: Path | None = folder.parent
        store, index = open_together(folder.parent, lambda kb: (kb.store, index_of(kb.folder)))
    else:
        kb, store, index = None, open_read_only(folder), None
    sources = AnswerSources(Embedded(store, index), store_lookup(store, every_graph=kb is None), kb, index)
    return _handlers(Engine(store, served, connection, index), ApiOperations(sources, connection))


def _handlers(engine: Engine, api: ApiOperations) -> JobHandlers:
    return {"query": engine.query, "graph": engine.graph, "api": api.answer}


def _run_job(handler: Callable[[dict[str, Any]], None], job: dict[str, Any]) -> bytes:
    """Do a job and return its fault frame, empty after success; an error of our own ends the process."""
    try:
        handler(job)
    except MandataError as error:
        return fault_frame(error, _STATUS.get(error.code, 400))
    except MemoryError:
        return fault_frame(MandataError("query-memory", "takes more memory than allowed", "query", "ask for less"), 503)
    except (RuntimeError, ValueError) as error:  # such as a function that the engine lacks
        return fault_frame(MandataError("query", f"cannot be answered: {_first_words(error)}", "query", "mend it"), 400)
    except OSError as error:  # of the store; a lost connection ends the loop
        return fault_frame(MandataError("store", f"the store could not be read: {_first_words(error)}"), 503)
    return b""


def _first_words(error: Exception) -> str:
    return " ".join(str(error).split())[:200]


if __name__ == "__main__":
    serve(_open_store)
