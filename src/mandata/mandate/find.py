"""Finding what a document states about mandates, and what it requests."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from mandata.document.model import Document, Paragraph
from mandata.errors import Issue
from mandata.lexicon.lexicon import Lexicon, lexicon_of
from mandata.mandate.acts import ActFinder
from mandata.mandate.bodies import Bodies, by_path
from mandata.mandate.functions import FunctionFinder, is_within
from mandata.mandate.model import DocumentTie, MandateAct, MandateParts, MandateStatement, Naming, Tie
from mandata.mandate.provisions import ParagraphCitation, ProvisionFinder
from mandata.un.entities import Entity, shipped_entities


def find_mandate_parts(
    document: Document, names: Sequence[tuple[str, Entity, int, int]], cited: Sequence[ParagraphCitation]
) -> MandateParts:
    """Return what a document states about mandates and what its operative paragraphs request.

    Args:
        document: the document.
        names: the entities named in it (path, entity, start, end).
        cited: the documents that its paragraphs cite.
    """
    lexicon = lexicon_of(document.language)
    if lexicon is None:
        return MandateParts()
    by_paragraph = by_path(names)
    targets: dict[str, list[ParagraphCitation]] = {}
    for citation in cited:
        targets.setdefault(citation.path, []).append(citation)
    bodies = Bodies(document, lexicon, by_paragraph)
    provisions = ProvisionFinder(document, lexicon, by_paragraph, targets)
    return _MandateFinder(document, lexicon, bodies, provisions).parts()


@dataclass(frozen=True, slots=True)
class _MandateFinder:
    document: Document
    lexicon: Lexicon
    bodies: Bodies
    provisions: ProvisionFinder

    def parts(self) -> MandateParts:
        paragraphs, asked = list(self.document.body()), self.provisions
        found = list(self._acts(paragraphs))
        acts = [each for each in found if isinstance(each, MandateAct)]
        statements = tuple(FunctionFinder(self.lexicon, self.bodies).statements(paragraphs, acts))
        acts += [act for statement in statements for act in self._find_restatements(statement, acts, paragraphs)]
        ties = [tie for p in paragraphs for tie in (*asked.ties(p), *self._find_closures(p), *self._find_exercises(p))]
        return MandateParts(
            statements=statements,
            acts=tuple(acts),
            ties=tuple(ties),
            namings=tuple(self._namings(statements, acts)),
            document_ties=tuple(tie for p in paragraphs for tie in (*asked.answers(p), *self._find_acceptances(p))),
            proclaimed_before=tuple(each for p in paragraphs for each in asked.reported_proclamations(p)),
            placings=tuple(placing for p in paragraphs for placing in asked.placings(p)),
            due=tuple(due for p in paragraphs for due in asked.due(p)),
            reports=tuple(report for p in paragraphs for report in asked.reports(p)),
            issues=tuple(each for each in found if isinstance(each, Issue)),
        )

    def _acts(self, paragraphs: Sequence[Paragraph]) -> Iterator[MandateAct | Issue]:
        finder = ActFinder(self.document, self.lexicon, self.bodies)
        parents = {item.path: p for p in paragraphs for item in p.items}
        for paragraph in paragraphs:
            yield from finder.find_announcements(paragraph)
            yield from finder.find_anniversaries(paragraph)
            yield from finder.find_acts(paragraph, parents.get(paragraph.path))

    def _find_restatements(
        self, statement: MandateStatement, acts: Sequence[MandateAct], paragraphs: Sequence[Paragraph]
    ) -> Iterator[MandateAct]:
        """Yield the modification made by a resolution that restates the functions of a body it did not establish."""
        already = {act.kind for act in acts if act.bearer == statement.bearer and act.path == statement.path}
        founded = any(act.bearer == statement.bearer and act.kind == "Establishment" for act in acts)
        paragraph = next(p for p in paragraphs if p.path == statement.path)
        decides = paragraph.operator is not None and paragraph.operator.concept == "decides"
        if self.document.kind == "resolution" and decides and not founded and "Modification" not in already:
            yield MandateAct("Modification", paragraph.place(0, len(paragraph.text)), statement.bearer, None)

    def _find_closures(self, paragraph: Paragraph) -> Iterator[Tie]:
        for match in self.lexicon.finditer("closure", paragraph.text.folded):
            start, end = match.span("body")
            here = self.bodies.names.get(paragraph.path, ())
            bodies = (e for e, left, right in here if e.kind in ("centre", "org") and left < end and start < right)
            if closed := next(bodies, None):
                yield Tie("closes", paragraph.place(*match.span()), closed)

    def _find_exercises(self, paragraph: Paragraph) -> Iterator[Tie]:
        """Yield the body whose mandate a paragraph says is exercised; nothing if more than one body may be meant."""
        for match in self.lexicon.finditer("mandate-exercise", paragraph.text.folded):
            before = [named for named in self.bodies.named_in(paragraph) if named[2] <= match.start()]
            whole = {n[0].local_name for n in before if not _is_part_of_names(n[0].local_name)}
            body, _, end = max(before, key=lambda named: named[2], default=(None, 0, 0))
            between = paragraph.text.folded[end : match.start()]
            if body and whole == {body.local_name} and not self.lexicon.search("body-noun", between):
                yield Tie("exercises", paragraph.place(*match.span()), body)

    def _find_acceptances(self, paragraph: Paragraph) -> Iterator[DocumentTie]:
        """Yield the letter whose announcement a letter takes note of, if its paragraph cites only that letter."""
        if self.document.letterhead is None:
            return
        letters = {c.target for c in self._cited_before(paragraph)}
        match = self.lexicon.search("acceptance", paragraph.text.folded)
        if match and len(letters) == 1:
            yield DocumentTie("accepts", paragraph.place(*match.span()), letters.pop())

    def _cited_before(self, paragraph: Paragraph) -> Iterator[ParagraphCitation]:
        """Yield the documents that a paragraph cites; if it cites none, those that the paragraphs before it cite."""
        cited, paragraphs = self.provisions.cited, self.document.paragraphs
        own = cited.get(paragraph.path, ())
        before = paragraphs[: paragraphs.index(paragraph)] if paragraph in paragraphs else ()
        yield from own or (citation for earlier in before for citation in cited.get(earlier.path, ()))

    def _namings(self, statements: Sequence[MandateStatement], acts: Sequence[MandateAct]) -> Iterator[Naming]:
        bearers = [*(s.bearer for s in statements), *(act.bearer for act in acts)]
        bearers += [act.successor for act in acts if act.successor]
        for local, entity in {entity.local_name: entity for entity in bearers}.items():
            if local not in shipped_entities().by_name:
                yield from self.bodies.find_namings(entity)


@cache
def _is_part_of_names(local: str) -> bool:
    """Return whether the name of a body is part of other bodies' names, as "United Nations" is.

    Such a name may belong to a body that is not known: "the United Nations Coalition, within its mandate".
    """
    entities = shipped_entities()
    entity = entities.by_name.get(local)
    return entity is not None and any(
        is_within(entity, other) for other in entities.of_kind("centre", "org") if other != entity
    )
