"""What cannot be read, or would take too much, is refused in one line and in time; nothing of it is guessed."""

from __future__ import annotations

import io
import json
import subprocess
import sys
import zipfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

from invented.papers import WORD, Page, Run, as_pdf, word_file, word_parts, zipped
from mandata.errors import MandataError
from mandata.text import isolated_reader, source
from mandata.text.docx.reader import read_docx

SECONDS, MEGABYTES = 2.0, 256
BUSY = 8  # times as long by the wall clock, on a machine that runs other tests beside
PAGE = Page([[Run("Un texte qui est court.")]])


def parts(body: str = "<w:p/>", **others: str) -> dict[str, str]:
    return word_parts(body, others)


def stream_pdf(content: bytes, *, kids: str = "3 0 R", count: int = 1) -> bytes:
    """Return a PDF of one page whose content is a deflated stream."""
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        f"<</Type/Pages/Kids[{kids}]/Count {count}>>".encode(),
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>",
        b"<</Length %d/Filter[/FlateDecode/FlateDecode]>>stream\n%s\nendstream" % (len(content), content),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    out, places = io.BytesIO(b"%PDF-1.4\n"), []
    out.seek(0, io.SEEK_END)
    for number, one in enumerate(objects, 1):
        places.append(out.tell())
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, one))
    table = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    out.write(b"".join(b"%010d 00000 n \n" % place for place in places))
    out.write(b"trailer\n<</Root 1 0 R/Size %d>>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, table))
    return out.getvalue()


def twice(blocks: int, block: bytes) -> bytes:
    """Return many equal blocks deflated twice, so that a small file unfolds to gigabytes."""
    once = zlib.compressobj(9)
    folded = b"".join(once.compress(block) for _ in range(blocks)) + once.flush()
    return zlib.compress(folded, 9)


def zip_bomb() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts().items():
            if name != "word/document.xml":
                archive.writestr(name, text)
        with archive.open("word/document.xml", "w") as stream:
            stream.write(f"<w:document {WORD}><w:body>".encode())
            for _ in range(400):
                stream.write(b"<w:p/>" * (1 << 18))
    return out.getvalue()


def entity_bomb() -> bytes:
    lines = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
    dtd = f'<?xml version="1.0"?><!DOCTYPE w [<!ENTITY a0 "paix">{lines}]>'
    made = parts("<w:p><w:r><w:t>&a11;</w:t></w:r></w:p>")
    return zipped(made | {"word/document.xml": dtd + made["word/document.xml"]})


def marked_up(body: str, before: str = "") -> bytes:
    return f'{before}<akomaNtoso xmlns="urn:a"><statement name="resolution">{body}</statement></akomaNtoso>'.encode()


def laughs(unit: str, levels: int) -> str:
    """Return a DTD whose last entity unfolds to a unit ten times over for each level."""
    lines = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, levels))
    return f'<!DOCTYPE w [<!ENTITY a0 "{unit}">{lines}]>'


BOMBS: dict[str, Callable[[], bytes]] = {
    "mark-up, entities": lambda: marked_up("<p>&a11;</p>", laughs("paix", 12)),
    "mark-up, one entity many times": lambda: marked_up("<p>&a0;</p>" * 20_000, laughs("paix" * 20_000, 1)),
    "mark-up, an entity of a file": lambda: marked_up("&f;", '<!DOCTYPE w [<!ENTITY f SYSTEM "file:///etc/passwd">]>'),
    "mark-up, depth": lambda: marked_up("<p>" * 200_000),
    "mark-up, elements": lambda: marked_up("<p/>" * 300_000),
    "page, depth": lambda: b"<html>" + b"<div>" * 200_000,
    "page, lists": lambda: b"<html>" + b"<ol><li>" * 100_000,
    "page, attributes": lambda: b"<html><p" + b" a=b" * 200_000 + b">",
    "page, open tag": lambda: b"<html>" + b"<p a='" * 150_000,
    "zip": zip_bomb,
    "zip, of one word": lambda: word_file(f"<w:p><w:r><w:t>{'a' * 80_000_000}</w:t></w:r></w:p>"),
    "entities": entity_bomb,
    "depth": lambda: word_file("<w:sdt>" * 100_000 + "</w:sdt>" * 100_000),
    "list numbers": lambda: word_file("<w:p><w:r><w:t>a</w:t></w:r></w:p>" * 2_000_000),
    "stream of blanks": lambda: stream_pdf(twice(800, b" " * (1 << 20))),
    "stream of text": lambda: stream_pdf(
        twice(400, b"BT /F 9 Tf 9 9 Td (" + b"paix " * 100 + b") Tj ET\n" + b"BT (a) Tj ET\n" * 60_000)
    ),
    "a page a million times": lambda: stream_pdf(
        twice(1, b"BT /F 9 Tf (a) Tj ET "), kids="3 0 R " * 400_000, count=400_000
    ),
}


CODES = {name.partition(",")[0]: ("bomb", "too-costly", "damaged-file") for name in BOMBS} | {
    "mark-up": ("xml-doctype", "xml-too-large"),
    "page": ("read",),  # what is written out in full is no bomb: it is read, within the same bounds
}


MEASURED = """
import json, resource, sys, time
from pathlib import Path
from mandata.errors import MandataError
from mandata.reading import read
from mandata.isolation import call
from mandata.text import source
from mandata.lexicon.lexicon import lexicons

def peak_memory():
    # the most megabytes that this process has held; what getrusage says is what its parent held too
    status = Path("/proc/self/status")
    lines = status.read_text().splitlines() if status.exists() else []
    return max((int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM:")), default=0)

lexicons()
before, begin, code = time.process_time(), time.perf_counter(), "read"
try:
    read(source.read(Path(sys.argv[1])))
except MandataError as error:
    code = error.code
wall = time.perf_counter() - begin
call.close()  # the system counts what a child took once it has ended
own = time.process_time() - before
taken = resource.getrusage(resource.RUSAGE_CHILDREN)
unit = 1 << (20 if sys.platform == "darwin" else 10)
print(json.dumps([code, own + taken.ru_utime + taken.ru_stime, wall, max(peak_memory(), taken.ru_maxrss / unit)]))
"""


def measured(name: str, path: Path) -> tuple[str, float, float, float]:
    """Return how a fresh process refuses a bomb: the code, processor's and clock's seconds, and megabytes."""
    path.write_bytes(BOMBS[name]())
    command = [sys.executable, "-c", MEASURED, str(path)]
    ran = subprocess.run(command, capture_output=True, check=True, text=True, timeout=120)
    code, seconds, wall, megabytes = json.loads(ran.stdout)
    return code, seconds, wall, megabytes


@pytest.mark.parametrize("name", BOMBS)
def test_bombs_are_refused_in_little_memory(name: str, tmp_path: Path) -> None:
    code, _, _, megabytes = measured(name, tmp_path / "bomb")
    assert code in CODES[name.partition(",")[0]]
    assert megabytes < MEGABYTES


@pytest.mark.timed
@pytest.mark.parametrize("name", BOMBS)
def test_bombs_are_refused_in_time(name: str, tmp_path: Path) -> None:
    _, seconds, wall, _ = measured(name, tmp_path / "bomb")
    allowed = SECONDS + (tmp_path / "bomb").stat().st_size // 1_000_000
    assert seconds < allowed
    assert wall < allowed * BUSY


def scan() -> bytes:
    out = io.BytesIO()
    canvas = Canvas(out, invariant=1)
    canvas.rect(10, 10, 300, 300)
    canvas.showPage()
    canvas.save()
    return out.getvalue()


def locked_zip() -> bytes:
    data = bytearray(word_file("<w:p/>"))
    for sign, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = data.find(sign)
        while place >= 0:
            data[place + at] |= 1
            place = data.find(sign, place + 4)
    return bytes(data)


REFUSED: list[tuple[str, Callable[[], bytes], str]] = [
    ("encrypted", lambda: as_pdf(PAGE, encrypt=StandardEncryption("secret", canPrint=0)), "a password"),
    ("no-text-layer", scan, "OCR"),
    ("damaged-file", lambda: b"%PDF-1.7\n1 0 obj\n", "cannot be read"),
    ("damaged-file", lambda: as_pdf(PAGE)[:200], "cannot be read"),
    ("encrypted", locked_zip, "a password"),
    ("damaged-file", lambda: word_file("<w:p/>")[:300], "zip archive"),
    ("damaged-file", lambda: word_file("<w:p>"), "no DOCX that can be read"),
    ("format", lambda: zipped({"a.txt": "Paix"}), "no DOCX"),
    ("no-text", lambda: word_file("<w:p/>"), "holds no text"),
    ("format", lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "save it as .docx"),
    ("format", lambda: b"{\\rtf1 Paix}", "save it as .docx"),
]


@pytest.mark.parametrize(("code", "make", "says"), REFUSED, ids=[f"{code} {says}" for code, _, says in REFUSED])
def test_what_cannot_be_read_is_told_in_one_line(code: str, make: Callable[[], bytes], says: str) -> None:
    with pytest.raises(MandataError) as refused:
        source.decode(make(), "folder/a file")
    line = str(refused.value)
    assert (refused.value.code, says in line, "\n" in line) == (code, True, False)
    assert line.startswith("folder/a file: ")


def test_a_missing_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(source, "find_spec", lambda _: None)
    with pytest.raises(MandataError, match=r"pip install 'mandata\[pdf\]' \[missing-extra\]$"):
        source.decode(as_pdf(PAGE), "a.pdf")
    assert source.decode(word_file("<w:p><w:r><w:t>Paix</w:t></w:r></w:p>"), "a.docx").raw == "Paix\n\n"


def test_a_file_larger_than_any_document_is_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(isolated_reader, "_MAX_SIZE", 100)
    with pytest.raises(MandataError, match="too-large"):
        source.decode(as_pdf(PAGE), "a.pdf")


def test_a_reader_that_does_not_start_ends_in_one_line() -> None:
    with pytest.raises(MandataError, match=r"does not start .* \[reader-not-started\]$"):
        isolated_reader.extract("mandata.no_such_module", b"x", "a.pdf")


def cuts(data: bytes) -> Iterator[bytes]:
    for cut in range(0, 100, 4):
        yield data[: len(data) * cut // 100]
        yield data[: len(data) * cut // 100] + b"\xff\x00<" + data[len(data) * cut // 100 + 3 :]


def test_a_docx_cut_or_changed_anywhere_is_read_or_refused() -> None:
    for data in cuts(word_file("<w:p><w:r><w:t>Paix</w:t></w:r></w:p>" * 9)):
        try:
            assert set(read_docx(data).text.split()) <= {"Paix"} or b"\xff\x00<" in data
        except MandataError as error:
            assert error.what


def test_a_pdf_cut_or_changed_is_read_or_refused(tmp_path: Path) -> None:
    for data in list(cuts(as_pdf(PAGE)))[4::9]:
        try:
            assert source.decode(data, "a.pdf").extracted_by
        except MandataError as error:
            assert error.what
