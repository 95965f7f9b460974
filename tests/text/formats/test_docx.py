"""What Word shows of a document is what is read of it: notes, numbers, tracked changes as if accepted, all reported."""

from __future__ import annotations

from invented.papers import WORD, word_file, word_run
from mandata.text.docx.reader import read_docx


def rendered(data: bytes) -> list[str]:
    return [row for row in read_docx(data).text.replace("\f", "\n").splitlines() if row]


def paragraph(content: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr>{content}</w:p>"


def item(words: str, list_id: int, depth: int = 0) -> str:
    return paragraph(word_run(words), f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{list_id}"/></w:numPr>')


def level(depth: int, style: str, text: str, start: int = 1) -> str:
    says = f'<w:start w:val="{start}"/><w:numFmt w:val="{style}"/><w:lvlText w:val="{text}"/>'
    return f'<w:lvl w:ilvl="{depth}">{says}</w:lvl>'


NUMBERING = (
    f'<w:numbering {WORD}><w:abstractNum w:abstractNumId="7">'
    + level(0, "decimal", "%1.") + level(1, "lowerLetter", "%2)") + level(2, "lowerRoman", "%1.%2.%3")
    + f'</w:abstractNum><w:abstractNum w:abstractNumId="8">{level(0, "bullet", chr(0xF0B7))}</w:abstractNum>'
    '<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num>'
    '<w:num w:numId="2"><w:abstractNumId w:val="8"/></w:num>'
    '<w:num w:numId="3"><w:abstractNumId w:val="7"/>'
    '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride></w:num></w:numbering>'
)  # fmt: skip


def test_numbers_of_lists_are_shown() -> None:
    body = "".join([
        item("Encourage", 1), item("De faire", 1, 1), item("D'aller", 1, 1), item("Ici", 1, 2), item("Prie", 1),
        item("De voir", 1, 1), item("Suivre", 2), item("Décide", 3), item("Sans", 0), item("Rien", 99),
    ])  # fmt: skip
    assert rendered(word_file(body, numbering=NUMBERING)) == [
        "1. Encourage", "a) De faire", "b) D'aller", "1.b.i Ici", "2. Prie", "a) De voir", "• Suivre", "5. Décide",
        "Sans", "Rien",
    ]  # fmt: skip


def test_styles_number_emphasise_and_head() -> None:
    styles = (
        f'<w:styles {WORD}><w:style w:type="paragraph" w:styleId="Base"><w:rPr><w:i/></w:rPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="Op"><w:basedOn w:val="Base"/>'
        '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="Title"><w:pPr><w:outlineLvl w:val="0"/></w:pPr></w:style>'
        '<w:style w:type="character" w:styleId="Up"><w:rPr><w:vertAlign w:val="superscript"/></w:rPr></w:style>'
        "</w:styles>"
    )
    body = paragraph(word_run("Titre"), '<w:pStyle w:val="Title"/>') + paragraph(
        word_run("Prie")
        + word_run(" la 2", '<w:i w:val="0"/>')
        + word_run("e", '<w:rStyle w:val="Up"/><w:i w:val="0"/>'),
        '<w:pStyle w:val="Op"/>',
    )
    found = read_docx(word_file(body, styles=styles, numbering=NUMBERING))
    assert found.text == "Titre\n\n1. Prie la 2e\n\n"
    assert [found.text[start:end] for start, end in found.emphases] == ["Prie"]


def test_notes_are_numbered_by_their_calls_and_follow_the_text() -> None:
    def call(kind: str, number: int) -> str:
        return f'<w:r><w:{kind}Reference w:id="{number}"/></w:r>'

    def note(kind: str, number: int, words: str) -> str:
        content = f"<w:r><w:{kind}Ref/></w:r>" + word_run("\u2003" + words)
        return f'<w:{kind} w:id="{number}">{paragraph(content)}{paragraph(word_run("Ibid."))}</w:{kind}>'

    body = paragraph(word_run("Un") + call("footnote", 9) + call("footnote", 4) + word_run(",") + call("endnote", 4))
    body += paragraph('<w:r><w:footnoteReference w:id="7" w:customMarkFollows="1"/><w:t>*</w:t></w:r>')
    notes = "".join(note("footnote", n, f"Note {n}") for n in (4, 7, 9))
    data = word_file(
        body,
        footnotes=f"<w:footnotes {WORD}>{notes}</w:footnotes>",
        endnotes=f"<w:endnotes {WORD}>{note('endnote', 4, 'Fin')}</w:endnotes>",
    )
    assert rendered(data) == ["Un¹\u2009²,³", "*", "¹ Note 9 Ibid.", "² Note 4 Ibid.", "³ Fin Ibid."]


def test_two_calls_side_by_side_stay_apart() -> None:
    """ "¹" and "²" side by side would read as a call of note 12."""
    body = paragraph(
        word_run("Paix") + '<w:r><w:footnoteReference w:id="2"/></w:r><w:r><w:footnoteReference w:id="3"/></w:r>'
    )
    notes = "".join(f'<w:footnote w:id="{n}">{paragraph(word_run("Voir"))}</w:footnote>' for n in (2, 3))
    found = read_docx(word_file(body, footnotes=f"<w:footnotes {WORD}>{notes}</w:footnotes>"))
    assert found.text.startswith("Paix¹\u2009²\n")


def test_insertions_are_kept_deletions_dropped_and_both_reported() -> None:
    def change(kind: str, words: str) -> str:
        run = (
            word_run(words).replace("w:t>", "w:delText>").replace("<w:t ", "<w:delText ")
            if kind == "del"
            else word_run(words)
        )
        return f'<w:{kind} w:id="1" w:author="A" w:date="2020-01-01T00:00:00Z">{run}</w:{kind}>'

    body = paragraph(word_run("Prie le ") + change("del", "Centre") + change("ins", "Bureau") + word_run(" de venir"))
    body += paragraph(word_run("et"), '<w:rPr><w:del w:id="2"/></w:rPr>') + paragraph(word_run(" de voir"))
    body += paragraph(f"<w:moveFrom>{word_run('Ici')}</w:moveFrom><w:moveTo>{word_run('Là')}</w:moveTo>")
    found = read_docx(word_file(body))
    assert found.text.split("\n\n") == ["Prie le Bureau de venir", "et de voir", "Là", ""]
    said = [(issue.code, issue.message, issue.start) for issue in found.issues]
    assert said == [
        ("tracked-deletion", "a tracked change deletes “Centre”", 8),
        ("tracked-deletion", "a tracked change deletes “Ici”", found.text.index("Là")),
        ("tracked-insertion", "2 tracked insertions are taken as part of the text", None),
    ]


def test_tables_boxes_breaks_fields_and_hidden_words() -> None:
    cell = "<w:tc>{}</w:tc>".format
    row = f"<w:tr>{cell(paragraph(word_run('3.')))}{cell(paragraph(word_run('Décide')))}</w:tr>"
    box = f"<w:txbxContent>{paragraph(word_run('Encadré'))}</w:txbxContent>"
    choice = f"<mc:Choice>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback>"
    alternate = f'<mc:AlternateContent xmlns:mc="m">{choice}</mc:AlternateContent>'
    field = "<w:r><w:fldChar/></w:r><w:r><w:instrText>PAGE</w:instrText></w:r>" + word_run("12")
    body = f"<w:tbl>{row}</w:tbl>" + paragraph(
        word_run("Paix")
        + f"<w:r>{alternate}</w:r>"
        + word_run(" rien", "<w:vanish/>")
        + "<w:r><w:tab/><w:t>et</w:t><w:br/></w:r>"
        + field
        + f'<w:hyperlink r:id="x">{word_run(" lien")}<w:r><w:noBreakHyphen/></w:r></w:hyperlink>'
    )
    assert rendered(word_file(body)) == ["3. Décide", "Paix\tet", "12 lien\u2011", "Encadré"]


def test_head_and_foot_of_the_first_page_come_first_and_of_no_other() -> None:
    section = (
        '<w:sectPr><w:headerReference w:type="default" r:id="header1"/>'
        '<w:headerReference w:type="first" r:id="header2"/>'
        '<w:footerReference w:type="first" r:id="footer3"/><w:titlePg/></w:sectPr>'
    )
    heads = {
        "header1": f"<w:hdr {WORD}>{paragraph(word_run('A/72/1'))}</w:hdr>",
        "header2": f"<w:hdr {WORD}>{paragraph(word_run('Nations Unies'))}</w:hdr>",
        "footer3": f"<w:ftr {WORD}>{paragraph(word_run('17-20793 (F)'))}</w:ftr>",
    }
    assert rendered(word_file(paragraph(word_run("Paix")) + section, False, **heads)) == [
        "Nations Unies",
        "17-20793 (F)",
        "Paix",
    ]
    other = section.replace("<w:titlePg/>", "")
    assert rendered(word_file(paragraph(word_run("Paix")) + other, False, **heads)) == ["A/72/1", "Paix"]


def test_signs_of_light_markup_are_words_here() -> None:
    found = read_docx(word_file(paragraph(word_run("# Paix *et* <sup>2</sup> [joie](x)"))))
    assert found.text == "# Paix *et* <sup>2</sup> [joie](x)\n\n"


def test_digits_raised_by_hand_are_note_calls() -> None:
    up = '<w:vertAlign w:val="superscript"/>'
    runs = word_run("Paix") + word_run("12", up) + word_run(" sur la 3") + word_run("e", up)
    assert read_docx(word_file(paragraph(runs))).text.strip() == "Paix¹² sur la 3e"


def test_a_file_of_the_strict_norm_is_read_alike() -> None:
    data = word_file(paragraph(word_run("Paix")), strict=True)
    assert rendered(data) == ["Paix"]
