"""What paragraphs ask and place, as statements: of whom, by when, which report, on which agenda, what was answered."""

from __future__ import annotations

from pyoxigraph import Literal

from mandata.graph.document import state_session, state_symbol
from mandata.graph.evidence import Witness
from mandata.graph.statements import TYPE, period
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
            witness.state(str(Name(local, tie.path)), _TIES[tie.kind], tie.entity.local_name, [tie.span])
    for told in parts.proclaimed_before:
        cited = state_symbol(witness.statements, told.document)
        witness.state(cited, "proclaims", told.entity.local_name, [told.span])
        if told.year:
            witness.state(told.entity.local_name, "inYear", period(f"{told.year:04}"), [told.span])
    for report in parts.reports:
        part = str(Name(local, report.path))
        witness.statements.a(part, "ReportingProvision")
        witness.attest(part, [report.span], TYPE)
    if len(parts.reports) == 1:
        (report,) = parts.reports
        witness.state(local, "onlyReportAskedIn", str(Name(local, report.path)), [report.span])
    for due in parts.due:
        _state_due(due, local, witness)
    for tie_ in parts.document_ties:
        _state_document_tie(tie_, local, witness)
    organ = reading.document.masthead.acting
    for placing in parts.placings if organ else ():
        session = state_session(witness.statements, shipped_entities().by_name[str(organ)], str(placing.session))
        witness.state(str(Name(local, placing.path)), "placesOnAgendaOf", session, [placing.span])


def _state_due(due: Due, local: str, witness: Witness) -> None:
    part = str(Name(local, due.path))
    if due.day:
        witness.state(part, "dueBy", period(due.day), [due.span])
    if due.session and due.organ:
        session = state_session(witness.statements, due.organ, str(due.session))
        witness.state(part, "dueAtSession", session, [due.span])
    if due.every:
        witness.state(part, "dueEvery", Literal(due.every), [due.span])


def _state_document_tie(tie: DocumentTie, local: str, witness: Witness) -> None:
    """State that a letter accepts another, or that a paragraph tells which resolution a report answers."""
    part, cited = str(Name(local, tie.path)), state_symbol(witness.statements, tie.document)
    if tie.kind == "accepts":
        witness.state(local, "repliesTo", cited, [tie.span])
        witness.state(local, "accepts", cited, [tie.span])
        return
    asked = str(Name(cited, f"op{tie.paragraph}")) if tie.paragraph else cited
    witness.state(part, "tellsReportUnder", asked, [tie.span])
    if tie.report:
        witness.state(part, "tellsReport", state_symbol(witness.statements, tie.report), [tie.span])
