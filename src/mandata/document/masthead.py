"""What stands above the title: symbol, dates, session, agenda item, organ, languages."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from mandata import symbol
from mandata.document.model import Masthead, Stated
from mandata.entities import shipped_entities
from mandata.text.clean import Line
from mandata.text.dates import parse_date
from mandata.text.language import Lexicon
from mandata.text.mapped import MappedText, fold, joined
from mandata.text.script import unmarked


def organ_named(words: str, lexicon: Lexicon) -> str | None:
    """Return the local name of the organ with a name, an article before it or not."""
    for organ in shipped_entities().of_kind("organ"):
        for name in organ.names.get(lexicon.language, ()):
            bare = unmarked(fold(name))
            if words == bare or words.lower().removesuffix(bare.lower()) in lexicon.articles:
                return organ.local_name
    return None


def read_head(lines: Sequence[Line], lexicon: Lexicon) -> Masthead:
    """Return what the lines above the body state, in whatever order they stand."""
    head = Masthead()
    for line in lines:
        head = _with_line(head, line.text, lexicon)
    return replace(head, agenda_item_title=_agenda_title(lines, lexicon))


def _with_line(head: Masthead, line: MappedText, lexicon: Lexicon) -> Masthead:
    words = line.folded
    if (organ := organ_named(words, lexicon)) and organ not in {o.value for o in head.organs}:
        head = replace(head, organs=(*head.organs, Stated(organ, line.span)))
    if (day := lexicon.search("date-line", words)) and (date := parse_date(day["date"], lexicon)):
        head = replace(head, distribution_date=Stated(date, line.span))
    session = lexicon.search("session", words)
    if session and (number := lexicon.ordinal(session["ordinal"])):
        stated, special = Stated(number, line.span), session.groupdict().get("special")
        head = replace(head, special_session=stated) if special else replace(head, session=stated)
    if item := lexicon.search("agenda-item", words):
        head = replace(head, agenda_item=Stated(item_number(item["item"], lexicon), line.span))
    if tongue := lexicon.search("language-line", words):
        head = replace(head, language=Stated(lexicon.languages[tongue["language"].lower()], line.span))
    if original := lexicon.search("original-language", words):
        head = replace(head, original_language=Stated(lexicon.languages[original["language"].lower()], line.span))
    if job := lexicon.search("job-number", words):
        head = replace(head, job_number=Stated(job["job"], line.span_of(*job.span("job"))))
    if head.symbol is None:
        head = replace(head, symbol=next(stated_symbols(line), None))
    return head


def item_number(printed: str, lexicon: Lexicon) -> str:
    """Return the number of an agenda item: "19 a" for "19 a)", "19 (a)", "19(a)" and "19 (أ)"."""
    bare = re.sub(r"(?<=\d)(?=[^\W\d_])", " ", re.sub(r" ?\(", " ", printed).replace(")", ""))
    return re.sub(r"[^\W\d_]+", lambda m: lexicon.letters.get(unmarked(m[0]), m[0]), unmarked(bare))


def stated_symbols(text: MappedText) -> Iterator[Stated[str]]:
    """Yield the symbols that stand in a text, in normal form."""
    for found in symbol.find(text.chars):
        yield Stated(str(found.symbol), text.span_of(found.start, found.end))


def _agenda_title(lines: Sequence[Line], lexicon: Lexicon) -> Stated[str] | None:
    """Return the lines behind the agenda item, up to what is no title any more."""
    texts = [line.text for line in lines]
    start = next((i for i, text in enumerate(texts) if lexicon.search("agenda-item", text.folded)), len(texts))
    title = joined(list(_until_other(texts[start + 1 :], lexicon)), " ")
    return Stated(title.chars, title.span) if title.chars else None


def _until_other(texts: Iterable[MappedText], lexicon: Lexicon) -> Iterator[MappedText]:
    for text in texts:
        if any(lexicon.search(rule, text.folded) for rule in ("distribution", "date-line", "session", "job-number")):
            return
        yield text
