"""The static site: a page for each thing, in French and in English, from the statements of a knowledge base."""

from mandata.site.site import Settings, Site
from mandata.site.static_site import pages, written
from mandata.site.stored_resources import stored
from mandata.site.views.proofs import Rest, Tell, Told, untold

__all__ = ["Rest", "Settings", "Site", "Tell", "Told", "pages", "stored", "untold", "written"]
