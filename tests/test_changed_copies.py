"""Changed copies of the five texts come out changed accordingly, and nothing else changes.

What a text says is read in the text: no answer is written down for these five. Typographic changes change nothing but
offsets and the checksum.
"""

from __future__ import annotations

import re
import textwrap
import unicodedata
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from mandata.ingest import conversion

TEXTS = Path(__file__).parents[1] / "data" / "texts"
ROLE, ZONE, COMMUNIQUE, DECLARATION, ANNOUNCEMENT = sorted(path.name for path in TEXTS.glob("*.txt"))
ALL = (ROLE, ZONE, COMMUNIQUE, DECLARATION, ANNOUNCEMENT)
Change = Callable[[str], str]
Record = dict[str, Any]


def swap(old: str, new: str) -> Change:
    """Return the change of some words for others."""
    return lambda text: text.replace(old, new)


@cache
def raw(name: str) -> str:
    return (TEXTS / name).read_bytes().decode("utf-8")


@cache
def whole() -> dict[str, Record]:
    return {Path(str(r["source"])).name: r for r in conversion.records([TEXTS / name for name in ALL])}


def converted(name: str, text: str, folder: Path) -> Record:
    """Return the record of a changed copy of one text, read beside the others."""
    path = folder / name
    path.write_bytes(text.encode("utf-8"))
    return conversion.records([path, *(TEXTS / other for other in ALL if other != name)])[0]


OFFSETS = {"start", "end", "spans", "source"}


def said(value: Any) -> Any:
    """Return what a record says: without offsets, and with typography folded."""
    if isinstance(value, dict):
        return {key: said(part) for key, part in value.items() if key not in OFFSETS}
    if isinstance(value, list):
        return [said(part) for part in value]
    return (
        " ".join(re.sub("[’\u2011]", lambda m: "'" if m[0] == "’" else "-", value).split())
        if isinstance(value, str)
        else value
    )


def flat(value: Any, where: str = "") -> dict[str, Any]:
    """Return all that a record says, by its place in it."""
    if isinstance(value, dict):
        return {k: v for key, part in value.items() for k, v in flat(part, f"{where}.{key}" if where else key).items()}
    if isinstance(value, list):
        return {k: v for n, part in enumerate(value) for k, v in flat(part, f"{where}[{n}]").items()}
    return {where: value}


def differences(one: Record, other: Record) -> dict[str, tuple[Any, Any]]:
    """Return where two records differ, mentions apart: (one, other) by place; the words of a place are not compared."""
    left, right = (flat({k: v for k, v in said(r).items() if k != "mentions"}) for r in (one, other))
    return {k: (left.get(k), right.get(k)) for k in sorted({*left, *right}) if left.get(k) != right.get(k)}


# what is changed, in which text, how, and all that comes out otherwise: what it was and what it is
CHANGES: list[tuple[str, str, Change, dict[str, tuple[Any, Any]]]] = [
    (
        "another date of distribution",
        ROLE,
        swap("20 novembre 2017", "21 décembre 2017"),
        {"distribution_date": ("2017-11-20", "2017-12-21")},
    ),
    (
        "another date of adoption",
        ROLE,
        swap("Assemblée générale le 17 novembre", "Assemblée générale le 16 novembre"),
        {"adopted": ("2017-11-17", "2017-11-16")},
    ),
    (
        "another session",
        ROLE,
        swap("Soixante-douzième", "Soixante-treizième"),
        {"session": (72, 73)},
    ),
    (
        "another meeting",
        ROLE,
        swap("*55<sup>e</sup>", "*56<sup>e</sup>"),
        {"meeting": (55, 56)},
    ),
    (
        "another agenda item",
        ROLE,
        swap("Point 65", "Point 66"),
        {"agenda_item": ("65", "66")},
    ),
    (
        "another number",
        ROLE,
        swap("### 72/7.", "### 72/9."),
        {"symbol": ("A/RES/72/7", "A/RES/72/9"), "symbol_stated": ("72/7", "72/9")},
    ),
    (
        "another operator",
        ROLE,
        swap("2. *Se félicite* du concours", "2. *Prend note* du concours"),
        {
            "operative[1].operator": ("Se félicite", "Prend note"),
            "operative[1].concept": ("welcomes", "takes-note"),
            "operative[1].text": ("Se félicite du concours", "Prend note du concours"),
        },
    ),
    (
        "another number recalled",
        ZONE,
        swap("73/338", "73/339"),
        {
            "preambular[4].cites[0].id": ("A/RES/73/338", "A/RES/73/339"),
            "preambular[4].cites[0].text": ("résolution 73/338", "résolution 73/339"),
            "preambular[4].text": ("sa résolution 73/338", "sa résolution 73/339"),
            "cites[3].id": ("A/RES/73/338", "A/RES/73/339"),
        },
    ),
    (
        "another session for the agenda",
        ZONE,
        swap("soixante-dix-septième session", "soixante-dix-huitième session"),
        {
            "operative[9].places_on_agenda_of_session": (77, 78),
            "operative[9].text": ("soixante-dix-septième", "soixante-dix-huitième"),
        },
    ),
    (
        "another sender",
        COMMUNIQUE,
        swap("Bakhtiyor Ibragimov", "Jean Dupont"),
        {"sender.name": ("Bakhtiyor Ibragimov", "Jean Dupont")},
    ),
    (
        "another State",
        COMMUNIQUE,
        swap("permanent de l’Ouzbékistan", "permanent de l’Inde"),
        {"sender.state": ("Uzbekistan", "India"), "title": ("l'Ouzbékistan", "l'Inde")},
    ),
    (
        "another job number",
        COMMUNIQUE,
        swap("17-20793", "17-20794"),
        {"job_number": ("17-20793", "17-20794")},
    ),
    (
        "another day of the letter",
        COMMUNIQUE,
        swap("datée du 14 novembre 2017", "datée du 15 novembre 2017"),
        {"letter_date": ("2017-11-14", "2017-11-15"), "title": ("14 novembre", "15 novembre")},
    ),
    (
        "another seat",
        ANNOUNCEMENT,
        swap("diplomatie préventive à Achgabat", "diplomatie préventive à Tachkent"),
        {"mandate.seat": ("Ashgabat", "Tashkent"), "paragraphs[0].text": ("à Achgabat", "à Tachkent")},
    ),
    (
        "another verb",
        ANNOUNCEMENT,
        swap("- Suivre et analyser la", "- Coordonner la"),
        {
            "mandate.functions[1].verb": ("monitor-and-analyse", "coordinate"),
            "mandate.functions[1].text": ("Suivre et analyser", "Coordonner"),
            "paragraphs[2].items[1].text": ("Suivre et analyser", "Coordonner"),
        },
    ),
    (
        "another counterpart",
        ANNOUNCEMENT,
        swap("la Communauté d'États indépendants", "l'Union africaine"),
        {
            "mandate.functions[2].with[1]": ("CIS", "African Union"),
            "mandate.functions[2].text": ("Communauté", "Union africaine"),
            "paragraphs[2].items[2].text": ("Communauté", "Union africaine"),
        },
    ),
    (
        "another body closed",
        ANNOUNCEMENT,
        swap(
            "du Bureau d'appui des Nations Unies pour la consolidation de la paix au Tadjikistan",
            "de l'Union africaine",
        ),
        {
            "closed_in_parallel": ("United Nations Tajikistan Office of Peacebuilding", "African Union"),
            "paragraphs[1].text": ("Bureau d'appui", "Union africaine"),
        },
    ),
]


@pytest.mark.parametrize(("name", "change", "expected"), [c[1:] for c in CHANGES], ids=[c[0] for c in CHANGES])
def test_what_is_changed_comes_out_changed(
    name: str, change: Change, expected: dict[str, tuple[Any, Any]], tmp_path: Path
) -> None:
    text = change(raw(name))
    assert text != raw(name)
    found = differences(whole()[name], converted(name, text, tmp_path))
    assert found.keys() == expected.keys()
    for place, (before, after) in expected.items():
        was, now = found[place]
        if place.endswith("text") or place == "title":
            assert before in was, place
            assert after in now, place
        else:
            assert (was, now) == (before, after), place


def test_another_resolution_in_a_note_is_another_citation(tmp_path: Path) -> None:
    """The note then cites a resolution that the name in the paragraph does not stand for: both are cited."""
    found = converted(ROLE, raw(ROLE).replace("Résolution 60/288", "Résolution 57/27"), tmp_path)
    cited = {(c["id"], c["via"], c["note"]) for c in found["preambular"][6]["cites"]}
    assert cited == {("A/RES/57/27", "footnote", 2), ("A/RES/60/288", "name", None)}
    assert found["footnotes"]["2"]["cites"] == ["A/RES/57/27"]


def test_a_note_taken_out_takes_its_citations(tmp_path: Path) -> None:
    found = converted(ROLE, raw(ROLE).replace("<sup>1</sup> Voir [S/2007/279](#) et [S/2007/280](#).", ""), tmp_path)
    assert sorted(found["footnotes"]) == ["2", "3"]
    assert found["preambular"][1]["cites"] == []
    assert {c["id"] for c in found["cites"]} == {c["id"] for c in whole()[ROLE]["cites"]} - {"S/2007/279", "S/2007/280"}
    assert found["preambular"][5]["text"] == whole()[ROLE]["preambular"][5]["text"]


def test_a_function_taken_out_leaves_the_others(tmp_path: Path) -> None:
    text, taken = re.subn(r"- Entretenir des contacts avec l'Organisation.*?\n", "", raw(ANNOUNCEMENT))
    assert taken == 1
    functions = converted(ANNOUNCEMENT, text, tmp_path)["mandate"]["functions"]
    before = whole()[ANNOUNCEMENT]["mandate"]["functions"]
    assert [f["n"] for f in functions] == [1, 2, 3, 4]
    assert [f["text"] for f in functions] == [f["text"] for f in before if f["n"] != 3]
    assert [f["with"] for f in functions] == [f["with"] for f in before if f["n"] != 3]


def test_an_operative_paragraph_taken_out_leaves_the_others(tmp_path: Path) -> None:
    text, taken = re.subn(r"2\. \*Se félicite\*.*?\n", "", raw(ROLE))
    assert taken == 1
    found = converted(ROLE, text, tmp_path)
    assert said(found["operative"]) == [p for p in said(whole()[ROLE]["operative"]) if p["n"] != 2]
    assert said(found["preambular"]) == said(whole()[ROLE]["preambular"])


def test_a_paragraph_put_in_is_one_more(tmp_path: Path) -> None:
    more = "*Rappelant* sa résolution 70/1 du 25 septembre 2015,\n\n*Se félicitant* de la célébration"
    found = converted(ROLE, raw(ROLE).replace("*Se félicitant* de la célébration", more), tmp_path)
    assert len(found["preambular"]) == 12
    assert [(c["id"], c["intent"], c["date"]) for c in found["preambular"][2]["cites"]] == [
        ("A/RES/70/1", "recalling", "2015-09-25")
    ]


@pytest.mark.parametrize(
    "change", [("7 mai 2007", "8 mai 2007"), ("par le Secrétaire général", "par le Vice-Secrétaire général")]
)
def test_a_letter_that_is_another_is_not_identified(change: tuple[str, str], tmp_path: Path) -> None:
    assert whole()[ANNOUNCEMENT]["symbol"] == "S/2007/279"
    assert converted(ANNOUNCEMENT, raw(ANNOUNCEMENT).replace(*change), tmp_path)["symbol"] is None


def test_another_anniversary_is_another_creation(tmp_path: Path) -> None:
    """The year of creation follows from the anniversary; it stands in the graph, not in the record."""
    path = tmp_path / ROLE
    path.write_text(raw(ROLE).replace("le dixième anniversaire", "le vingtième anniversaire"), encoding="utf-8")
    turtle = "".join(conversion.convert([path], "nquads"))
    assert '"1997-12"' in turtle
    assert '"2007-12"' not in turtle


def nfd(text: str) -> str:
    return unicodedata.normalize("NFD", text)


def wrapped(text: str, width: int) -> str:
    """Break the lines of a page elsewhere; a line that plainly goes on with the one before is joined to it first."""
    whole_lines: list[str] = []
    for line in filter(str.strip, text.split("\n")):
        goes_on = line[0].islower() and not whole_lines[-1].rstrip().endswith((".", ";", ":"))
        whole_lines[-1:] = [f"{whole_lines[-1].rstrip()} {line}"] if goes_on else [*whole_lines[-1:], line]
    return "\n\n".join(part for line in whole_lines for part in broken(line, width))


def broken(line: str, width: int) -> list[str]:
    indent = line[: len(line) - len(line.lstrip())]
    return textwrap.wrap(line.strip(), width, initial_indent=indent, break_on_hyphens=False, break_long_words=False)


def raised(text: str) -> str:
    return re.sub("<sup>([123])</sup>", lambda m: "¹²³"[int(m[1]) - 1], text)


def as_elements(text: str) -> str:
    return re.sub("[¹²³⁴]", lambda m: f"<sup>{'¹²³⁴'.index(m[0]) + 1}</sup>", text)


TYPOGRAPHY: list[tuple[str, tuple[str, ...], Change]] = [
    ("letters and accents apart", ALL, nfd),
    ("lines end as on another system", ALL, swap("\n", "\r\n")),
    ("typographic apostrophes", ALL, swap("'", "’")),
    ("plain apostrophes", ALL, swap("’", "'")),
    ("spaces that do not break before marks", ALL, lambda t: re.sub(r" (?=[:;»!?])", "\u00a0", t)),
    ("narrow spaces before marks", ALL, lambda t: re.sub(r" (?=[:;»])", "\u202f", t)),
    ("spaces doubled", (ROLE, ZONE, ANNOUNCEMENT), lambda t: re.sub(r"(?<=\w) (?=\w)", "  ", t)),
    ("soft hyphens", ALL, lambda t: re.sub(r"(?<=[a-z]{3})(?=tion)", "\u00ad", t)),
    ("characters without width", ALL, lambda t: re.sub(r"(?<=,)(?= )", "\u200b", t)),
    ("a mark at the head of the file", ALL, lambda t: "\ufeff" + t),
    ("note calls as raised figures", (ROLE,), raised),
    ("note calls as elements", (ZONE,), as_elements),
    ("ordinals with a caret", (ROLE,), swap("<sup>e</sup>", "^{e}")),
    ("ordinals as elements", (ZONE,), lambda t: t.replace("^{er}", "<sup>er</sup>").replace("^e", "<sup>e</sup>")),
    ("ordinals plain", (ZONE,), lambda t: t.replace("^{er}", "er").replace("^e", "e")),
    ("links without mark-up", (ROLE, ZONE), lambda t: re.sub(r"\[([^\[\]]+)\]\(#\)", r"\1", t)),
    ("stray spaces before apostrophes", ALL, lambda t: re.sub(r"(?<=\b[ld])(?=[’']\w)", " ", t)),
    ("blank lines doubled", ALL, swap("\n\n", "\n\n\n")),
    ("wide lines", (DECLARATION, COMMUNIQUE), lambda t: wrapped(t, 110)),
    ("narrow lines", (DECLARATION, COMMUNIQUE), lambda t: wrapped(t, 64)),
    ("hyphens that do not break", ALL, lambda t: re.sub(r"(?<=[a-zé])-(?=[a-zé])", "\u2011", t)),
]


CHANGED = {
    f"{how}-{n[:3]}": (n, change) for how, names, change in TYPOGRAPHY for n in names if change(raw(n)) != raw(n)
}
"""Each change that a text has something for, by its name."""


def test_every_change_of_typography_is_tried() -> None:
    assert {name.rpartition("-")[0] for name in CHANGED} == {how for how, _, _ in TYPOGRAPHY}


@pytest.mark.parametrize(("name", "change"), CHANGED.values(), ids=CHANGED)
def test_typography_changes_nothing(name: str, change: Change, tmp_path: Path) -> None:
    found = converted(name, change(raw(name)), tmp_path)
    assert differences(whole()[name], found) == {}
    assert [(m["id"], m["kind"]) for m in found["mentions"]] == [
        (m["id"], m["kind"]) for m in whole()[name]["mentions"]
    ]


@pytest.mark.parametrize("name", ALL)
@pytest.mark.parametrize("share", [10, 30, 45, 60, 75, 90, 97])
def test_cut_short_it_says_less_and_nothing_else(name: str, share: int, tmp_path: Path) -> None:
    """Of a text cut short, each paragraph but the last is the whole text's; what it cites is cited there as well."""
    text = raw(name)[: len(raw(name)) * share // 100]
    found, known = converted(name, text, tmp_path), whole()[name]
    if found["kind"] == "other":
        assert found["preambular"] == found["paragraphs"] == found["annexes"] == []
        return
    for key in ("symbol", "session", "agenda_item", "distribution_date", "adopted", "letter_date", "meeting", "sender"):
        if key in found and found[key] is not None and key != "sender":
            assert found[key] == known[key], key
    pairs = [
        (p, q)
        for key in ("preambular", "operative", "paragraphs")
        for p, q in zip(found[key], known[key], strict=False)
    ]
    for annex, other in zip(found["annexes"], known["annexes"], strict=False):
        pairs += list(zip(annex["paragraphs"], other["paragraphs"], strict=False))
    for one, other in pairs[:-1]:
        assert one["text"] == other["text"]
        assert {c["id"] for c in one["cites"]} <= {c["id"] for c in other["cites"]}
