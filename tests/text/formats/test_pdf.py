"""The text layer of a PDF gives the paragraphs that a reader sees, whatever the width of the page did to them."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pytest
from reportlab.lib.enums import TA_LEFT
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFError, TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Paragraph, SimpleDocTemplate

from invented.papers import Page, Run, as_pdf
from mandata.text.extracted import ExtractedText
from mandata.text.pdf.chars import Char
from mandata.text.pdf.reader import read_pdf

LONG = "une ligne que la largeur de la page coupe, et qui va donc plus loin que la marge de droite ne le permet"


def drawn(draw: Callable[[Canvas], None]) -> ExtractedText:
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(600, 800), invariant=1)
    canvas.setFont("Times-Roman", 10)
    draw(canvas)
    canvas.save()
    return read_pdf(out.getvalue())


def flowed(paragraphs: list[str], **style: object) -> ExtractedText:
    out = io.BytesIO()
    settings: dict[str, object] = {"fontName": "Times-Roman", "fontSize": 10, "leading": 12, "alignment": TA_LEFT}
    made = ParagraphStyle("one", **(settings | style))
    SimpleDocTemplate(out, pagesize=(400, 300), invariant=1).build([Paragraph(words, made) for words in paragraphs])
    return read_pdf(out.getvalue())


def blocks(found: ExtractedText) -> list[str]:
    return [line for line in found.formatted_text().text.chars.replace("\f", "").split("\n") if line]


def at(words: str, x: float, y: float) -> Callable[[Canvas], None]:
    return lambda canvas: canvas.drawString(x, y, words)


def test_lines_are_joined_to_paragraphs_by_room_alone() -> None:
    paragraphs = [f"Un, {LONG}.", "Deux.", f"Trois, {LONG}, {LONG}."]
    assert blocks(flowed(paragraphs, spaceAfter=6)) == paragraphs


def test_lines_are_joined_to_paragraphs_by_indents_alone() -> None:
    paragraphs = [f"Un, {LONG}.", f"Deux, {LONG}.", f"Trois, {LONG}, {LONG}."]
    assert blocks(flowed(paragraphs, firstLineIndent=30)) == paragraphs


def test_a_hanging_item_is_one_paragraph() -> None:
    items = [f"{letter}) De faire {LONG};" for letter in "abc"]
    hung = [f'<bullet indent="10">{one[:2]}</bullet>{one[3:]}' for one in items]
    assert blocks(flowed(hung, leftIndent=40, bulletIndent=10)) == items


def test_a_paragraph_that_pages_cut_is_whole_where_indents_tell_it() -> None:
    """ "…, 57/12 | 58/3 …" begins the next page with a figure, which text alone could not place."""
    long = "ses résolutions " + ", ".join(f"{n}/{n} du 20 novembre 2017" for n in range(40, 120)) + "."
    found = flowed(["Premier, " + LONG + ".", "Rappelant " + long, f"Un autre, {LONG}."], firstLineIndent=30)
    assert blocks(found)[1:] == ["Rappelant " + long, f"Un autre, {LONG}."]
    assert found.text.count("\f") > 1


def test_what_each_page_repeats_belongs_to_no_paragraph() -> None:
    page = Page([[Run(f"Alinéa {n}, {LONG}, {LONG}.")] for n in range(60)])
    found = read_pdf(as_pdf(page, "A/72/1"))
    assert found.text.count("Un titre courant") > 1
    assert [b for b in blocks(found) if not b.startswith("Alinéa")] == ["1/9", "17-20793"]


def test_note_calls_are_raised_and_ordinals_are_not() -> None:
    found = flowed(["La 55<super rise=4 size=6>e</super> séance<super rise=4 size=6>12</super> fut <i>longue</i>."])
    assert found.text.strip() == "La 55e séance¹² fut longue."
    assert [found.text[start:end] for start, end in found.emphases] == ["longue"]


def test_words_far_apart_on_one_line_are_apart() -> None:
    def draw(canvas: Canvas) -> None:
        for words, x, y in [("Nations Unies", 50, 750), ("A/72/1", 500, 750), ("1.", 50, 700), ("Encourage", 90, 700)]:
            at(words, x, y)(canvas)

    assert blocks(drawn(draw)) == ["Nations Unies", "A/72/1", "1. Encourage"]


def test_a_word_that_a_line_cuts_is_whole_where_it_stands_elsewhere() -> None:
    def draw(canvas: Canvas) -> None:
        for number, words in enumerate(["La diplomatie pré-", "ventive du sous-", "groupe est préventive."]):
            at(words, 50, 700 - 12 * number)(canvas)

    assert blocks(drawn(draw)) == ["La diplomatie préventive du sous-groupe est préventive."]


@pytest.mark.parametrize("turned", [0, 90, 180, 270])
def test_a_page_that_is_shown_turned_is_read_as_shown(turned: int) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setPageRotation(turned)
        canvas.translate(*{0: (0, 0), 90: (600, 0), 180: (600, 800), 270: (0, 800)}[turned])
        canvas.rotate(turned)
        for number, words in enumerate(["Un texte qui va", "plus loin."]):
            at(words, 50, 500 - 12 * number)(canvas)

    assert blocks(drawn(draw)) == ["Un texte qui va plus loin."]


def test_a_page_without_text_is_reported() -> None:
    def draw(canvas: Canvas) -> None:
        at("Un texte", 50, 700)(canvas)
        canvas.showPage()
        canvas.rect(10, 10, 100, 100)

    assert [(issue.code, issue.message.partition(" holds")[0]) for issue in drawn(draw).issues] == [
        ("page-without-text", "page 2")
    ]


def test_arabic_comes_out_in_the_order_in_which_it_is_read() -> None:
    fonts = (
        Path(folder) / "DejaVuSans.ttf" for folder in ("/usr/share/fonts/truetype/dejavu", "/usr/share/fonts/dejavu")
    )
    font = next((str(path) for path in fonts if path.is_file()), "DejaVuSans.ttf")
    try:
        pdfmetrics.registerFont(TTFont("arabic", font))
    except TTFError:
        pytest.skip("no font with Arabic letters is here")
    expected = ["إن الجمعية العامة،", "إذ تشير إلى قرارها 72/7 المؤرخ 17 تشرين الثاني 2017،"]
    seen = ["،ةماعلا ةيعمجلا نإ", "،2017 يناثلا نيرشت 17 خرؤملا 72/7 اهرارق ىلإ ريشت ذإ"]

    def draw(canvas: Canvas) -> None:
        canvas.setFont("arabic", 12)
        for number, words in enumerate(seen):
            canvas.drawRightString(500, 700 - 20 * number, words)

    assert blocks(drawn(draw)) == expected


@pytest.mark.parametrize("size", [float("inf"), float("nan")])
def test_a_character_without_a_size_stands_nowhere(size: float) -> None:
    """A damaged font may be infinitely large; such characters ended the reader."""
    assert not Char("a", 1.0, 2.0, 3.0, size, False).is_placed
    assert Char("a", 1.0, 2.0, 3.0, 12.0, False).is_placed
