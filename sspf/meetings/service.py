"""A meeting from its beginning to its end: require, change, record. Never commits. Before it begins: ``planning``.

The caller holds the meeting's exclusive lock and those of the cases on its agenda (``sspf.meetings.locking``).
"""

from collections.abc import Collection, Iterable, Sequence
from datetime import date
from uuid import UUID

from sqlalchemy.orm import Session

from audit.events import Subject
from audit.log import record
from auth.actor import Actor
from auth.decisions import require
from sspf.cases.events import CaseEvent
from sspf.cases.models import Case
from sspf.db import clock
from sspf.errors import Conflict, ValidationFailed
from sspf.meetings import policy
from sspf.meetings.events import MeetingEvent, subject_in, subject_of, subjects_of
from sspf.meetings.models import ItemState, Meeting, MeetingState
from sspf.meetings.planning import LONGEST_AHEAD
from sspf.meetings.queries import MeetingRow, OnAgenda, find_current
from sspf.texts import _


def begin_meeting(
    session: Session, actor: Actor, meeting: Meeting, agenda: Sequence[OnAgenda], *, recording_off: bool
) -> None:
    """Begin, led by whoever presses, with the first case that can be taken up. Pressing twice changes nothing more.

    Raises:
        ValidationFailed: nobody has said that nothing records what is said here.
    """
    require(policy.can_lead(actor, meeting))
    if meeting.state is MeetingState.ONGOING:
        return
    require(policy.can_begin(actor, meeting))
    if not recording_off:
        raise ValidationFailed(recording_off=_("Stäng av inspelning, transkribering och Copilot, och kryssa i rutan."))
    # the time first: asking for it flushes, and a meeting that goes on has begun
    now = clock.now(session)
    meeting.began_at = meeting.recording_off_at = now
    meeting.state = MeetingState.ONGOING
    meeting.leader_id = meeting.recording_off_by = actor.user_id
    record(session, actor.did(MeetingEvent.BEGAN, subject_of(meeting), recording_off=True))
    first = next((entry for entry in agenda if policy.can_take_up(entry.case, now)), None)
    if first is not None:
        take_up(session, actor, meeting, first)


def take_up(session: Session, actor: Actor, meeting: Meeting, entry: OnAgenda) -> None:
    """Talk about ``entry`` now; the case before it is done. Pressing twice changes nothing more."""
    require(policy.can_work(actor, meeting))
    require(policy.can_take_up(entry.case, clock.now(session)))
    if entry.item.state is ItemState.CURRENT:
        return
    _put_down(session, meeting)
    entry.item.state = ItemState.CURRENT
    record(session, actor.did(MeetingEvent.TAKEN_UP, subject_in(meeting, entry.case.id)))


def _put_down(session: Session, meeting: Meeting) -> UUID | None:
    """What was being talked about is done; the case."""
    current = find_current(session, meeting)
    if current is None:
        return None
    current.state = ItemState.DONE
    session.flush()  # one current case at a time, also inside the transaction
    return current.case_id


def set_next_date(
    session: Session, actor: Actor, meeting: Meeting, entry: OnAgenda, *, next_date: date | None, was: date | None
) -> None:
    """Say when the case is to be taken up again; ``was`` is the date that the page showed.

    Raises:
        Conflict: somebody has said another date since, which the reason tells.
        ValidationFailed: the day has been, or is too far off.
    """
    require(policy.can_work(actor, meeting))
    standing = entry.item.next_date
    if standing not in {was, next_date}:
        day = standing.isoformat() if standing else _("ingen dag")
        raise Conflict(_("Någon annan hann före: nu står %(day)s. Spara igen om din dag ska gälla.", day=day))
    today = clock.today(session)
    if next_date is not None and next_date != standing and next_date < today:
        raise ValidationFailed(next_date=_("Dagen har redan varit. Välj i dag eller senare."))
    if next_date is not None and next_date > today + LONGEST_AHEAD:
        raise ValidationFailed(next_date=_("Dagen är mer än två år bort. Kontrollera årtalet."))
    entry.item.next_date = next_date
    record(session, actor.did(MeetingEvent.NEXT_DATE_SET, subject_in(meeting, entry.case.id)))


def end_meeting(
    session: Session, actor: Actor, meeting: Meeting, agenda: Sequence[OnAgenda], *, taken_up: Collection[UUID]
) -> None:
    """End the meeting. The cases in ``taken_up`` were talked about; the others wait for another one.

    Raises:
        Conflict: somebody has ended it already, and said which cases were talked about.
    """
    require(policy.can_lead(actor, meeting))
    if meeting.state is MeetingState.HELD:
        raise Conflict(_("Mötet är redan avslutat. Mötesanteckningarna står på mötets sida."))
    require(policy.can_work(actor, meeting))
    now = clock.now(session)
    last = _put_down(session, meeting)
    for entry in agenda:
        entry.item.state = ItemState.DONE if entry.case.id in taken_up else ItemState.WAITING
    meeting.ended_at = now
    meeting.state = MeetingState.HELD
    held = [entry.case.id for entry in agenda if entry.item.state is ItemState.DONE]
    if last is not None and last not in {entry.case.id for entry in agenda}:
        held.append(last)  # there for others than whoever ends it
    record(session, actor.did(MeetingEvent.HELD, *subjects_of(meeting, held)))


def record_listed(session: Session, actor: Actor, rows: Iterable[MeetingRow]) -> None:
    """Put on record which meetings, and which cases on their agendas, a list showed."""
    listed = [subject for row in rows for subject in subjects_of(row.meeting, (case.id for case in row.cases))]
    record(session, actor.did(MeetingEvent.LISTED, *listed))


def record_shown(session: Session, actor: Actor, meeting: Meeting, agenda: Iterable[OnAgenda]) -> None:
    """Put on record that a meeting's page named these cases; what was opened of them is the door's to record."""
    record(session, actor.did(MeetingEvent.SHOWN, *subjects_of(meeting, (one.case.id for one in agenda))))


def record_talk_card(session: Session, actor: Actor, meeting: Meeting, case: Case) -> None:
    """Put on record that what may be said of the case was put on a page to be printed."""
    record(session, actor.did(MeetingEvent.TALK_CARD_PRINTED, subject_in(meeting, case.id)))


def record_cases_listed(session: Session, actor: Actor, cases: Iterable[Case]) -> None:
    """Put on record which cases could be chosen for a meeting."""
    record(session, actor.did(CaseEvent.LISTED, *(Subject(case_id=case.id) for case in cases)))
