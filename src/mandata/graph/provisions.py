"""What paragraphs ask and place, as statements: of whom, by when, which report, on which agenda, what was answered."""

from __future__ import annotations

from pyoxigraph import Literal

from mandata.graph.document import state_session, state_symbol
from mandata.graph.evidence import Witness
from mandata.graph.statements import period
from mandata.mandate.model import DocumentTie, Due
from mandata.rdf.local_names import Name
from mandata.reading import Reading
from mandata.un.entities import shipped_entities

_TIES = {"addresses": "addressedTo", "proclaims": "proclaims", "closes": "announcesClosureOf"}


def state_provisions(reading: Reading, local: str, witness: Witness) -> None:
    """State addressees, proclamations, closures, dates due, reports requested and announced, placings on agendas."""
    parts = reading.mandates
    for tie in parts.ties:
        if tie.kind in _TIES:
            witness.within(tie.place).add(str(Name(local, tie.path)), _TIES[tie.kind], tie.entity.local_name)
    for proclamation in parts.proclaimed_before:
        statements = witness.within(proclamation.place)
        statements.add(state_symbol(statements, proclamation.document), "proclaims", proclamation.entity.local_name)
        statements.add(
            proclamation.entity.local_name, "inYear", period(f"{proclamation.year:04}") if proclamation.year else None
        )
    for report in parts.reports:
        requested, part = witness.within(report.place), str(Name(local, report.path))
        requested.a(part, "ReportingProvision")
        requested.add(local, "onlyReportAskedIn", part if len(parts.reports) == 1 else None)
    for due in parts.due:
        _state_due(due, local, witness)
    for tie_ in parts.document_ties:
        _state_document_tie(tie_, local, witness)
    organ = reading.document.masthead.acting
    for placing in parts.placings if organ else ():
        placed = witness.within(placing.place)
        session = state_session(placed, shipped_entities().by_name[str(organ)], str(placing.session))
        placed.add(str(Name(local, placing.path)), "placesOnAgendaOf", session)


def _state_due(due: Due, local: str, witness: Witness) -> None:
    part, statements = str(Name(local, due.path)), witness.within(due.place)
    statements.add(part, "dueBy", period(due.day) if due.day else None)
    if due.session and due.organ:
        statements.add(part, "dueAtSession", state_session(statements, due.organ, str(due.session)))
    statements.add(part, "dueEvery", Literal(due.every) if due.every else None)


def _state_document_tie(tie: DocumentTie, local: str, witness: Witness) -> None:
    """State that a letter accepts another, or that a paragraph says which resolution a report answers."""
    part, statements = str(Name(local, tie.path)), witness.within(tie.place)
    cited = state_symbol(statements, tie.document)
    if tie.kind == "accepts":
        statements.add(local, "repliesTo", cited)
        statements.add(local, "accepts", cited)
        return
    asked = str(Name(cited, f"op{tie.paragraph}")) if tie.paragraph else cited
    statements.add(part, "tellsReportUnder", asked)
    statements.add(part, "tellsReport", state_symbol(statements, tie.report) if tie.report else None)
