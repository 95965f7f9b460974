"""The server keeps what /openapi.json promises, whatever a program makes of it (schemathesis)."""

from __future__ import annotations

import os
from typing import Any, Final

import pytest
import schemathesis
from hypothesis import HealthCheck, given, seed, settings
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from mandata.server.api.openapi import description, operations
from server.server import Server

CHECKS: Final = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
REQUESTS: Final = int(os.environ.get("MANDATA_REQUESTS", "20"))
"""Of each mode to each operation; ``make fuzz`` sends more."""
LONGEST: Final = 60_000
"""Of an address; a longer one the parser of HTTP refuses, before anything of ours."""


OFFERED: Final = [
    pytest.param(operation.path, mode, id=f"{operation.path} {mode.value}")
    for operation in operations()
    for mode in (GenerationMode.POSITIVE, GenerationMode.NEGATIVE)
    if mode == GenerationMode.POSITIVE or any(one.location == "query" for one in operation.parameters.values())
]
"""Requests that the description allows, and such as it does not, where there is a parameter that could be wrong."""


@pytest.mark.parametrize(("path", "mode"), OFFERED)
def test_every_answer_is_as_described(path: str, mode: GenerationMode, api: Server) -> None:
    operation = schemathesis.openapi.from_dict(description())[path]["GET"]

    @seed(6)
    @settings(max_examples=REQUESTS, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(case=operation.as_strategy(generation_mode=mode))
    def judge(case: Any) -> None:
        response = case.call(base_url=api.url)
        if len(response.request.url) < LONGEST:
            case.validate_response(response, checks=CHECKS)

    judge()
