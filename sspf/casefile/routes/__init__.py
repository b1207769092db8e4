"""The gathered pages: start, the list of cases, a case and its table, a person's details, closing."""

from sspf.casefile.routes import closing, from_concern, identity, listing, showing, start, table, voices
from sspf.casefile.routes.registry import router

__all__ = ["closing", "from_concern", "identity", "listing", "router", "showing", "start", "table", "voices"]
