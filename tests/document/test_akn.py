"""A file in AKN4UN is read by its mark-up, its known faults mended; nothing in a file can harm who reads it."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from mandata.document.akn.tree import MAX_DEPTH, MAX_ELEMENTS
from mandata.document.model import Document
from mandata.errors import MandataError
from mandata.mention.delegations import parse_state_list
from mandata.reading import Reading, read
from mandata.text.source import decode

MARKUP = (Path(__file__).parents[1] / "cases" / "marked-up-resolution.xml").read_text(encoding="utf-8")
"""A resolution that no one adopted, with the faults that such files have; its text stands beside it."""

ROOT = '<akomaNtoso xmlns="http://docs.oasis-open.org/legaldocml/ns/akn/3.0">'


def reading(markup: str) -> Reading:
    return read(decode(markup.encode(), "any.name"))


@pytest.fixture(scope="module")
def sample() -> Reading:
    return reading(MARKUP)


@pytest.fixture(scope="module")
def document(sample: Reading) -> Document:
    return sample.document


def codes(found: Reading) -> list[str]:
    return sorted({issue.code for issue in found.document.issues})


def test_the_masthead_is_read(document: Document) -> None:
    head = document.masthead
    assert (document.kind, document.language) == ("resolution", "fr")
    assert head.symbol
    assert head.symbol.value == "A/RES/73/999"
    assert head.session
    assert head.session.value == 73
    assert [draft.value for draft in head.drafts] == ["A/73/L.99"]
    assert head.adopted
    assert head.distribution_date
    assert head.job_number
    assert (str(head.adopted.value), str(head.distribution_date.value)) == ("2019-03-14", "2019-03-20")
    assert (head.job_number.value, document.title and document.title.chars) == ("19-01234", "Lacs et rivières")
    assert head.agenda_item_title
    assert head.agenda_item_title.value == "Lacs & rivières"
    assert document.meeting
    assert document.meeting.value == 66


def test_paragraphs_bear_the_printed_number_and_not_the_identifier(document: Document) -> None:
    """A number that stands apart from its words goes with them, and one that is repeated is no printed one."""
    assert [(p.path, p.number) for p in document.operative] == [("op1", "1"), ("op2", "2"), ("op3", None)]
    assert [(p.path, p.text.chars) for p in document.operative[1].items] == [
        ("op2.a", "De mesurer les lacs ;"),
        ("op2.b", "De nommer les rivières ;"),
    ]
    assert [p.path for p in document.preambular] == ["pp1", "pp2"]


def test_a_heading_opens_a_section(document: Document) -> None:
    assert [(s.path, s.title and s.title.chars) for s in document.sections] == [("heading1", "Rivières")]
    assert [(p.path, p.section) for p in document.operative] == [
        ("op1", None),
        ("op2", "heading1"),
        ("op3", "heading1"),
    ]


def test_an_operator_that_lost_a_letter_to_the_italics_is_whole(document: Document) -> None:
    operator = document.preambular[1].operator
    assert operator
    assert operator.words == "Recherchant"


def test_notes_stand_where_they_are_called(document: Document) -> None:
    assert [(n.number, n.text.chars) for n in document.footnotes] == [
        ("1", "A/71/982‑S/2017/600, annexe."),
        ("2", "Ibid."),
    ]
    assert [(c.number, c.at) for c in document.preambular[1].calls] == [("1", len("Recherchant la paix des lacs"))]


def test_a_joint_symbol_is_whole_although_its_first_half_alone_is_linked(sample: Reading) -> None:
    found = [(c.target, c.way, c.part) for c in sample.citations.found if c.path == "pp2"]
    assert found == [("A/71/982-S/2017/600", "footnote", "annex")]


def test_what_only_a_link_tells_is_cited_and_listed(sample: Reading) -> None:
    linked = [(c.path, c.target, c.way, c.text) for c in sample.citations.found if c.linked]
    assert linked == [("op2", "A/70/555", "symbol", "bien connu")]
    assert "linked-only" in codes(sample)


def test_where_words_and_link_differ_the_words_stand(sample: Reading) -> None:
    targets = {citation.target for citation in sample.citations.found}
    assert "A/72/88" in targets
    assert "A/74/999" not in targets
    assert "link-differs" in codes(sample)


def test_what_is_left_out_is_reported(sample: Reading) -> None:
    assert codes(sample) == [
        "link-differs",
        "linked-only",
        "number-repeated",
        "operator-unknown",
        "vote-count",
        "voter-open",
    ]


def test_every_character_stands_at_its_place_in_the_file(document: Document) -> None:
    raw = document.source.raw
    texts = [*(p.text for p in document.body()), *(n.text for n in document.footnotes)]
    for text in texts:
        for char, start, end in zip(text.chars, text.starts, text.ends, strict=True):
            there = raw[start:end]
            assert char in (there, " ") or there.startswith("&")


def test_every_value_stands_at_its_place_in_the_file(sample: Reading) -> None:
    raw, proceedings = sample.document.source.raw, sample.document.proceedings
    stated = [step.document for step in proceedings.steps if step.document]
    assert [raw[slice(*one.span)] for one in stated] == [one.value for one in stated]
    assert [raw[slice(*one.span)] for one in sample.document.links] == [
        "72/7",
        "A/71/982‑S/2017/600",
        "bien connu",
        "A/72/88",
    ]
    assert [raw[slice(*b.span)] for b in sample.delegations.ballots] == ["COTE D'IVOIRE", "TURKIYE", "CHAD"]


def test_sponsors_and_voters_are_states(sample: Reading) -> None:
    sponsors = [(s.state.key, s.draft, s.later) for s in sample.delegations.sponsors]
    assert [key for key, _, later in sponsors if not later] == ["CIV", "LKA", "TUR"]
    assert [key for key, _, later in sponsors if later] == ["BIH", "COM"]
    assert {draft for _, draft, _ in sponsors} == {"A/73/L.99"}
    assert [(b.choice, b.state.key) for b in sample.delegations.ballots] == [
        ("inFavour", "CIV"),
        ("inFavour", "TUR"),
        ("against", "TCD"),
    ]


@pytest.mark.parametrize(
    ("words", "states", "rest"),
    [
        ("Bolivia (Plurinational State of), El Salvador and San Marino", ["BOL", "SLV", "SMR"], ""),
        (
            "Guyana (on behalf of the Group of 77 and China), Chad",
            ["TCD"],
            "Guyana (on behalf of the Group of 77 and China)",
        ),
        ("submitted by the Chair of the Committee", [], "submitted by the Chair of the Committee"),
        ("Türki\u0307ye, the Democratic Republic of the Congo", ["TUR", "COD"], ""),
        ("Congo, Nigeria and Niger", ["COG", "NGA", "NER"], ""),
        ("", [], ""),
    ],
)
def test_a_list_names_states_or_stays_open(words: str, states: list[str], rest: str) -> None:
    found, left = parse_state_list(words)
    assert ([state.key for state in found], left) == (states, rest)


def test_subjects_are_told_by_vocabulary_with_plain_words(document: Document) -> None:
    assert [(s.scheme, s.key, s.label) for s in document.proceedings.subjects] == [
        ("EuroVoc", "585", "women's rights"),
        ("SDG", "14", "sdg 14"),
        ("UNBIS", "lakes", "LAKES"),
    ]


@pytest.mark.parametrize("before", ["<b>", "see ", "javascript:", "http://x/&gt; "])
def test_an_address_with_anything_before_it_is_none(before: str) -> None:
    """Else what no IRI may hold would stand in the statements."""
    changed = MARKUP.replace(
        'href="http://metadata.un.org/sdg/14"', f'href="{before.replace("<", "&lt;")}http://metadata.un.org/sdg/14"'
    )
    assert "SDG" not in {subject.scheme for subject in reading(changed).document.proceedings.subjects}


def test_a_preamble_behind_the_operative_part_is_of_it() -> None:
    """Some files take a paragraph whose verb may open a preamble too out of the operative part, which they cut."""
    apart = "</mainBody><preamble><container><p>9. Attend la paix des lacs ;</p></container></preamble><mainBody>"
    before, changed = (
        reading(MARKUP).document,
        reading(MARKUP.replace("</mainBody>", f"{apart}</mainBody>", 1)).document,
    )
    assert len(changed.preambular) == len(before.preambular)
    assert [p.number for p in changed.operative] == [*(p.number for p in before.operative), "9"]


def test_the_brackets_around_the_number_of_a_note_are_no_words_of_it() -> None:
    """In Arabic a note is numbered "(¹)", and the mark-up keeps the brackets: so "Ibid." would not open the note."""
    changed = reading(MARKUP.replace("<p>Ibid.</p>", "<p>() Ibid.</p>"))
    (second,) = [note for note in changed.document.footnotes if note.number == "2"]
    assert second.text.chars == "Ibid."


def test_a_placeholder_is_no_date(document: Document) -> None:
    days = [step.day and str(step.day.value) for step in document.proceedings.steps]
    assert days == ["2019-02-01", None, None, "2019-03-14"]


def test_a_date_that_words_do_not_tell_is_taken_from_the_mark_up_and_one_that_differs_reported() -> None:
    silent = reading(MARKUP.replace("20 mars 2019", "mars")).document.masthead.distribution_date
    assert silent
    assert str(silent.value) == "2019-03-20"
    assert "markup-differs" in codes(reading(MARKUP.replace("20 mars 2019", "21 mars 2019")))


def test_a_link_to_what_no_document_can_bear_is_reported() -> None:
    found = reading(MARKUP.replace("A/70/555", "A/RES/10/6"))
    assert "link-no-symbol" in codes(found)
    assert "A/RES/10/6" not in {citation.target for citation in found.citations.found}


# Files that harm, or are broken --------------------------------------------------------------------------------------

BOMB = (
    "<!DOCTYPE x [<!ENTITY a 'aaaaaaaaaa'>"
    + "".join(f"<!ENTITY {b} '&{a};&{a};'>" for a, b in zip("abcde", "bcdef", strict=True))
    + "]>"
)


@pytest.mark.parametrize(
    ("markup", "code"),
    [
        (BOMB + ROOT + "<p>&f;</p></akomaNtoso>", "xml-doctype"),
        ('<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hostname">]>' + ROOT + "<p>&e;</p></akomaNtoso>", "xml-doctype"),
        ('<!DOCTYPE x SYSTEM "http://example.org/x.dtd">' + ROOT + "</akomaNtoso>", "xml-doctype"),
        (ROOT + "<p>" * (MAX_DEPTH + 1), "xml-too-large"),
        (ROOT + "<p/>" * (MAX_ELEMENTS + 1) + "</akomaNtoso>", "xml-too-large"),
        ("<<akomaNtoso >", "xml-broken"),
    ],
    ids=["entities", "file", "network", "depth", "number", "no XML"],
)
def test_a_bomb_is_refused_at_once(markup: str, code: str) -> None:
    with pytest.raises(MandataError) as refused:
        reading(markup)
    assert refused.value.code == code


def test_an_entity_no_one_declared_is_a_fault_and_the_rest_is_read() -> None:
    found = reading(MARKUP.replace("De nommer", "De &nommer;"))
    assert [p.path for p in found.document.preambular] == ["pp1", "pp2"]
    assert "xml-broken" in codes(found)


def test_a_file_cut_short_says_less_and_never_otherwise(sample: Reading) -> None:
    whole = {p.path: p.text.chars for p in sample.document.body()}
    for share in range(1, 100):
        found = _or_nothing(MARKUP[: len(MARKUP) * share // 100])
        assert [p for p in found[:-1] if whole.get(p[0]) != p[1]] == [], share
        assert all(whole[path].startswith(text[:-1].rstrip(" &")) for path, text in found[-1:]), share


def _or_nothing(markup: str) -> list[tuple[str, str]]:
    try:
        return [(p.path, p.text.chars) for p in reading(markup).document.body()]
    except MandataError:
        return []


def test_any_change_of_a_file_is_read_or_refused_in_words() -> None:
    """Mutations by a seeded generator: pieces taken out, doubled, swapped, or replaced by what breaks mark-up."""
    chance = random.Random(20190314)
    breaking = [
        "<",
        ">",
        "&",
        "]]>",
        "<![CDATA[",
        "<!--",
        "<?x",
        "\x00",
        "\ud7ff",
        "<num>9.</num>",
        "</p>",
        '"',
        "1999-99-99",
    ]
    for _ in range(300):
        changed = MARKUP
        for _ in range(chance.randint(1, 6)):
            start = chance.randrange(len(changed))
            end = min(len(changed), start + chance.choice([1, 3, 20, 200]))
            piece = chance.choice([*breaking, "", changed[start:end] * 2])
            changed = changed[:start] + piece + changed[end:]
        try:
            found = reading(changed)
        except MandataError as refused:
            assert "\n" not in str(refused)
        else:
            raw = found.document.source.raw
            assert all(0 <= (issue.start or 0) <= (issue.end or 0) <= len(raw) for issue in found.document.issues)


@pytest.mark.parametrize("before", ["", "\ufeff", '<?xml version="1.0" encoding="UTF-8"?>\n', "<!-- a remark -->\n"])
def test_the_contents_and_not_the_name_tell_what_a_file_is(before: str, tmp_path: Path) -> None:
    path = tmp_path / "letter.txt"
    path.write_text(before + MARKUP, encoding="utf-8")
    found = read(decode(path.read_bytes(), str(path)))
    assert found.document.kind == "resolution"
    assert next(p.text.chars for p in found.document.preambular).startswith("Rappelant sa")


def test_line_ends_of_another_system_change_nothing_but_offsets(sample: Reading) -> None:
    other = reading(MARKUP.replace("\n", "\r\n"))
    assert [(p.path, p.text.chars) for p in other.document.body()] == [
        (p.path, p.text.chars) for p in sample.document.body()
    ]
