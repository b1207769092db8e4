"""What one contact's page shows, gathered from the reading: plain values, nothing left to open."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy.orm import Session

from auth import queries as accounts
from auth.actor import Actor
from sspf.concerns import policy, queries
from sspf.concerns.labels import ROLES, STAGES, WAYS, WHO_SAID_YES
from sspf.concerns.models import Concern, ConcernAccount, ConcernAdvice, ConcernYes, Stage, Way
from sspf.concerns.telling import Weighed, weighed
from sspf.law.kinds import CONCERN_WEIGHING
from sspf.law.purposes import Purpose
from sspf.people import queries as people
from sspf.people.basis import BASES, Basis
from sspf.texts import Text
from sspf.vault import door
from sspf.vault.models import AboutKind
from sspf.vault.reading import Reading


@dataclass(frozen=True, slots=True)
class AccountView:
    """What was told, as it was told. ``owner_id`` is whose record it is."""

    seen: str
    basis: Text
    age: str | None
    stage: Text | None
    area: str | None
    owner_id: UUID
    corrected_at: datetime | None


@dataclass(frozen=True, slots=True)
class AdviceView:
    advice: str
    at: datetime


@dataclass(frozen=True, slots=True)
class YesView:
    """The family's yes."""

    said_by: Text
    said_to: str
    said_on: date
    way: Text


@dataclass(frozen=True, slots=True)
class PersonView:
    person_id: UUID
    role: Text
    called_name: str


@dataclass(frozen=True, slots=True)
class ConcernView:
    """Everything sealed that the page shows; what the reader may not see is not there.

    ``earlier`` are the wordings that have been put right, the newest first: whoever wrote them still has them.
    """

    account: AccountView | None
    earlier: tuple[AccountView, ...]
    weighing: Weighed | None
    advice: tuple[AdviceView, ...]
    yes: YesView | None
    people: tuple[PersonView, ...]
    registered_by: str


def view_concern(session: Session, actor: Actor, concern: Concern) -> ConcernView:
    """Open the door once for the page."""
    reading = door.open(session, policy.access_to(actor, concern), Purpose.CONCERN)
    yes = queries.shown(session, reading, concern, ConcernYes) if policy.leads(actor, concern) else []
    told = _accounts(session, reading, concern)
    return ConcernView(
        account=told[0] if told else None,
        earlier=tuple(told[1:]),
        weighing=weighed(session, reading, concern),
        advice=tuple(
            AdviceView(reading.reveal(row, "advice"), reading.opened[row.envelope_id].sealed_at)
            for row in queries.shown(session, reading, concern, ConcernAdvice)
        ),
        yes=_yes(reading, yes[-1]) if yes else None,
        people=_people(session, reading, concern) if policy.leads(actor, concern) else (),
        registered_by=accounts.names_of(session, {concern.registered_by})[concern.registered_by],
    )


def owes_weighing(session: Session, actor: Actor, concern: Concern) -> bool:
    """Whether the actor's own organisation has yet to weigh its duty to report; nothing else is opened.

    Whoever wrote the contact down answers first of all; where it was somebody else, each in its own time.
    """
    access = policy.access_to(actor, concern)
    reading = door.open(session, access, Purpose.CONCERN, kinds=(CONCERN_WEIGHING,))
    return is_owed(actor, concern, weighed(session, reading, concern))


def is_owed(actor: Actor, concern: Concern, found: Weighed | None) -> bool:
    """The same, of what is known to be written."""
    return concern.organisation_id == actor.organisation_id if found is None else found.is_owed


def _accounts(session: Session, reading: Reading, concern: Concern) -> list[AccountView]:
    """What was told, the newest wording first."""
    rows = queries.shown(session, reading, concern, ConcernAccount)
    return [_account(reading, row) for row in reversed(rows)]


def _account(reading: Reading, row: ConcernAccount) -> AccountView:
    envelope = reading.opened[row.envelope_id]
    return AccountView(
        seen=reading.reveal(row, "seen"),
        basis=BASES[Basis(reading.reveal(row, "basis"))],
        age=reading.reveal(row, "age") if row.age else None,
        stage=STAGES[Stage(reading.reveal(row, "stage"))] if row.stage else None,
        area=reading.reveal(row, "area") if row.area else None,
        owner_id=envelope.owner_id,
        corrected_at=envelope.sealed_at if envelope.replaces_id else None,
    )


def _yes(reading: Reading, row: ConcernYes) -> YesView:
    return YesView(
        said_by=WHO_SAID_YES[AboutKind(reading.reveal(row, "said_by"))],
        said_to=reading.reveal(row, "said_to"),
        said_on=date.fromisoformat(reading.reveal(row, "said_on")),
        way=WAYS[Way(reading.reveal(row, "way"))],
    )


def _people(session: Session, reading: Reading, concern: Concern) -> tuple[PersonView, ...]:
    if not concern.people:
        return ()
    parts = people.parts_of(session, reading, [person.person_id for person in concern.people])
    return tuple(
        PersonView(person.person_id, ROLES[person.role], people.called_name(reading, parts[person.person_id]) or "")
        for person in concern.people
        if person.person_id in parts
    )
