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
    """State addressees, proclamations, closures, dates due, reports asked for and told of, placings on agendas."""
    parts = reading.mandates
    for tie in parts.ties:
        if tie.kind in _TIES:
            witness.within(tie.place).add(str(Name(local, tie.path)), _TIES[tie.kind], tie.entity.local_name)
    for told in parts.proclaimed_before:
        said = witness.within(told.place)
        said.add(state_symbol(said, told.document), "proclaims", told.entity.local_name)
        said.add(told.entity.local_name, "inYear", period(f"{told.year:04}") if told.year else None)
    for report in parts.reports:
        asked, part = witness.within(report.place), str(Name(local, report.path))
        asked.a(part, "ReportingProvision")
        asked.add(local, "onlyReportAskedIn", part if len(parts.reports) == 1 else None)
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
    part, said = str(Name(local, due.path)), witness.within(due.place)
    said.add(part, "dueBy", period(due.day) if due.day else None)
    if due.session and due.organ:
        said.add(part, "dueAtSession", state_session(said, due.organ, str(due.session)))
    said.add(part, "dueEvery", Literal(due.every) if due.every else None)


def _state_document_tie(tie: DocumentTie, local: str, witness: Witness) -> None:
    """State that a letter accepts another, or that a paragraph tells which resolution a report answers."""
    part, said = str(Name(local, tie.path)), witness.within(tie.place)
    cited = state_symbol(said, tie.document)
    if tie.kind == "accepts":
        said.add(local, "repliesTo", cited)
        said.add(local, "accepts", cited)
        return
    asked = str(Name(cited, f"op{tie.paragraph}")) if tie.paragraph else cited
    said.add(part, "tellsReportUnder", asked)
    said.add(part, "tellsReport", state_symbol(said, tie.report) if tie.report else None)
