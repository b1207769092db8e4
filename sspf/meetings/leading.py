"""What the leader's page is made of beside the case itself: the agenda, the room, and who can be asked."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy.orm import Session

from auth.actor import Actor
from auth.decisions import Decision
from sspf.db.clock import day_of
from sspf.meetings import policy
from sspf.meetings.acting import next_time
from sspf.meetings.arranging import goings_of
from sspf.meetings.attendees import Attendee, attendees_of, called_names
from sspf.meetings.card import Card, card_for
from sspf.meetings.grounds import room_for
from sspf.meetings.models import Attendance, ItemState, Meeting, Presence
from sspf.meetings.queries import OnAgenda
from sspf.meetings.room import CaseInRoom, cases_in_room
from sspf.plans.queries.board import Choice, who_choices
from sspf.plans.responsible import Responsible


@dataclass(frozen=True, slots=True)
class Room:
    """``grounds.RoomFor`` by name."""

    to_go_out: tuple[str, ...]
    to_keep_out: tuple[str, ...]
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Step:
    """One line of the agenda. ``able``: can it be taken up? ``keep_out``: who of all asked must not hear it."""

    entry: OnAgenda
    number: int
    able: Decision
    is_shown: bool
    keep_out: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Leading:
    """The leader's page. ``shown`` is the case in front of the leader, ``following`` the one to take up next.

    ``goings``: how often somebody goes out or comes in between the cases that wait, as they stand and at the
    least. ``who``: whom the line for a new action begins with.
    """

    steps: tuple[Step, ...]
    attendees: Sequence[Attendee]
    shown: CaseInRoom | None
    room: Room | None
    card: Card | None
    choices: Sequence[Choice]
    who: str
    following: OnAgenda | None
    next_time: date
    goings: tuple[int, int]

    @property
    def current(self) -> OnAgenda | None:
        return next((step.entry for step in self.steps if step.entry.item.state is ItemState.CURRENT), None)

    @property
    def waits_for_somebody(self) -> bool:
        """Some are here, and somebody else who was asked has not come."""
        return {Presence.PRESENT, Presence.INVITED} <= {one.row.presence for one in self.attendees}

    @property
    def shown_number(self) -> int | None:
        return next((step.number for step in self.steps if step.is_shown), None)


def leading_of(
    session: Session,
    actor: Actor,
    meeting: Meeting,
    agenda: Sequence[OnAgenda],
    attendance: Sequence[Attendance],
    *,
    asked_for: UUID | None,
    names: Mapping[UUID, str],
    now: datetime,
) -> Leading:
    """Gather the page around the case ``asked_for``, or the one that is being talked about."""
    able = {entry.case.id: policy.can_take_up(entry.case, now) for entry in agenda}
    talkable = [entry for entry in agenda if able[entry.case.id]]
    shown = _shown(talkable, asked_for)
    in_room = cases_in_room(session, actor, meeting, [shown] if shown else [], names=names, now=now, with_earlier=True)
    choices = who_choices(session, actor, shown.case, names) if shown else []
    called = called_names(session, actor, meeting, agenda, attendance, now)
    today = day_of(now)
    return Leading(
        steps=tuple(
            Step(
                entry=entry,
                number=number,
                able=able[entry.case.id],
                is_shown=entry is shown,
                keep_out=_kept_out(_room(entry, attendance, names, now)),
            )
            for number, entry in enumerate(agenda, start=1)
        ),
        attendees=attendees_of(attendance, names, called, [entry.case for entry in agenda], choices),
        shown=in_room[0] if in_room else None,
        room=_room(shown, attendance, names, now) if shown else None,
        card=card_for(session, actor, shown.case, attendance, names) if shown else None,
        choices=choices,
        who=_who(actor, in_room[0], choices) if in_room else "",
        following=_following(talkable, shown),
        next_time=next_time(shown.item.next_date if shown else None, today),
        goings=goings_of(agenda, attendance, now),
    )


def _who(actor: Actor, shown: CaseInRoom, choices: Sequence[Choice]) -> str:
    """Whoever was given something last in this case, or else whoever leads the meeting."""
    last = max(shown.new_actions, key=lambda row: row.action.id, default=None)
    able = [value for value, _words in choices]
    likely = (last.who if last else "", str(Responsible(actor.organisation_id, actor.user_id)))
    return next((one for one in (*likely, *able) if one in able), "")


def _shown(talkable: Sequence[OnAgenda], asked_for: UUID | None) -> OnAgenda | None:
    """Only a case that can be taken up is opened here; what has become of the others stands on their own pages."""
    by_id = {entry.case.id: entry for entry in talkable}
    if asked_for in by_id:
        return by_id[asked_for]
    return next((entry for entry in talkable if entry.item.state is ItemState.CURRENT), None)


def _following(talkable: Sequence[OnAgenda], shown: OnAgenda | None) -> OnAgenda | None:
    """The next waiting case after the one that is shown, or else the first that waits."""
    waiting = [entry for entry in talkable if entry.item.state is ItemState.WAITING]
    after = [entry for entry in waiting if shown is None or entry.item.position > shown.item.position]
    return next(iter([*after, *waiting]), None)


def _room(entry: OnAgenda, attendance: Sequence[Attendance], names: Mapping[UUID, str], now: datetime) -> Room:
    room = room_for(entry.case, attendance, now)
    return Room(*(tuple(names[one] for one in ids) for ids in (room.to_go_out, room.to_keep_out, room.missing)))


def _kept_out(room: Room) -> tuple[str, ...]:
    return (*room.to_go_out, *room.to_keep_out)
