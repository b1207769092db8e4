"""From the family's yes: who they are for thirty days, that they have been told, and the case."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy.orm import Session

from audit.events import Subject
from audit.log import record
from auth.actor import Actor
from auth.decisions import require
from sspf.concerns import policy, standing
from sspf.concerns.erasing import erase_identity
from sspf.concerns.events import ConcernEvent, subject_of
from sspf.concerns.models import Concern, ConcernPerson, ConcernState, ConcernYes, Way
from sspf.concerns.recording import seal_unnamed
from sspf.db import clock
from sspf.errors import Conflict, ValidationFailed
from sspf.law.informing import inform_by
from sspf.law.kinds import CONCERN_YES
from sspf.organisations.models import Organisation
from sspf.overtaken import mark_of, require_read
from sspf.people.service import Described, describe, new_person
from sspf.texts import _
from sspf.vault.writing import About, AboutKind

KEPT = timedelta(days=30)

# the marks of a yes that nobody has written down, and of a family that nobody has told
NOTHING, UNINFORMED = mark_of(None), mark_of(None, None)


@dataclass(frozen=True, slots=True)
class Yes:
    """Who said yes (the youth or a guardian), to whom, when, and whether by word of mouth or on paper."""

    said_by: AboutKind
    said_to: str
    said_on: date
    way: Way

    def fields(self) -> dict[str, str]:
        """All of it as it is sealed."""
        return {
            "said_by": self.said_by.value,
            "said_to": self.said_to,
            "said_on": self.said_on.isoformat(),
            "way": self.way.value,
        }

    def __repr__(self) -> str:
        return "Yes(***)"


def record_yes(
    session: Session,
    actor: Actor,
    concern: Concern,
    yes: Yes,
    *,
    coordination: Organisation,
    owes_weighing: bool,
    read: str = NOTHING,
) -> None:
    """The family wants to be contacted: from now and for thirty days it may be written down who they are.

    Written once more it is put right, and the thirty days are what they were.

    Raises:
        Conflict: what was ``read`` does not stand any more.
        ValidationFailed: the day has not been.
    """
    require(policy.can_record_yes(actor, concern, coordination, owes_weighing=owes_weighing))
    if yes.said_on > clock.today(session):
        raise ValidationFailed(said_on=_("Skriv en dag som har varit."))
    _reading, before = standing.yes_row(session, actor, concern)
    require_read(read, before.id if before else None)
    row = ConcernYes(municipality_id=concern.municipality_id, concern_id=concern.id)
    seal_unnamed(session, actor, coordination, concern, row, kind=CONCERN_YES, fields=yes.fields(), replaces=before)
    if before is not None:
        record(session, actor.did(ConcernEvent.YES_CORRECTED, subject_of(concern)))
        return
    concern.state = ConcernState.KONTAKT_JA
    concern.identity_until = clock.now(session) + KEPT
    record(session, actor.did(ConcernEvent.SAID_YES, subject_of(concern), until=concern.identity_until.isoformat()))


def identify(
    session: Session, actor: Actor, concern: Concern, *, youth: Described, guardians: Sequence[Described]
) -> None:
    """Write down who they are, for coordination alone and until the yes goes out. The month to tell them begins.

    Raises:
        Conflict: somebody has written down who they are already; see ``correcting``.
    """
    now = clock.now(session)
    require(policy.can_identify(actor, concern, now))
    if concern.identified_at is not None:
        raise Conflict
    for position, described in enumerate([youth, *guardians]):
        write_down(session, actor, concern, described, position=position)
    _begin_month(concern, now)
    record(session, actor.did(ConcernEvent.IDENTIFIED, subject_of(concern)))


def write_down(session: Session, actor: Actor, concern: Concern, described: Described, *, position: int) -> None:
    """One person more, in this place: the youth in the first."""
    role = AboutKind.GUARDIAN if position else AboutKind.YOUTH
    person = new_person(session, actor)
    concern.people.append(
        ConcernPerson(municipality_id=concern.municipality_id, person_id=person.id, role=role, position=position)
    )
    describe(session, actor, person, about=About(role, person.id), described=described, until=concern.identity_until)


def inform(session: Session, actor: Actor, concern: Concern, *, on: date, way: Way, read: str = UNINFORMED) -> None:
    """The family has been told that they are written down, and where from. Written once more it is put right.

    Raises:
        Conflict: what was ``read`` does not stand any more.
        ValidationFailed: the day has not been, or was before they were.
    """
    require(policy.can_inform(actor, concern))
    if on > clock.today(session):
        raise ValidationFailed(informed_on=_("Skriv en dag som har varit."))
    require_read(read, concern.informed_on, concern.informed_way)
    concern.informed_on, concern.informed_way = on, way
    record(session, actor.did(ConcernEvent.INFORMED, subject_of(concern), date=on.isoformat(), way=way.value))


def become_case(session: Session, actor: Actor, concern: Concern, *, case_id: UUID) -> None:
    """A case was opened from it. The case has its own record of who they are, so this one's is erased at once.

    Where nobody was written down here before, the month to tell them begins now.
    """
    now = clock.now(session)
    require(policy.can_open_case(actor, concern, now))
    if concern.identified_at is None:
        _begin_month(concern, now)
    erase_identity(session, actor, concern, reason="case")
    concern.state = ConcernState.CASE
    subjects = (subject_of(concern), Subject(case_id=case_id))
    record(session, actor.did(ConcernEvent.BECAME_CASE, *subjects))


def _begin_month(concern: Concern, now: datetime) -> None:
    concern.identified_at = now
    concern.inform_by = inform_by(clock.day_of(now))
