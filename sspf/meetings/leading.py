"""What the leader's page is made of beside the case itself: the agenda, the room, and who can be asked."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy.orm import Session

from auth.actor import Actor
from auth.decisions import Decision
from sspf.db.clock import SWEDEN
from sspf.meetings import policy
from sspf.meetings.acting import next_time
from sspf.meetings.grounds import room_for
from sspf.meetings.models import Attendance, ItemState, Meeting
from sspf.meetings.queries import OnAgenda
from sspf.meetings.room import CaseInRoom, cases_in_room
from sspf.plans.queries.board import who_choices
from sspf.texts import Text


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
    """The leader's page. ``shown`` is the case in front of the leader, ``following`` the one to take up next."""

    steps: tuple[Step, ...]
    attendance: Sequence[Attendance]
    shown: CaseInRoom | None
    room: Room | None
    choices: Sequence[tuple[str, Text | str]]
    following: OnAgenda | None
    next_time: date

    @property
    def current(self) -> OnAgenda | None:
        return next((step.entry for step in self.steps if step.entry.item.state is ItemState.CURRENT), None)

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
    today = now.astimezone(SWEDEN).date()
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
        attendance=sorted(attendance, key=lambda row: (names[row.organisation_id], row.name)),
        shown=in_room[0] if in_room else None,
        room=_room(shown, attendance, names, now) if shown else None,
        choices=who_choices(session, actor, shown.case, names) if shown else (),
        following=_following(talkable, shown),
        next_time=next_time(shown.item.next_date if shown else None, today),
    )


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
