"""Every route of the gathered pages."""

from sspf.casefile import closing, identity, listing, showing, start, table, voices
from sspf.web import Router

ROUTERS: tuple[Router, ...] = (
    start.routes,
    listing.routes,
    showing.routes,
    voices.routes,
    table.routes,
    identity.routes,
    closing.routes,
)
