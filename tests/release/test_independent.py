"""Programs that are not ours read a release as we do: other parsers, another canonical form, a validator of crates."""

from __future__ import annotations

import gzip
import hashlib
import json
import shutil
import subprocess
import zipfile
from collections.abc import Callable
from pathlib import Path

import pyoxigraph as ox
import pytest
import requests
import rocrate
from pyld import jsonld
from rocrate_validator import models, services
from rocrate_validator.utils.http import HttpRequester

from mandata.release.release import Release

JENA = Path("/usr/share/java")
MESSAGES = "org/apache/jena/ext/xerces"
NEEDED_BY_JENA = (
    *("commons-", "failureaccess", "gson", "guava", "httpc", "jackson", "jena-", "jsonld", "libthrift", "protobuf"),
    *("caffeine", "collection", "icu4j", "slf4j-api", "slf4j-nop", "thrift", "titanium", "xercesImpl", "xml-apis"),
)

CANONICAL = """
import {readFileSync} from 'node:fs';
import {canonize} from 'rdf-canonize';
const form = 'application/n-quads';
const text = readFileSync(process.argv[2], 'utf8');
process.stdout.write(await canonize(text, {algorithm: 'RDFC-1.0', inputFormat: form, format: form}));
"""


def unpacked(folder: Path, release: Release, part: str, ending: str, place: Path) -> Path:
    path = place / f"dump.{ending}"
    path.write_bytes(gzip.decompress((folder / release.edition.dump(part, ending)).read_bytes()))
    return path


def by_rapper(path: Path) -> bytes:
    if shutil.which("rapper") is None:
        pytest.skip("rapper is not here: apt-get install raptor2-utils")
    form = {"ttl": "turtle", "nq": "nquads", "trig": "trig"}[path.suffix[1:]]
    command = ["rapper", "--quiet", "--input", form, "--output", "ntriples", str(path)]
    return subprocess.run(command, capture_output=True, check=True, timeout=120).stdout


def by_riot(path: Path) -> bytes:
    jars = [str(jar) for jar in sorted(JENA.glob("*.jar")) if jar.name.startswith(NEEDED_BY_JENA)]
    if shutil.which("java") is None or not (JENA / "jena-cmds.jar").is_file():
        pytest.skip("Jena is not here: apt-get install libapache-jena-java default-jre-headless")
    classes = ":".join([str(_messages(path.parent / "messages")), *jars])
    command = ["java", "-cp", classes, "riotcmd.riot", "--output=NQuads", str(path)]
    return subprocess.run(command, capture_output=True, check=True, timeout=300).stdout


def _messages(place: Path) -> Path:
    """Put the words of Jena's faults where its classes look for them; Debian has them under another name."""
    with zipfile.ZipFile(JENA / "jena-core.jar") as jar:
        for name in jar.namelist():
            if name.startswith(f"{MESSAGES}/") and name.endswith(".properties"):
                for wanted in ("xerces", "org/apache/xerces"):
                    target = place / name.replace(MESSAGES, wanted)
                    target.parent.mkdir(parents=True, exist_ok=True)
                    target.write_bytes(jar.read(name))
    return place


@pytest.mark.parametrize("read", [by_rapper, by_riot])
@pytest.mark.parametrize("ending", ["ttl", "nq"])
def test_another_parser_reads_the_same_triples(
    read: Callable[[Path], bytes], ending: str, released: Release, folder: Path, tmp_path: Path
) -> None:
    text = read(unpacked(folder, released, "", ending, tmp_path))
    found = {quad.triple for quad in ox.parse(text, format=ox.RdfFormat.N_QUADS)}
    assert found == {quad.triple for quad in released.statements.together}


def test_riot_reads_the_same_graphs_from_trig(released: Release, folder: Path, tmp_path: Path) -> None:
    text = by_riot(unpacked(folder, released, "", "trig", tmp_path))
    assert set(ox.parse(text, format=ox.RdfFormat.N_QUADS)) == set(released.statements.together)


def test_the_canonical_form_by_another_implementation_has_the_same_checksum(
    released: Release, folder: Path, tmp_path: Path
) -> None:
    """RDFC-1.0 as PyLD makes it, of the inferred quads; of all it takes PyLD half a minute."""
    path = unpacked(folder, released, "inferred", "nq", tmp_path)
    options = {"algorithm": "URDNA2015", "inputFormat": "application/n-quads", "format": "application/n-quads"}
    canonical = jsonld.normalize(path.read_text(encoding="utf-8"), options)
    assert hashlib.sha256(canonical.encode()).hexdigest() == hashlib.sha256(path.read_bytes()).hexdigest()


def test_the_canonical_form_of_all_by_the_engine_is_the_dump(released: Release, folder: Path, tmp_path: Path) -> None:
    data = ox.Dataset(ox.parse(path=str(unpacked(folder, released, "", "nq", tmp_path))))
    data.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    lines = sorted(f"{quad} .\n" for quad in data)
    assert hashlib.sha256("".join(lines).encode()).hexdigest() == released.identity


def test_json_ld_by_another_processor_says_the_same(released: Release, folder: Path) -> None:
    context = json.loads((folder / "context.jsonld").read_text())
    found = json.loads((folder / "id" / "A_RES_72_7.jsonld").read_text())
    text = jsonld.to_rdf({**found, **context}, {"format": "application/n-quads"})
    wanted = {quad.triple for quad in dict(released.statements.by_document())["A_RES_72_7"]}
    assert {quad.triple for quad in ox.parse(text, format=ox.RdfFormat.N_QUADS)} == wanted


@pytest.fixture
def context_at_hand(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Give the validator RO-Crate's context as the package rocrate ships it; what else it asks for is not there."""
    asked: list[str] = []
    context = Path(rocrate.__file__).parent / "data" / "ro-crate.jsonld"

    def get(_: object, url: str, **__: object) -> requests.Response:
        asked.append(url)
        answer = requests.Response()
        known = url == json.loads(context.read_text("utf-8"))["@id"]
        answer.status_code, answer._content = (200, context.read_bytes()) if known else (404, b"")
        answer.headers["Content-Type"] = "application/ld+json"
        return answer

    monkeypatch.setattr(HttpRequester, "get", get, raising=False)
    return asked


def test_the_crate_is_one_for_a_validator_of_crates(folder: Path, context_at_hand: list[str]) -> None:
    """All that RO-Crate 1.1 requires and recommends, by roc-validator, which asks for nothing but the context."""
    settings = services.ValidationSettings(
        rocrate_uri=str(folder),
        profile_identifier="ro-crate-1.1",
        requirement_severity=models.Severity.RECOMMENDED,
        offline=True,
    )
    result = services.validate(settings)
    assert [f"{issue.check.identifier}: {issue.message}" for issue in result.get_issues()] == []
    assert result.passed()
    assert set(context_at_hand) == {"https://w3id.org/ro/crate/1.1/context"}


def test_the_canonical_form_of_all_by_the_makers_of_rdf_canonize_has_the_same_checksum(
    released: Release, folder: Path, tmp_path: Path
) -> None:
    """RDFC-1.0 of the whole dump by Digital Bazaar's rdf-canonize, from npm."""
    npm, node = shutil.which("npm"), shutil.which("node")
    if npm is None or node is None:
        pytest.skip("node and npm are not here: apt-get install nodejs npm")
    install = [npm, "install", "--silent", "--no-audit", "--no-fund", "--prefix", str(tmp_path), "rdf-canonize@5.0.0"]
    if subprocess.run(install, capture_output=True, check=False, timeout=120).returncode:
        pytest.skip("rdf-canonize is not to be had from the registry of npm")
    (tmp_path / "canonical.mjs").write_text(CANONICAL, "utf-8")
    path = unpacked(folder, released, "", "nq", tmp_path)
    done = subprocess.run([node, "canonical.mjs", path], cwd=tmp_path, capture_output=True, check=True, timeout=120)
    assert hashlib.sha256(done.stdout).hexdigest() == released.identity
