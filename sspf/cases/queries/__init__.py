"""Reads: the cases somebody may know of (``visible``), who takes part without an account, and what is ``written``."""

from sspf.cases.queries.guests import GuestView, guest_ids_in, guest_in, guests_of
from sspf.cases.queries.visible import (
    WITH_TABLE,
    CasePage,
    find_case_of_concern,
    get_case,
    get_case_at,
    is_any,
    list_cases,
    list_cases_by_id,
    seat_ends_within,
    settled,
    shows_protected,
    taken_aliases,
    takes_part,
    visible_ids,
    visible_to,
)
from sspf.cases.queries.written import ClosingView, closing_of, current_statements

__all__ = [
    "WITH_TABLE",
    "CasePage",
    "ClosingView",
    "GuestView",
    "closing_of",
    "current_statements",
    "find_case_of_concern",
    "get_case",
    "get_case_at",
    "guest_ids_in",
    "guest_in",
    "guests_of",
    "is_any",
    "list_cases",
    "list_cases_by_id",
    "seat_ends_within",
    "settled",
    "shows_protected",
    "taken_aliases",
    "takes_part",
    "visible_ids",
    "visible_to",
]
