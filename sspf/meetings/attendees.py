"""Who is on a meeting's list, as the leader's pages name them, and the key that says that somebody comes or goes."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from auth.actor import Actor
from sspf.cases import queries as case_queries
from sspf.cases.models import Case, CaseRole
from sspf.cases.policy import access_to
from sspf.law.kinds import GUEST_RECORD, Kind
from sspf.law.purposes import Purpose
from sspf.meetings.models import Attendance, Meeting
from sspf.meetings.queries import OnAgenda
from sspf.meetings.queries.visitors import visitors_on
from sspf.people import queries as people
from sspf.plans.queries.board import Choice
from sspf.plans.responsible import FAMILY, Responsible
from sspf.texts import Text, _
from sspf.vault import door

# In the order of the list. The letters that are missing are keys for something else: a, b, f, n (meeting.js).
KEYS = "1234567890qwertyuiopsdghjklzxcvm"

ROLES = {CaseRole.YOUTH: _("Den unge"), CaseRole.GUARDIAN: _("Vårdnadshavare")}
GUEST = _("Deltar utan inloggning")


@dataclass(frozen=True, slots=True)
class Attendee:
    """Somebody on the list. ``place`` is their organisation, or their part in the family; ``who`` the choice of "Vem"
    that they are, if they can be asked to do something in the case in front of the leader."""

    row: Attendance
    name: Text | str
    place: Text | str
    key: str
    who: str


def attendees_of(
    attendance: Sequence[Attendance],
    names: Mapping[UUID, str],
    called: Mapping[UUID, str],
    cases: Sequence[Case],
    choices: Sequence[Choice] = (),
) -> list[Attendee]:
    """Everyone on the list, in its order. ``called`` is what those who are no users are called, if it may be shown."""
    roles = {person.person_id: ROLES[person.role] for case in cases for person in case.people}
    keys = dict(zip((row.id for row in attendance), KEYS, strict=False))
    able = {value for value, _words in choices}
    return [
        Attendee(
            row, _name(row, called, roles), _place(row, called, names, roles), keys.get(row.id, ""), _who(row, able)
        )
        for row in attendance
    ]


def called_names(
    session: Session,
    actor: Actor,
    meeting: Meeting,
    agenda: Sequence[OnAgenda],
    attendance: Sequence[Attendance],
    now: datetime,
) -> dict[UUID, str]:
    """What those of the family, the guests and the visitors who are on the list are called, opened if any are.

    Not family and guests where identity is protected.
    """
    visitors = visitors_on(session, actor, meeting, attendance)
    listed = {row.person_id for row in attendance if row.person_id}
    kinds = [*([Kind.IDENTITY] if listed else []), *([GUEST_RECORD] if any(row.guest_id for row in attendance) else [])]
    shown = [entry.case for entry in agenda if not entry.case.is_protected]
    if not kinds or not shown:
        return visitors
    accesses = [access_to(actor, case, now) for case in shown]
    reading = door.open(session, accesses, Purpose.MEETING, kinds=kinds)
    parts = people.parts_of(session, reading, listed) if listed else {}
    found = {person_id: people.called_name(reading, its) for person_id, its in parts.items()}
    guests = {one.id: one.name for its in case_queries.guests_of(session, reading, shown).values() for one in its}
    return {person_id: name for person_id, name in found.items() if name} | guests | visitors


def _name(row: Attendance, called: Mapping[UUID, str], roles: Mapping[UUID, Text]) -> Text | str:
    if row.person_id:
        return called.get(row.person_id) or roles.get(row.person_id, _("Familjen"))
    return row.name or called.get(row.guest_id or row.visitor_id or row.id) or GUEST


def _place(
    row: Attendance, called: Mapping[UUID, str], names: Mapping[UUID, str], roles: Mapping[UUID, Text]
) -> Text | str:
    if row.organisation_id:
        return names[row.organisation_id]
    return roles.get(row.person_id, "") if row.person_id and row.person_id in called else ""


def _who(row: Attendance, able: Collection[str]) -> str:
    if row.organisation_id is None:
        return str(FAMILY) if str(FAMILY) in able else ""
    likely = (str(Responsible(row.organisation_id, row.user_id)), str(Responsible(row.organisation_id)))
    return next((one for one in likely if one in able), "")
