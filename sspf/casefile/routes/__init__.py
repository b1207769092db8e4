"""The gathered pages: start, the list of cases, a case and its table, a person's details, protection, closing."""

from sspf.casefile.routes import closing, from_concern, identity, listing, protecting, showing, start, table, voices
from sspf.casefile.routes.registry import router

__all__ = [
    "closing",
    "from_concern",
    "identity",
    "listing",
    "protecting",
    "router",
    "showing",
    "start",
    "table",
    "voices",
]
