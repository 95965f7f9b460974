"""A page as it is written: its anchors, its links, its elements."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = {"meta", "link", "input", "br"}


@dataclass
class Written:
    ids: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    loaded: list[str] = field(default_factory=list)
    elements: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    unclosed: list[str] = field(default_factory=list)
    words: list[tuple[str, str, str]] = field(default_factory=list)
    """Text with the language and the direction it stands in."""


class Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.written = Written()
        self._open: list[tuple[str, str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        self.written.elements.append((tag, values))
        self.written.ids += [values["id"]] if "id" in values else []
        if tag == "a" or (tag == "link" and values.get("rel") in {"alternate", "describedby"}):
            self.written.links.append(values["href"])
        if tag == "link" and values.get("rel") in {"stylesheet", "icon"}:
            self.written.loaded.append(values["href"])
        if "src" in values:
            self.written.loaded.append(values["src"])
        if tag not in VOID:
            language, direction = self._open[-1][1:] if self._open else ("", "ltr")
            self._open.append((tag, values.get("lang", language), values.get("dir", direction)))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.written.elements.append((tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        if not self._open or self._open[-1][0] != tag:
            self.written.unclosed.append(tag)
        else:
            self._open.pop()

    def handle_data(self, data: str) -> None:
        if data.strip() and self._open:
            self.written.words.append((data, *self._open[-1][1:]))

    def close(self) -> None:
        super().close()
        self.written.unclosed += [tag for tag, _, _ in self._open]


def read(page: bytes) -> Written:
    reader = Reader()
    reader.feed(page.decode())
    reader.close()
    return reader.written
