"""Contacts about a worry: the list, the telephone call, the contact itself, and what is done with it."""

from sspf.concerns.routes import advising, contacting, correcting, identity, listing, registering, showing, weighing
from sspf.concerns.routes.registry import router

__all__ = [
    "advising",
    "contacting",
    "correcting",
    "identity",
    "listing",
    "registering",
    "router",
    "showing",
    "weighing",
]
