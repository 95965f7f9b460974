"""An invented document marked up: as light Markdown, as AKN4UN, and as paragraphs for other formats."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import groupby
from xml.sax.saxutils import escape

from .documents import Block, Invented
from .papers import Page, Run

_CALL = re.compile("\x01(\\d+)\x02")
_PARTS = re.compile("(\x01\\d+\x02|\\*[^*]+\\*)")
_NUMBER = re.compile(r"(\d+\.|\(?\w\)) (.*)", re.DOTALL)
_ISO_639_2 = {"fr": "fra", "en": "eng", "es": "spa", "ru": "rus", "ar": "ara", "zh": "zho"}


def as_markdown(document: Invented) -> str:
    """Return a document as light Markdown: headings, emphases, lists, notes by ``[^1]``."""
    lines = []
    for block in document.blocks:
        words = _CALL.sub(r"[^\1]", block.text)
        sign = {"title": "# ", "formula": "**", "item": "    - ", "annex": "## "}.get(block.kind, "")
        lines += [sign + words + ("**" if sign == "**" else ""), ""]
    notes = [f"[^{number}]: {_CALL.sub('', words)}" for number, words in document.notes.items()]
    return "\n".join([*lines, "---", *notes]) + "\n"


def page(document: Invented) -> Page:
    """Return the paragraphs and notes of a document, emphases and calls apart."""
    paragraphs = [list(_runs(block.text)) for block in document.blocks]
    return Page(paragraphs, [(number, _CALL.sub("", words)) for number, words in document.notes.items()])


def _runs(text: str) -> Iterator[Run]:
    for part in filter(None, _PARTS.split(text)):
        if call := _CALL.fullmatch(part):
            yield Run("", call=call[1])
        else:
            yield Run(part.strip("*"), italic=part.startswith("*"))


def as_akn(document: Invented) -> str:
    """Return a document as AKN4UN has it: cover, preface, preamble, main body, conclusions, notes where called."""
    body = "".join(
        _container(kind, list(blocks), document)
        for kind, blocks in groupby(document.blocks, lambda block: _ROOMS.get(block.kind, "mainBody"))
    )
    language = f'<FRBRlanguage language="{_ISO_639_2[document.language]}"/>'
    meta = f'<meta><identification source="#un"><FRBRExpression>{language}</FRBRExpression></identification></meta>'
    name = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"
    return f'<akomaNtoso xmlns="{name}">\n<statement name="resolution">{meta}\n{body}</statement></akomaNtoso>\n'


_ROOMS = {
    **dict.fromkeys(("head", "adoption", "bracket"), "coverPage"),
    **{"title": "preface", "formula": "preamble", "preambular": "preamble", "meeting": "conclusions"},
}


def _container(room: str, blocks: Iterable[Block], document: Invented) -> str:
    return f"<{room}>{''.join(_element(block, document) for block in blocks)}</{room}>\n"


def _element(block: Block, document: Invented) -> str:
    number = _NUMBER.fullmatch(block.text)
    if block.kind == "formula":
        return f'<formula name="enactingFormula"><p>{_words(block.text, document)}</p></formula>'
    if block.kind == "preambular":
        return f'<container name="{_first(block.text)}"><p>{_words(block.text, document)}</p></container>'
    if block.kind in ("operative", "item") and number:
        point = f"<num>{escape(number[1])}</num><content><p>{_words(number[2], document)}</p></content>"
        return (
            f"<paragraph>{point if block.kind == 'operative' else f'<list><point>{point}</point></list>'}</paragraph>"
        )
    return f"<p>{_words(block.text, document)}</p>"


def _first(text: str) -> str:
    return escape(text.strip("*").split("*")[0], {'"': "&quot;"})


def _words(text: str, document: Invented) -> str:
    return "".join(_marked(run, document) for run in _runs(text))


def _marked(run: Run, document: Invented) -> str:
    if run.call:
        note = escape(_CALL.sub("", document.notes.get(run.call, "")))
        return f'<authorialNote marker="{run.call}"><p>{note}</p></authorialNote>'
    return f'<span class="italic">{escape(run.words)}</span>' if run.italic else escape(run.words)
