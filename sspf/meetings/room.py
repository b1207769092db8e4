"""What a meeting's page shows of its cases: plain values from one reading, nothing left to open.

The leader's page shows one case at a time; everyone else's, and the notes of a meeting
that is over, show each case that the reader may know of.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy.orm import Session

from auth.actor import Actor
from sspf.cases.policy import access_to
from sspf.db.clock import day_of
from sspf.law.kinds import UNPUBLISHED, Kind
from sspf.law.purposes import Purpose
from sspf.meetings import queries
from sspf.meetings.acting import later_than
from sspf.meetings.attendees import Attendee, attendees_of
from sspf.meetings.grounds import may_hear
from sspf.meetings.models import Attendance, Meeting, MeetingState
from sspf.meetings.queries import OnAgenda
from sspf.plans.models import Action, Change
from sspf.plans.queries import GoalView, goal_of
from sspf.plans.queries.views import ActionView, views_of
from sspf.plans.responsible import Responsible
from sspf.plans.service import UNDOABLE
from sspf.plans.timing import Timing, timing
from sspf.vault import door

# what has become of actions is told from the last meeting on, or this far back
LATELY = timedelta(days=28)
# all that a meeting's pages open of a case; the second is coordination's draft, which nobody else holds
IN_ROOM = (Kind.ACTIONS, UNPUBLISHED)


@dataclass(frozen=True, slots=True)
class ActionRow:
    """An action as the room sees it.

    ``is_new``: agreed on at this meeting. ``became``: what was last done to it at this meeting, if
    that can be taken back. ``later``: the day that one press moves it to. ``who``: who does it, as a choice of "Vem".
    """

    action: ActionView
    is_new: bool
    became: Change | None
    is_late: bool
    later: date
    who: str


@dataclass(frozen=True, slots=True)
class DecisionRow:
    """A decision; ``is_new``: made at this meeting."""

    id: UUID
    text: str
    is_new: bool


@dataclass(frozen=True, slots=True)
class CaseInRoom:
    """One case of the agenda and what the reader may see of it; ``note`` is what a meeting that is over keeps of it."""

    entry: OnAgenda
    goal: GoalView | None
    actions: tuple[ActionRow, ...]
    decisions: tuple[DecisionRow, ...]
    note: str = ""

    @property
    def since_last(self) -> list[ActionRow]:
        return [row for row in self.actions if not row.is_new]

    @property
    def new_actions(self) -> list[ActionRow]:
        return [row for row in self.actions if row.is_new]

    @property
    def new_decisions(self) -> list[DecisionRow]:
        return [row for row in self.decisions if row.is_new]

    @property
    def earlier_decisions(self) -> list[DecisionRow]:
        return [row for row in self.decisions if not row.is_new]


def cases_in_room(
    session: Session,
    actor: Actor,
    meeting: Meeting,
    entries: Sequence[OnAgenda],
    *,
    names: Mapping[UUID, str],
    now: datetime,
    with_earlier: bool = False,
) -> list[CaseInRoom]:
    """Open what ``actor`` may see of each case: goals, actions, decisions, notes. As many statements for many cases.

    ``names`` are the organisations'; ``with_earlier``: also what earlier meetings decided. Each case's lock is held.
    """
    if not entries:
        return []
    known = {entry.case.id: entry for entry in entries}
    reading = door.open(
        session, [access_to(actor, entry.case, now) for entry in entries], Purpose.MEETING, kinds=IN_ROOM
    )
    since = {case_id: _since(meeting, entry) for case_id, entry in known.items()}
    rows = {
        action.id: (action, became)
        for action, became in queries.actions_of(session, meeting, known, min(since.values()))
        if not _is_after(meeting, action) and (action.is_to_do or action.changed_at >= since[action.case_id])
    }
    by_case = {case_id: entry.case for case_id, entry in known.items()}
    views = views_of(session, reading, by_case, [action for action, _became in rows.values()], names=names)
    decisions = [
        (row.case_id, DecisionRow(row.id, reading.reveal(row, "statement"), row.meeting_id == meeting.id))
        for row in queries.decisions_of(session, reading, known, only_at=None if with_earlier else meeting)
    ]
    goals = goal_of(session, reading, by_case.values())
    kept = queries.notes_of(session, reading, meeting) if meeting.state is MeetingState.HELD else {}
    notes = {case_id: reading.reveal(note, "statement") for case_id, note in kept.items()}
    today = day_of(now)
    return [
        CaseInRoom(
            entry=entry,
            goal=goals.get(case_id),
            actions=tuple(
                _row(meeting, entry, view, *rows[view.id], today) for view in views if view.case_id == case_id
            ),
            decisions=tuple(row for of_case, row in decisions if of_case == case_id),
            note=notes.get(case_id, ""),
        )
        for case_id, entry in known.items()
    ]


def _since(meeting: Meeting, entry: OnAgenda) -> datetime:
    return entry.last_at or (meeting.began_at or meeting.starts_at) - LATELY


def _row(
    meeting: Meeting, entry: OnAgenda, view: ActionView, action: Action, became: Change | None, today: date
) -> ActionRow:
    return ActionRow(
        action=view,
        is_new=meeting.began_at is not None and action.created_at >= meeting.began_at,
        became=became if became in UNDOABLE else None,
        is_late=timing(view, today) is Timing.LATE,
        later=later_than(view.due_on, entry.item.next_date, today),
        who=str(Responsible(action.organisation_id, action.user_id)),
    )


def _is_after(meeting: Meeting, action: Action) -> bool:
    """Agreed on when the meeting was over: not of its notes."""
    return meeting.ended_at is not None and action.created_at > meeting.ended_at


def present_by_case(
    agenda: Sequence[OnAgenda], came: Sequence[Attendance], names: Mapping[UUID, str], now: datetime
) -> dict[UUID, list[Attendee]]:
    """Who of a case's own table was at the meeting, for those who sit there: of the others they are told nothing."""
    return {
        entry.case.id: attendees_of(
            [row for row in came if row.organisation_id is None or row.organisation_id in may_hear(entry.case, now)],
            names,
            {},
            [entry.case],
        )
        for entry in agenda
    }
