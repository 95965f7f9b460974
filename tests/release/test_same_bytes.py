"""Every file of a knowledge base and of its release is the same to the byte, whatever machine makes it.

``MANDATA_RUNS`` says on how many; ``MANDATA_PYTHONS`` names other interpreters, apart by colons, that take turns.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from .surroundings import LOCALES, PROJECT, Surroundings, copied, interpreters, make_locales, published

RUNS = int(os.environ.get("MANDATA_RUNS", "3"))
_FELT = """
import locale, os, sys, time
mask = os.umask(0)
print(hash("a"), locale.getpreferredencoding(False), time.strftime("%Z %z"), mask, os.listdir(sys.argv[1]), os.getcwd())
"""


@pytest.fixture(scope="module")
def machines(tmp_path_factory: pytest.TempPathFactory) -> list[Surroundings]:
    place = tmp_path_factory.mktemp("machines")
    locales = make_locales(place / "locales", LOCALES[:RUNS])
    pythons = list(interpreters(place))
    return [Surroundings(number, pythons[number % len(pythons)], locales) for number in range(RUNS)]


def digests(*places: Path) -> Iterator[tuple[str, str]]:
    """Yield the checksum of each file but those of the embedded store, which is never published."""
    for place in places:
        for path in sorted(place.rglob("*")):
            if path.is_file() and path.relative_to(place).parts[0] != "store":
                yield f"{place.name}/{path.relative_to(place)}", hashlib.sha256(path.read_bytes()).hexdigest()


def test_the_same_files_come_out_on_every_machine(machines: list[Surroundings], kb: Path, tmp_path: Path) -> None:
    """Other hash seeds, locales, time zones, umasks, folders, orders of the texts and of all listings, interpreters."""
    program = copied(PROJECT, tmp_path / "program")
    first = dict(digests(*published(machines[0], program, tmp_path)))
    assert len(first) > 500
    assert dict(digests(kb)).items() <= first.items()
    for machine in machines[1:]:
        found = dict(digests(*published(machine, program, tmp_path)))
        assert {path for path in found.keys() | first.keys() if found.get(path) != first.get(path)} == set(), machine


def test_a_program_feels_each_of_these_machines(machines: list[Surroundings], tmp_path: Path) -> None:
    """Else the test above would compare a machine with itself."""
    for name in "abcdefgh":
        (tmp_path / name).touch()
    felt = [machine.run(tmp_path, "-c", _FELT, str(tmp_path)).decode().split(" ", 4) for machine in machines[:3]]
    assert [len(set(column)) for column in zip(*felt, strict=True)] == [len(felt)] * 5
