"""Documents written as HTML, DOCX and PDF, by means that the readers do not use."""

from __future__ import annotations

import html
import io
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from xml.sax.saxutils import escape

from reportlab.lib.enums import TA_JUSTIFY
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Paragraph as Flowable
from reportlab.platypus import SimpleDocTemplate, Spacer


@dataclass(frozen=True)
class Run:
    """Words set alike; ``call`` is the number of a note that they call."""

    words: str
    italic: bool = False
    call: str = ""


@dataclass(frozen=True)
class Page:
    """A document as paragraphs and notes."""

    paragraphs: Sequence[Sequence[Run]]
    notes: Sequence[tuple[str, str]] = ()


def as_html(page: Page) -> bytes:
    def run(one: Run) -> str:
        if one.call:
            return f'<sup><a href="#fn{one.call}" id="call{one.call}">{one.call}</a></sup>'
        words = html.escape(one.words).replace("é", "&eacute;")
        return f"<em>{words}</em>" if one.italic else words

    body = "\n".join(f"<p>{''.join(map(run, paragraph))}</p>" for paragraph in page.paragraphs)
    notes = "".join(
        f'<li id="fn{number}"><p>{html.escape(words)} <a href="#call{number}">↩</a></p></li>'
        for number, words in page.notes
    )
    head = '<!DOCTYPE html>\n<html lang="fr"><head><meta charset="utf-8"><title>Un document</title></head>\n<body>'
    return f"{head}\n{body}\n<section><ol>{notes}</ol></section>\n</body></html>".encode()


WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STRICT = {
    "http://schemas.openxmlformats.org/officeDocument/2006/": "http://purl.oclc.org/ooxml/officeDocument/",
    "http://schemas.openxmlformats.org/wordprocessingml/2006/": "http://purl.oclc.org/ooxml/wordprocessingml/",
}
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"


def word_run(words: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{escape(words)}</w:t></w:r>'


def as_docx(page: Page) -> bytes:
    def run(one: Run) -> str:
        if one.call:
            return f'<w:r><w:footnoteReference w:id="{int(one.call) + 1}"/></w:r>'
        return word_run(one.words, "<w:i/>" if one.italic else "")

    body = "".join(f"<w:p>{''.join(map(run, paragraph))}</w:p>" for paragraph in page.paragraphs)
    notes = "".join(
        f'<w:footnote w:id="{int(number) + 1}"><w:p><w:r><w:footnoteRef/></w:r>{word_run(f" {words}")}</w:p>'
        "</w:footnote>"
        for number, words in page.notes
    )
    separator = '<w:footnote w:type="separator" w:id="0"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>'
    return word_file(body, footnotes=f"<w:footnotes {WORD}>{separator}{notes}</w:footnotes>")


def word_file(body: str, strict: bool = False, **parts: str) -> bytes:
    """Return a DOCX file of a body and other parts (footnotes, numbering, styles, header1 ...)."""
    made = word_parts(body, parts)
    for old, new in STRICT.items() if strict else ():
        made = {name: text.replace(old, new) for name, text in made.items()}
    return zipped(made)


def word_parts(body: str, parts: dict[str, str]) -> dict[str, str]:
    """Return the parts of a DOCX file by their names in the archive."""
    names = {name: f"{name}.xml" for name in parts}
    relations = "".join(
        f'<Relationship Id="{name}" Type="{RELATIONS}/{name.rstrip("0123456789")}" Target="{target}"/>'
        for name, target in names.items()
    )
    document = f'<w:document {WORD} xmlns:r="{RELATIONS}"><w:body>{body}</w:body></w:document>'
    main = f'<Relationship Id="r" Type="{RELATIONS}/officeDocument" Target="word/document.xml"/>'
    return {
        "[Content_Types].xml": "<Types/>",
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}">{main}</Relationships>',
        "word/document.xml": document,
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{PACKAGE}">{relations}</Relationships>',
        **{f"word/{names[name]}": text for name, text in parts.items()},
    }


def zipped(parts: dict[str, str]) -> bytes:
    """Return a zip archive; the same parts give the same bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(zipfile.ZipInfo(name, (2020, 1, 1, 0, 0, 0)), text, zipfile.ZIP_DEFLATED)
    return out.getvalue()


BODY = ParagraphStyle("body", fontName="Times-Roman", fontSize=10, leading=12, spaceAfter=6, alignment=TA_JUSTIFY)
NOTE = ParagraphStyle("note", parent=BODY, fontSize=8, leading=10, spaceAfter=2)


def as_pdf(page: Page, symbol: str = "", **settings: Any) -> bytes:
    """Return a PDF file, justified, with page numbers, and the symbol and a running title on later pages."""

    def run(one: Run) -> str:
        if one.call:
            return f"<super rise=4 size=6>{one.call}</super>"
        return f"<i>{html.escape(one.words)}</i>" if one.italic else html.escape(one.words)

    def furniture(canvas: Canvas, document: Any) -> None:
        canvas.setFont("Times-Roman", 8)
        canvas.drawString(72, 40, f"{document.page}/9")
        canvas.drawRightString(523, 40, "17-20793")
        if document.page > 1 and symbol:
            canvas.drawString(72, 800, symbol)
            canvas.drawRightString(523, 800, "Un titre courant qui se répète")

    story: list[Any] = [Flowable("".join(map(run, paragraph)), BODY) for paragraph in page.paragraphs]
    story.append(Spacer(0, 20))
    story += [
        Flowable(f"<super rise=3 size=5>{number}</super> {html.escape(words)}", NOTE) for number, words in page.notes
    ]
    out = io.BytesIO()
    document = SimpleDocTemplate(out, pagesize=A4, invariant=1, **settings)
    document.build(story, onFirstPage=furniture, onLaterPages=furniture)
    return out.getvalue()
