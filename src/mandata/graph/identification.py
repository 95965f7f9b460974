"""How a symbol that a text does not bear was inferred, as statements."""

from __future__ import annotations

from collections.abc import Mapping

from pyoxigraph import NamedNode

from mandata.graph.evidence import Witness
from mandata.graph.statements import concept
from mandata.identity.model import Identity
from mandata.rdf.local_names import Name, term

_AGREED = {
    "dated": "datedOn",
    "year": "datedOn",
    "distributed": "distributedOn",
    "sent_by": "sentBy",
    "sent_to": "sentTo",
    "correspondents": "sentBy",
    "annex_title": "title",
    "annex_adopted": "adoptedOn",
    "organs": "issuedBy",
    "session": "inSession",
    "names": "mentions",
}


def state_identification(identity: Identity, local: str, witness: Witness, locals_: Mapping[str, str]) -> None:
    """State how a symbol that the text does not bear was inferred, on what it relies, and how certain that is.

    ``locals_`` gives the local name of each document of the collection by the short checksum of its file.
    """
    if not identity.inferred:
        return
    made = str(Name(local, language=witness.language, file=witness.source.short_checksum, role="identification"))
    statements = witness.statements
    statements.add(local, "identifiedBy", made)
    statements.a(made, "Identification")
    statements.add(made, "certainty", concept(f"certainty:{identity.certainty}"))
    for evidence in identity.evidence:
        for field in sorted(evidence.agrees):
            statements.add(made, "agreesOn", NamedNode(term(_AGREED[field])))
        if evidence.description.source == "catalogue":
            statements.add(made, "reliesOn", f"{local}.record")
        else:
            citing, path = evidence.description.source.split(" ")
            statements.add(made, "reliesOn", str(Name(locals_[citing], path, role=f"cites-{local}")))
