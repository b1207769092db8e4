"""Reads: one meeting (``meeting``), what is written at it (``written``) and kept of it (``noted``), many (``lists``),
a case's (``of_case``).
"""

from sspf.meetings.queries.lists import (
    COMING,
    MOST_CASES,
    OVER,
    MeetingPage,
    MeetingRow,
    cases_to_take_up,
    list_coming,
    list_on,
    list_over,
    only,
    settled,
)
from sspf.meetings.queries.meeting import (
    OnAgenda,
    agenda_of,
    case_ids_to_lock,
    find_current,
    get_meeting,
    get_meeting_and_attendance,
    visible_to,
)
from sspf.meetings.queries.noted import came_to, notes_of, pending_in
from sspf.meetings.queries.of_case import CaseMeetings, Said, has_been_held, meetings_of
from sspf.meetings.queries.written import LedTo, actions_of, decisions_of, get_decision, led_to, newest_of

__all__ = [
    "COMING",
    "MOST_CASES",
    "OVER",
    "CaseMeetings",
    "LedTo",
    "MeetingPage",
    "MeetingRow",
    "OnAgenda",
    "Said",
    "actions_of",
    "agenda_of",
    "came_to",
    "case_ids_to_lock",
    "cases_to_take_up",
    "decisions_of",
    "find_current",
    "get_decision",
    "get_meeting",
    "get_meeting_and_attendance",
    "has_been_held",
    "led_to",
    "list_coming",
    "list_on",
    "list_over",
    "meetings_of",
    "newest_of",
    "notes_of",
    "only",
    "pending_in",
    "settled",
    "visible_to",
]
