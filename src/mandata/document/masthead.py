"""The masthead, above the title: symbol, dates, session, agenda item, organ, languages."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cache

from mandata.document.model import Masthead, Stated
from mandata.lexicon.dates import parse_date
from mandata.lexicon.folding import fold
from mandata.lexicon.lexicon import Lexicon
from mandata.lexicon.script import strip_optional_signs
from mandata.text.clean import CleanLine
from mandata.text.mapped import MappedText, join
from mandata.un import symbol
from mandata.un.entities import shipped_entities


def find_organ(words: str, lexicon: Lexicon) -> str | None:
    """Return the local name of the organ with this name in a language, with or without an article; else None.

    An assembly that numbers its own resolutions, as UNEP's does, counts as an organ.

    Args:
        words: the folded name.
        lexicon: its language.
    """
    names, low = _names_of_organs(lexicon.language), words.lower()
    if words in names:
        return names[words]
    lower_case = _names_of_organs(lexicon.language, lower_case=True)
    rests = (low.removeprefix(article) for article in lexicon.articles if low.startswith(article))
    return next((lower_case[rest] for rest in rests if rest in lower_case), None)


@cache
def _names_of_organs(language: str, *, lower_case: bool = False) -> dict[str, str]:
    """Return the local names of the organs by their names in a language, in lower case if requested."""
    bodies = (body for body in shipped_entities() if body.kind == "organ" or body.facts.get("prefix"))
    named = (
        (strip_optional_signs(fold(name)), body.local_name) for body in bodies for name in body.names.get(language, ())
    )
    found: dict[str, str] = {}
    for name, local in named:
        found.setdefault(name.lower() if lower_case else name, local)
    return found


_COLUMN_GAP = re.compile(r"(?<=\S) +(?=Distr\.)")
"""The gap between two columns that extraction put on one line, "Security Council Distr.: General", in any language."""


def read_head(lines: Sequence[CleanLine], lexicon: Lexicon) -> Masthead:
    """Return the masthead that the lines above the body state, in any order.

    Args:
        lines: the lines above the body.
        lexicon: their language.
    """
    head = Masthead()
    for line in lines:
        for column in _columns(line.text):
            head = _add_line(head, column, lexicon)
    return replace(head, agenda_item_title=_agenda_title(lines, lexicon))


def _columns(line: MappedText) -> Iterator[MappedText]:
    gap = _COLUMN_GAP.search(line.chars)
    if gap:
        yield line[: gap.start()]
    yield line[gap.end() :] if gap else line


def _add_line(head: Masthead, line: MappedText, lexicon: Lexicon) -> Masthead:
    words = line.folded
    if organ := find_organ(words, lexicon):
        named = Stated(organ, line.span)
        known = {o.value for o in head.organs}
        head = replace(head, organs=head.organs if organ in known else (*head.organs, named), last_named_organ=named)
    if (day := lexicon.search("date-line", words)) and (date := parse_date(day["date"], lexicon)):
        head = replace(head, distribution_date=Stated(date, line.span))
    session = lexicon.search("session", words)
    if session and (number := lexicon.ordinal(session["ordinal"])):
        stated, special = Stated(number, line.span), session.groupdict().get("special")
        head = replace(head, special_session=stated) if special else replace(head, session=stated)
        head = replace(head, session_of=head.last_named_organ)
    if item := lexicon.search("agenda-item", words):
        head = replace(head, agenda_item=Stated(item_number(item["item"], lexicon), line.span))
    if language_line := lexicon.search("language-line", words):
        head = replace(head, language=Stated(lexicon.languages[language_line["language"].lower()], line.span))
    if original := lexicon.search("original-language", words):
        head = replace(head, original_language=Stated(lexicon.languages[original["language"].lower()], line.span))
    if job := lexicon.search("job-number", words):
        head = replace(head, job_number=Stated(job["job"], line.span_of(*job.span("job"))))
    if head.symbol is None:
        head = replace(head, symbol=next(stated_symbols(line), None))
    return head


def item_number(printed: str, lexicon: Lexicon) -> str:
    """Return the number of an agenda item: "19 a" for "19 a)", "19 (a)", "19(a)", "19, alinéa a)" and "19 (أ)".

    Args:
        printed: the number as printed.
        lexicon: the language of the document.
    """
    if word := lexicon.search("item-word", printed):
        printed = f"{printed[: word.start()]} {printed[word.end() :]}"
    spaced = re.sub(r"(?<=\d)(?=[^\W\d_])", " ", re.sub(r" ?\(", " ", printed).replace(")", ""))
    words = strip_optional_signs(spaced)
    return re.sub(r"[^\W\d_]+", lambda m: lexicon.letters.get(strip_optional_signs(m[0]), m[0]), words)


def stated_symbols(text: MappedText) -> Iterator[Stated[str]]:
    """Yield the symbols in a text, in normal form."""
    for found in symbol.find(text.chars):
        yield Stated(str(found.symbol), text.span_of(found.start, found.end))


def _agenda_title(lines: Sequence[CleanLine], lexicon: Lexicon) -> Stated[str] | None:
    """Return the lines after the agenda item that are its title."""
    texts = [line.text for line in lines]
    start = next((i for i, text in enumerate(texts) if lexicon.search("agenda-item", text.folded)), len(texts))
    title = join(list(_title_lines(texts[start + 1 :], lexicon)), " ")
    return Stated(title.chars, title.span) if title.chars else None


def split_title(lines: Sequence[CleanLine], lexicon: Lexicon) -> tuple[Sequence[CleanLine], MappedText | None]:
    """Return the lines above the body without the title of the document, and that title, if there is one.

    It is between the title of the agenda item and the heading; a single title there is the agenda item's. A line that
    continues a title begins with a lower-case letter or, if lines are indented, is not indented itself.

    Args:
        lines: the lines above the body.
        lexicon: their language.
    """
    texts = [line.text for line in lines]
    item = next((i for i, text in enumerate(texts) if lexicon.search("agenda-item", text.folded)), None)
    if item is None:
        return lines, None
    titles = len(list(_title_lines(texts[item + 1 :], lexicon)))
    starts = [at for at in range(item + 1, item + 1 + titles) if not _continues(lines, at, lexicon)]
    if len(starts) < 2:
        return lines, None
    last = item + 1 + titles
    return [*lines[: starts[-1]], *lines[last:]], join([line.text for line in lines[starts[-1] : last]], " ")


def _continues(lines: Sequence[CleanLine], at: int, lexicon: Lexicon) -> bool:
    if any(line.indent for line in lines):
        return not lines[at].indent
    return lexicon.capitals and lines[at].text.chars[:1].islower()


def _title_lines(texts: Iterable[MappedText], lexicon: Lexicon) -> Iterator[MappedText]:
    for text in texts:
        words = text.folded
        if any(lexicon.search(rule, words) for rule in ("distribution", "date-line", "session", "job-number")):
            return
        if find_organ(words, lexicon):
            return
        yield text
