"""Who is asked to come, who is here and who has left. Set once for the whole meeting."""

from collections.abc import Collection, Sequence
from uuid import UUID

from sqlalchemy.orm import Session

from audit.events import Subject
from audit.log import record
from auth.actor import Actor
from auth.decisions import require
from auth.queries import Staff, list_staff
from sspf.cases import queries as case_queries
from sspf.cases.models import Case
from sspf.db import clock
from sspf.errors import ValidationFailed
from sspf.meetings import policy, visiting
from sspf.meetings.events import MeetingEvent
from sspf.meetings.grounds import may_hear
from sspf.meetings.models import Attendance, Meeting, MeetingKind, MeetingState, Presence
from sspf.meetings.queries.visitors import visitors_on
from sspf.organisations import queries as organisations
from sspf.texts import _


def invite(session: Session, meeting: Meeting, cases: Collection[Case], already: Sequence[Attendance]) -> None:
    """Ask everyone who is named in a case to come, if their organisation takes part in it.

    Whoever is on the list stays as they are there: one who said that they will not come is not asked again.
    To a meeting with the family, they are asked too. The list is in the order in which people were added.
    """
    if meeting.kind is MeetingKind.FAMILY:
        listed_family = {row.person_id for row in already}
        family = [person.person_id for case in cases for person in case.people]
        session.add_all(_family_row(meeting, one) for one in family if one not in listed_family)
    listed = {(row.organisation_id, row.user_id) for row in already}
    asked = {(one.organisation_id, one.user_id): one for its in suggested_for(session, cases).values() for one in its}
    names = organisations.names(session, meeting.municipality_id)
    for one in sorted(asked.values(), key=lambda one: (names[one.organisation_id], one.name)):
        if (one.organisation_id, one.user_id) not in listed:
            session.add(_row(meeting, one.organisation_id, one.name, one.user_id))
    expected = {row.guest_id for row in already}
    session.add_all(
        _guest_row(meeting, guest_id, organisation_id)
        for guest_id, organisation_id in _guests_of(session, cases)
        if guest_id not in expected
    )
    session.flush()


def suggested_for(session: Session, cases: Collection[Case]) -> dict[UUID, list[Staff]]:
    """By case, the users named in it for the organisations that take part, if their accounts can be used."""
    now = clock.now(session)
    named = {
        case.id: {
            (party.organisation_id, member.user_id)
            for party in case.parties
            if party.organisation_id in may_hear(case, now)
            for member in party.members
            if member.ended_at is None
        }
        for case in cases
    }
    asked = {organisation_id for its in named.values() for organisation_id, _user_id in its}
    # somebody with two assignments at one organisation is one person in the room
    staff = {(one.organisation_id, one.user_id): one for one in list_staff(session, asked, now=now)}
    return {case_id: [one for key, one in staff.items() if key in its] for case_id, its in named.items()}


def _guests_of(session: Session, cases: Collection[Case]) -> list[tuple[UUID, UUID]]:
    """Those without an account whose organisation takes part, each with it; their names stay sealed."""
    now = clock.now(session)
    hear = {case.id: may_hear(case, now) for case in cases}
    named = case_queries.guest_ids_in(session, hear)
    return [(guest_id, place) for guest_id, case_id, place in named if place in hear[case_id]]


def add_attendee(
    session: Session,
    actor: Actor,
    meeting: Meeting,
    attendance: Sequence[Attendance],
    *,
    organisation_id: UUID,
    name: str,
) -> Attendance:
    """Put somebody from an organisation on the list; during the meeting they are here.

    A name that a user there has is taken to be that user. Any other is a visitor's, and sealed.
    """
    require(policy.can_set_presence(actor, meeting))
    visitors = visitors_on(session, actor, meeting, attendance)
    called = {row.id: row.name or (visitors.get(row.visitor_id) if row.visitor_id else None) for row in attendance}
    theirs = [row for row in attendance if row.organisation_id == organisation_id]
    row = next((row for row in theirs if called[row.id] == name), None)
    if row is None:
        row = _new_row(session, actor, meeting, organisation_id, name)
        session.add(row)
        session.flush()  # gives the row its id
    _set(session, actor, meeting, row, _here(meeting))
    return row


def _new_row(session: Session, actor: Actor, meeting: Meeting, organisation_id: UUID, name: str) -> Attendance:
    staff = list_staff(session, {organisation_id}, now=clock.now(session))
    user_id = next((one.user_id for one in staff if one.name == name), None)
    if user_id is not None:
        return _row(meeting, organisation_id, name, user_id)
    row = _row(meeting, organisation_id, None, None)
    row.visitor_id = visiting.write(session, actor, meeting, name).id
    return row


def set_presence(session: Session, actor: Actor, meeting: Meeting, row: Attendance, presence: Presence) -> None:
    """Somebody is here, has left or is not coming, or is expected after all.

    Raises:
        ValidationFailed: nobody is here before the meeting has begun.
    """
    require(policy.can_set_presence(actor, meeting))
    if presence is Presence.PRESENT and meeting.state is not MeetingState.ONGOING:
        raise ValidationFailed(presence=_("Mötet har inte börjat."))
    if row.presence is not presence:
        _set(session, actor, meeting, row, presence)


def expect_nobody_else(session: Session, actor: Actor, meeting: Meeting, attendance: Sequence[Attendance]) -> None:
    """Those who were asked and are not here will not come: until somebody says so, what is shown waits for them."""
    require(policy.can_work(actor, meeting))
    for row in attendance:
        if row.presence is Presence.INVITED:
            _set(session, actor, meeting, row, Presence.GONE)


def correct_attendance(
    session: Session,
    actor: Actor,
    meeting: Meeting,
    attendance: Sequence[Attendance],
    *,
    listed: Collection[UUID],
    was_here: Collection[UUID],
) -> None:
    """Afterwards, who of those ``listed`` was at the meeting and who was not; nothing is said of the others."""
    require(policy.can_write_notes(actor, meeting))
    for row in attendance:
        came = row.id in was_here
        if row.id not in listed or came is (row.came_at is not None):
            continue
        row.came_at = meeting.began_at if came else None
        _set(session, actor, meeting, row, Presence.PRESENT if came else Presence.GONE)


def _here(meeting: Meeting) -> Presence:
    return Presence.PRESENT if meeting.state is MeetingState.ONGOING else Presence.INVITED


def _set(session: Session, actor: Actor, meeting: Meeting, row: Attendance, presence: Presence) -> None:
    row.presence = presence
    if presence is Presence.PRESENT and row.came_at is None:
        row.came_at = clock.now(session)
    subject = Subject(person_id=row.person_id, ids={"meeting": str(meeting.id), "attendance": str(row.id)})
    whose = {"organisation": str(row.organisation_id)} if row.organisation_id else {}
    record(session, actor.did(MeetingEvent.ATTENDANCE_SET, subject, presence=presence.value, **whose))


def _row(meeting: Meeting, organisation_id: UUID, name: str | None, user_id: UUID | None) -> Attendance:
    return Attendance(
        municipality_id=meeting.municipality_id,
        meeting_id=meeting.id,
        organisation_id=organisation_id,
        user_id=user_id,
        name=name,
        presence=Presence.INVITED,
    )


def _guest_row(meeting: Meeting, guest_id: UUID, organisation_id: UUID) -> Attendance:
    return Attendance(
        municipality_id=meeting.municipality_id,
        meeting_id=meeting.id,
        organisation_id=organisation_id,
        guest_id=guest_id,
        presence=Presence.INVITED,
    )


def _family_row(meeting: Meeting, person_id: UUID) -> Attendance:
    return Attendance(
        municipality_id=meeting.municipality_id,
        meeting_id=meeting.id,
        person_id=person_id,
        presence=Presence.INVITED,
    )
