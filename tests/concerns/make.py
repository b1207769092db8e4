"""Makers of contacts about a worry."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.orm import Session

from auth.actor import Actor
from sspf.concerns import contacting, policy, queries, service
from sspf.concerns.contacting import Yes
from sspf.concerns.models import Concern, ConcernSource, Stage, Suspicion, Way
from sspf.concerns.telling import Account, Weighed
from sspf.db import clock
from sspf.law.purposes import Purpose
from sspf.people import numbers
from sspf.people.basis import Basis
from sspf.people.service import Described
from sspf.vault import door
from sspf.vault.models import AboutKind
from sspf.vault.reading import Reading
from tests.world import GUARDIANS, YOUTH_15, World

SEEN = "Provoron: någon väntar utanför grinden efter skolan."
CALLED, FULL_NAME, CONTACT = "Ormbunken", "Ormbunke Skogsdotter", "070-1740605 efter fyra"


def a_kind(session: Session, world: World, label: str = "Frånvaro") -> UUID:
    return next(kind.id for kind in queries.list_kinds(session, world.municipality.id) if kind.label == label)


def told(session: Session, world: World, *, kind: str = "Frånvaro", **values: Any) -> Account:
    said: dict[str, Any] = {
        "source": ConcernSource.SCHOOL,
        "kind_id": a_kind(session, world, kind),
        "seen": SEEN,
        "basis": Basis.OWN_OBSERVATION,
        "age": 14,
        "stage": Stage.UPPER,
        "area": "Provdalen",
    }
    return Account(**(said | values))


def a_concern(
    session: Session, world: World, by: str = "school", *, suspicion: Suspicion | None = Suspicion.NO, **values: Any
) -> Concern:
    """What ``by`` told, for coordination, and answered of its duty to report, if anything."""
    concern = service.register(
        session, world.people[by], told(session, world, **values), coordination=world.organisations["coordinator"]
    )
    session.flush()
    if suspicion is not None:
        service.weigh(session, world.people[by], fresh(session, world.people[by], concern), Weighed(suspicion))
        session.flush()
    return fresh(session, world.people[by], concern)


def fresh(session: Session, actor: Actor, concern: Concern) -> Concern:
    return queries.get_concern(session, actor, concern.id)


def a_yes(day: date) -> Yes:
    return Yes(AboutKind.GUARDIAN, "Koordinator Ek", day, Way.SPOKEN)


def wanted(session: Session, world: World, concern: Concern) -> Concern:
    """The family has said yes to being contacted."""
    contacting.record_yes(
        session,
        world.coordinator,
        fresh(session, world.coordinator, concern),
        a_yes(clock.today(session)),
        coordination=world.organisations["coordinator"],
        owes_weighing=False,
    )
    session.flush()
    return fresh(session, world.coordinator, concern)


def described() -> tuple[Described, list[Described]]:
    youth = Described(CALLED, FULL_NAME, numbers.parse(YOUTH_15), CONTACT)
    return youth, [Described("Vuxen1", "Vuxen1 Skogsdotter", numbers.parse(GUARDIANS[1]), CONTACT)]


def named(session: Session, world: World, concern: Concern) -> Concern:
    """And it is written down who they are."""
    youth, guardians = described()
    concern = wanted(session, world, concern)
    contacting.identify(session, world.coordinator, concern, youth=youth, guardians=guardians)
    session.flush()
    return fresh(session, world.coordinator, concern)


def let_time_pass(session: Session, concern: Concern, days: int = 31) -> None:
    """As if everything about the concern had happened so many days earlier."""
    session.flush()
    ago = {"id": concern.id, "ago": timedelta(days=days)}
    session.execute(text("UPDATE concern SET identity_until = identity_until - :ago WHERE id = :id"), ago)


def reading_of(session: Session, actor: Actor, concern: Concern) -> Reading:
    """What ``actor`` may see of the concern now."""
    return door.open(session, policy.access_to(actor, fresh(session, actor, concern)), Purpose.CONCERN)
