"""Everything that changes a meeting: require, change, record. Never commits.

The caller holds the meeting's exclusive lock and those of the cases on its agenda
(``sspf.meetings.locking``); a meeting that is only being made is known to nobody yet.
"""

from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy.orm import Session

from audit.events import Subject
from audit.log import record
from auth.actor import Actor
from auth.decisions import require
from sspf.cases.events import CaseEvent
from sspf.cases.models import Case
from sspf.db import clock, new_id
from sspf.errors import Conflict, ValidationFailed
from sspf.meetings import attending, policy
from sspf.meetings.events import MeetingEvent
from sspf.meetings.models import AgendaItem, Attendance, ItemState, Meeting, MeetingKind, MeetingState
from sspf.meetings.queries import MeetingRow, OnAgenda, find_current
from sspf.texts import _

LONGEST_AHEAD = timedelta(days=730)
LONGEST_AGO = timedelta(days=62)


def plan_meeting(
    session: Session,
    actor: Actor,
    *,
    starts_at: datetime,
    place: str,
    cases: Sequence[Case],
    kind: MeetingKind = MeetingKind.GROUP,
) -> Meeting:
    """Plan a meeting about ``cases``, in that order, and ask those who are named in them to come.

    Raises:
        ValidationFailed: the day is too far off, a case cannot be taken up, or a family would hear of another.
    """
    require(policy.can_plan(actor))
    _require_near(session, starts_at)
    _require_able(session, cases)
    if kind is MeetingKind.FAMILY and len(cases) != 1:
        raise ValidationFailed(cases=_("Ett möte med familjen handlar om ett enda ärende. Välj ett."))
    meeting = Meeting(
        id=new_id(),
        municipality_id=actor.municipality_id,
        coordination_id=actor.organisation_id,
        leader_id=actor.user_id,
        kind=kind,
        starts_at=starts_at,
        place=place,
    )
    session.add(meeting)
    session.flush()  # the agenda points at it
    _put_on_agenda(session, meeting, cases, after=0)
    attending.invite(session, meeting, cases, [])
    record(session, actor.did(MeetingEvent.PLANNED, subject_of(meeting), *(_on(meeting, case.id) for case in cases)))
    return meeting


def change_meeting(
    session: Session,
    actor: Actor,
    meeting: Meeting,
    *,
    version: int,
    starts_at: datetime,
    place: str,
    cases: Sequence[Case],
    agenda: Sequence[OnAgenda],
    attendance: Sequence[Attendance],
) -> None:
    """Change day, place and agenda. Whoever is named in a case that is new here is asked to come.

    Raises:
        Conflict: the meeting is not at ``version`` any more.
        ValidationFailed: the day is too far off, or a case cannot be taken up.
    """
    require(policy.can_change(actor, meeting))
    if meeting.version != version:
        raise Conflict
    _require_near(session, starts_at)
    kept = {entry.case.id for entry in agenda}
    wanted = {case.id for case in cases}
    added = [case for case in cases if case.id not in kept]
    if meeting.kind is MeetingKind.FAMILY and wanted != kept:
        raise ValidationFailed(
            cases=_("Familjen är inbjuden till det här ärendet. Planera ett nytt möte om ett annat.")
        )
    _require_able(session, added)
    meeting.starts_at = starts_at
    meeting.place = place
    for entry in agenda:
        if entry.case.id not in wanted:
            session.delete(entry.item)
    session.flush()
    _put_on_agenda(session, meeting, added, after=max((entry.item.position for entry in agenda), default=0))
    attending.invite(session, meeting, added, attendance)
    changed = (_on(meeting, case_id) for case_id in sorted(kept ^ wanted))
    record(session, actor.did(MeetingEvent.CHANGED, subject_of(meeting), *changed))


def _require_near(session: Session, starts_at: datetime) -> None:
    """A meeting may be written down afterwards; a day years away is a slip of the keyboard."""
    now = clock.now(session)
    if starts_at > now + LONGEST_AHEAD:
        raise ValidationFailed(day=_("Dagen är mer än två år bort. Kontrollera året."))
    if starts_at < now - LONGEST_AGO:
        raise ValidationFailed(day=_("Dagen är mer än två månader sedan. Kontrollera datumet."))


def _require_able(session: Session, cases: Sequence[Case]) -> None:
    now = clock.now(session)
    for case in cases:
        able = policy.can_take_up(case, now)
        if not able:
            raise ValidationFailed(cases=_("%(alias)s: %(reason)s", alias=case.alias, reason=able.reason))


def _put_on_agenda(session: Session, meeting: Meeting, cases: Sequence[Case], *, after: int) -> None:
    session.add_all(
        AgendaItem(municipality_id=meeting.municipality_id, meeting_id=meeting.id, case_id=case.id, position=position)
        for position, case in enumerate(cases, start=after + 1)
    )
    session.flush()


def cancel_meeting(session: Session, actor: Actor, meeting: Meeting) -> None:
    """Call the meeting off; it stays in the list as cancelled."""
    require(policy.can_change(actor, meeting))
    meeting.state = MeetingState.CANCELLED
    record(session, actor.did(MeetingEvent.CANCELLED, subject_of(meeting)))


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
    record(session, actor.did(MeetingEvent.TAKEN_UP, _on(meeting, entry.case.id)))


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
        raise ValidationFailed(next_date=_("Dagen är mer än två år bort. Kontrollera året."))
    entry.item.next_date = next_date
    record(session, actor.did(MeetingEvent.NEXT_DATE_SET, _on(meeting, entry.case.id)))


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
    record(session, actor.did(MeetingEvent.HELD, subject_of(meeting), *(_on(meeting, case_id) for case_id in held)))


def subject_of(meeting: Meeting) -> Subject:
    return Subject(ids={"meeting": str(meeting.id)})


def _on(meeting: Meeting, case_id: UUID) -> Subject:
    return Subject(case_id=case_id, ids={"meeting": str(meeting.id)})


def record_listed(session: Session, actor: Actor, rows: Iterable[MeetingRow]) -> None:
    """Put on record which meetings, and which cases on their agendas, a list showed."""
    listed = [
        subject
        for row in rows
        for subject in (subject_of(row.meeting), *(_on(row.meeting, case.id) for case in row.cases))
    ]
    record(session, actor.did(MeetingEvent.LISTED, *listed))


def record_shown(session: Session, actor: Actor, meeting: Meeting, agenda: Iterable[OnAgenda]) -> None:
    """Put on record that a meeting's page named these cases; what was opened of them is the door's to record."""
    record(session, actor.did(MeetingEvent.SHOWN, subject_of(meeting), *(_on(meeting, one.case.id) for one in agenda)))


def record_talk_card(session: Session, actor: Actor, meeting: Meeting, case: Case) -> None:
    """Put on record that what may be said of the case was put on a page to be printed."""
    record(session, actor.did(MeetingEvent.TALK_CARD_PRINTED, _on(meeting, case.id)))


def record_cases_listed(session: Session, actor: Actor, cases: Iterable[Case]) -> None:
    """Put on record which cases could be chosen for a meeting."""
    record(session, actor.did(CaseEvent.LISTED, *(Subject(case_id=case.id) for case in cases)))
