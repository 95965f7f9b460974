"""A command loads only what it runs: each is called in a process of its own, and a list holds what that has loaded.

Rooms of the house and outside libraries are listed; a command that comes to load another one says so here.
"""

from __future__ import annotations

import inspect
import json
import subprocess
import sys
from pathlib import Path
from pkgutil import resolve_name

import pytest

from mandata.cli.main import COMMANDS
from test_architecture import DOORS

RUN = """
import json, sys
from mandata.cli.main import main
try:
    main(sys.argv[1:])
finally:
    print(json.dumps(sorted(sys.modules)), file=sys.stderr)
"""
READS = {"atomic_files", "cli", "errors", "kb", "package_data", "query", "rdf", "reason", "sqlite_files", "un"}
EXPLAINS = READS | {"progress", "proof"}
STORE = {"pyoxigraph", "sqlite3", "typer", "yaml"}
READING = {  # what is called -> the rooms and the outside libraries that it may load, and no other
    ("--help",): ({"cli", "errors"}, {"typer"}),
    ("--version",): ({"cli", "errors"}, {"typer"}),
    ("ask",): (READS, STORE | {"rich"}),
    ("ask", "mandate-status"): (READS, STORE | {"rich"}),
    ("ask", "mandate-status", "--json"): (READS, STORE),
    ("query", "ASK {}"): (READS, STORE),
    ("search", "centre"): (READS, STORE | {"rich"}),
    ("search", "centre", "--json"): (READS, STORE),
    ("why", "A/RES/72/7", "md:restsOn", "S/2007/279"): (EXPLAINS, STORE),
    ("without", "--help"): (EXPLAINS, STORE),
}
WRITING = STORE | {"babel", "filelock", "multiprocessing", "numpy", "snowballstemmer"}
GATE = WRITING | {"http", "jinja2", "markupsafe", "pyshacl", "rdflib"}
SERVER = STORE | {"http", "jinja2", "markupsafe", "mimeparse", "multiprocessing", "numpy", "prometheus_client"}
HEAVY = {  # a command -> the outside libraries that it may load
    "build": WRITING,
    "add": WRITING,
    "remove": WRITING,
    "convert": WRITING,
    "reason": STORE | {"numpy", "snowballstemmer"},
    "check": GATE,
    "publish": GATE,
    "diff": STORE | {"filelock", "numpy"},
    "load": STORE | {"filelock", "http", "httpx", "numpy", "rich"},  # httpx loads rich if it is there
    "serve": SERVER | {"SPARQLWrapper", "filelock", "httpx", "rich", "starlette", "uvicorn"},
}
LIGHT = {"pickle", "resource", "socket", "subprocess", "urllib"}  # of the standard library, and quick to load


def loaded(arguments: tuple[str, ...], kb: Path) -> list[str]:
    """Return the names of the modules that a command has loaded when it ends."""
    command = [sys.executable, "-c", RUN, *arguments]
    environment = {"MANDATA_KB": str(kb), "PYTHONPATH": str(Path(resolve_name("mandata").__file__).parents[1])}
    run = subprocess.run(command, env=environment, check=False, capture_output=True, text=True)
    assert run.returncode == 0, run.stderr
    modules: list[str] = json.loads(run.stderr.splitlines()[-1])
    return modules


def libraries(modules: list[str]) -> set[str]:
    return {name.partition(".")[0] for name in modules} & (DOORS.keys() - LIGHT)


@pytest.mark.parametrize("arguments", READING, ids=" ".join)
def test_a_command_that_reads_loads_only_what_it_runs(arguments: tuple[str, ...], kb: Path) -> None:
    modules = loaded(arguments, kb)
    rooms = {name.split(".")[1] for name in modules if name.startswith("mandata.")}
    may = READING[arguments]
    assert (rooms - may[0], libraries(modules) - may[1]) == (set(), set())


@pytest.mark.parametrize("command", HEAVY)
def test_a_command_loads_only_the_libraries_on_its_list(command: str, kb: Path) -> None:
    assert libraries(loaded((command, "--help"), kb)) <= HEAVY[command]


def test_every_command_is_on_a_list() -> None:
    assert {arguments[0] for arguments in READING} - {"--help", "--version"} | HEAVY.keys() == COMMANDS.keys()


@pytest.mark.parametrize("name", COMMANDS)
def test_the_line_of_a_command_is_the_first_of_its_help(name: str) -> None:
    module, line = COMMANDS[name]
    assert str(inspect.getdoc(resolve_name(f"mandata.cli.{module}:{name}"))).partition("\n")[0] == line
