"""The site: a page for each thing, in English and French, from the statements of a knowledge base."""

from mandata.site.site import Site, SiteSettings
from mandata.site.static_site import pages
from mandata.site.stored_resources import stored_collection
from mandata.site.views.proofs import EvidenceQuotation, ProofText, ProofWriter, no_proof

__all__ = [
    "EvidenceQuotation",
    "ProofText",
    "ProofWriter",
    "Site",
    "SiteSettings",
    "no_proof",
    "pages",
    "stored_collection",
]
