"""The gathered pages: start, the list of cases, a case, its table and plan, a person's details, protection, closing."""

from sspf.casefile.routes import (
    closing,
    declining,
    from_concern,
    identity,
    listing,
    plan,
    protecting,
    showing,
    start,
    table,
    voices,
)
from sspf.casefile.routes.registry import router

__all__ = [
    "closing",
    "declining",
    "from_concern",
    "identity",
    "listing",
    "plan",
    "protecting",
    "router",
    "showing",
    "start",
    "table",
    "voices",
]
