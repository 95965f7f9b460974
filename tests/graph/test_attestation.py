"""Every statement drawn from a text has evidence, and every evidence stands in its part and in its file."""

from __future__ import annotations

import hashlib
import os
import re
import unicodedata
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from pyoxigraph import Literal

from mandata.errors import MandataError
from mandata.graph.build import build_documents
from mandata.identity.headers import header
from mandata.identity.resolve import resolve
from mandata.package_data import shipped_path
from mandata.rdf.evidence import Evidence, Statement
from mandata.rdf.local_names import term, thing
from mandata.rdf.namespaces import MD, RDF, RDFS
from mandata.reading import Reading, read
from mandata.text.source import decode

ROOT = Path(__file__).parents[2]
CORPUS = ROOT.parent / "shared" / "corpus"
EVERY = 40
"""One file in so many of the corpus is read, unless all are (``MANDATA_ALL_EVIDENCE``)."""
AT_ONCE = 40
EXCUSED = {
    "df58450a": "S/RES/1529: of “à compter du / 1 er / juin 2004” the reader leaves out the line “1 er”",
}
"""Files, by the start of their checksum, in which words are not as received, and why."""

WORDLESS = {
    *(term(local) for local in ("checksum", "embodiedBy", "extractedBy", "fileName")),
    *(term(local) for local in ("evidence", "identifiedBy", "certainty", "agreesOn", "reliesOn")),
    RDFS + "label",
}
"""What no words show: properties of a file itself, how a symbol was inferred, what minted things are called."""
WORDLESS_CLASSES = {MD + "SourceFile", MD + "Identification"}

TAG = re.compile(r"</?[A-Za-z!?][^<>]*>|&(?:#\d+|#x[0-9a-fA-F]+|\w+);|\[([^\[\]\n]+)\]\([^()\n]*\)")
LETTERS = re.compile(r"[^\W_]")


def texts() -> list[Path]:
    return sorted(shipped_path("data/texts").glob("*.txt"))


def cases() -> list[Path]:
    return sorted(path for path in (ROOT / "tests" / "cases").rglob("*.txt"))


def corpus() -> list[Path]:
    """Return the files of the corpus, all languages of a document together, or a sample of them."""
    if not CORPUS.is_dir():
        return []
    paths = [path for path in sorted(CORPUS.rglob("*")) if path.suffix in (".xml", ".txt", ".html", ".pdf", ".docx")]
    names = sorted({path.stem for path in paths})
    chosen = set(names if "MANDATA_ALL_EVIDENCE" in os.environ else names[::EVERY])
    return [path for path in paths if path.stem in chosen]


def reading(path: Path) -> Reading | None:
    try:
        return read(decode(path.read_bytes(), path.name))
    except MandataError:
        return None


def statements(readings: Sequence[Reading]) -> list[Statement]:
    return build_documents(readings, resolve([header(one) for one in readings], []))[0]


def faults(found: Sequence[Statement], raws: dict[str, str]) -> Iterator[str]:
    """Yield what is wrong with the evidence of statements."""
    words = {one.quad.subject: one.quad.object for one in found if one.quad.predicate.value == MD + "text"}
    shown = {str(subject)[1:-1]: value.value for subject, value in words.items() if isinstance(value, Literal)}
    places = dict[str, Evidence]()
    for one in found:
        if not one.evidence and not is_wordless(one):
            yield f"no evidence: {one.quad}"
        for evidence in one.evidence:
            if places.setdefault(evidence.name, evidence) != evidence:
                yield f"two evidences of one name: {evidence} and {places[evidence.name]}"
    for evidence in places.values():
        yield from wrong(evidence, shown.get(thing(evidence.part)), raws[evidence.file.rpartition(".")[2]])


def is_wordless(one: Statement) -> bool:
    if one.quad.predicate.value == RDF + "type":
        return str(one.quad.object)[1:-1] in WORDLESS_CLASSES
    return one.quad.predicate.value in WORDLESS


def wrong(evidence: Evidence, words: str | None, raw: str) -> Iterator[str]:
    if words is None:
        yield f"the part has no words: {evidence}"
        return
    quoted, received = words[evidence.part_start : evidence.part_end], raw[evidence.start : evidence.end]
    if not (0 <= evidence.part_start < evidence.part_end <= len(words)):
        yield f"out of the words of the part: {evidence}"
    elif not is_same(quoted, received):
        yield f"{evidence}: “{quoted}” for “{received}”"


def is_same(quoted: str, received: str) -> bool:
    """Tell whether words are those received, mark-up, white space, signs and the figures of note calls apart."""
    rest = iter(LETTERS.findall(unicodedata.normalize("NFC", TAG.sub(r"\1", received))))
    return all(_passes(letter, rest) for letter in LETTERS.findall(TAG.sub(r"\1", quoted))) and all(
        map(str.isdigit, rest)
    )


def _passes(letter: str, rest: Iterator[str]) -> bool:
    """Go on to a letter in what was received; tell whether only figures stood before it."""
    return next((one for one in rest if one == letter or not one.isdigit()), None) == letter


@pytest.mark.parametrize("paths", [texts(), cases(), corpus()], ids=["texts", "cases", "corpus"])
def test_every_evidence_is_what_stands_in_its_part_and_in_its_file(paths: Sequence[Path]) -> None:
    if not paths:
        pytest.skip("the corpus is not there")
    wrong_ones, checked = list[str](), 0
    for some in batched(paths):
        readings = [one for path in some if (one := reading(path))]
        raws = {one.document.source.short_checksum: one.document.source.raw for one in readings}
        found = statements(readings)
        wrong_ones += faults(found, raws)
        checked += sum(len(one.evidence) for one in found)
    print(f"{checked} times some words attest a statement")
    assert checked > len(paths)
    excuses = {key for path in paths if (key := hashlib.sha256(path.read_bytes()).hexdigest()[:8]) in EXCUSED}
    assert not [one for one in wrong_ones if not any(key in one for key in excuses)]
    assert all(any(key in one for one in wrong_ones) for key in excuses), "an excuse no longer needed goes"


def batched(paths: Sequence[Path]) -> Iterator[Sequence[Path]]:
    """Yield some files at a time, all languages of a document together."""
    names = sorted({path.stem for path in paths})
    for at in range(0, len(names), AT_ONCE):
        some = set(names[at : at + AT_ONCE])
        yield [path for path in paths if path.stem in some]
