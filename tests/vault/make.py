"""Makers: a municipality with three organisations and a case, and short ways to seal, show and read in it."""

import time
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import Engine, text
from sqlalchemy.orm import Session

from audit.log import create_log
from audit.opening import OpenedEntry
from audit.queries import Filter, get_entry, list_entries
from auth.actor import Actor
from auth.permissions import Role
from sspf.db import locks
from sspf.db.sessions import Sessions
from sspf.vault import door
from sspf.vault.access import Access
from sspf.vault.disclosing import disclose
from sspf.vault.keys import create_organisation_key
from sspf.vault.reading import Reading
from sspf.vault.sealers import NarrowSealer
from sspf.vault.writing import About, AboutKind, Unit, seal
from tests.vault.tables import Secret


@dataclass(frozen=True)
class VaultDatabase:
    """Sessions as the application's role, with keys and trail; and an engine as the superuser, who forges."""

    sessions: Sessions
    superuser: Engine
    sealer: NarrowSealer

    def forge(self, statement: str, **values: Any) -> int:
        """Change what the application may not; returns how many rows were hit."""
        with self.superuser.begin() as connection:
            return connection.execute(text(statement), values).rowcount

    def ask(self, statement: str, **values: Any) -> list[Any]:
        with self.superuser.connect() as connection:
            return list(connection.execute(text(statement), values))


@dataclass(frozen=True)
class House:
    """One municipality: coordination owns the case, school and police are in it."""

    database: VaultDatabase
    municipality_id: UUID
    authority_id: UUID
    case_id: UUID
    youth_id: UUID
    coordinator: Actor
    school: Actor
    police: Actor

    @contextmanager
    def work(self) -> Iterator[Session]:
        """A request that may change what others see."""
        with self.database.sessions.begin() as session:
            locks.exclusive(session, self.case_id)
            yield session

    @contextmanager
    def page(self) -> Iterator[Session]:
        """A request that only reads."""
        with self.database.sessions.begin() as session:
            locks.shared(session, self.case_id)
            yield session

    def seal(self, session: Session, owner: Actor, statement: str = "Han sover inte.", **values: Any) -> Secret:
        record = values.pop("record", None) or Secret()
        seal(
            session,
            values.pop("by", owner),
            record,
            unit=values.pop("unit", Unit("case", self.case_id, self.authority_id)),
            owner=owner.organisation_id,
            source=values.pop("source", owner.organisation_id),
            kind=values.pop("kind", "school"),
            about=values.pop("about", About(AboutKind.YOUTH, self.youth_id)),
            fields=values.pop("fields", {"statement": statement}),
            **values,
        )
        session.add(record)
        session.flush()
        return record

    def sealed(self, owner: Actor, statement: str = "Han sover inte.", **values: Any) -> Secret:
        """A record sealed and committed."""
        with self.work() as session:
            return self.seal(session, owner, statement, **values)

    def disclose(
        self, session: Session, owner: Actor, records: Collection[Secret], to: Actor, **values: Any
    ) -> list[UUID]:
        """Disclose records under consent; returns the disclosures' ids in the order of the records."""
        ids = [record.envelope_id for record in records]
        wanted: dict[str, Any] = {"ground": "consent", "rule_version": 1, "purpose": "casework", "until": None}
        made = disclose(session, owner, ids, to=to.organisation_id, **wanted | values)
        return [made[envelope_id] for envelope_id in ids]

    def disclosed(self, owner: Actor, record: Secret, to: Actor, **values: Any) -> UUID:
        """One disclosure, committed."""
        with self.work() as session:
            return self.disclose(session, owner, [record], to, **values)[0]

    def access(self, actor: Actor, *units: tuple[str, UUID]) -> Access:
        return Access(
            organisation_id=actor.organisation_id,
            who=actor.who,
            municipality_id=self.municipality_id,
            units=frozenset(units or {("case", self.case_id), ("person", self.youth_id)}),
            case_id=self.case_id,
            person_ids=(self.youth_id,),
        )

    def open(self, session: Session, actor: Actor, **values: Any) -> Reading:
        return door.open(session, self.access(actor), values.pop("purpose", "case_page"), **values)

    def can_read(self, actor: Actor, record: Secret) -> bool:
        """Whether the actor's organisation gets the text now, and if not, that it gets nothing at all."""
        with self.page() as session:
            reading = self.open(session, actor)
            if not reading.shows(record):
                assert record.envelope_id not in reading.envelope_ids()
                return False
            return bool(reading.reveal(record, "statement"))

    def entries(self, event: str, *, after: int = -1) -> list[OpenedEntry]:
        """The municipality's entries of one kind later than number ``after``, opened, oldest first."""
        with self.database.sessions.begin() as session:
            lines = list_entries(session, self.municipality_id, Filter(event=event), limit=1000 if after < 0 else 10)
            found = [
                get_entry(session, self.municipality_id, line.seq, self.database.sealer)
                for line in reversed(lines)
                if line.seq > after
            ]
        return [entry for entry in found if entry is not None]


def build_house(database: VaultDatabase) -> House:
    municipality_id = uuid4()
    house = House(
        database,
        municipality_id,
        uuid4(),
        uuid4(),
        uuid4(),
        *(an_actor(municipality_id, name, role) for name, role in _CAST),
    )
    with database.sessions.begin() as session:
        create_log(session, municipality_id, f"test.invalid/{municipality_id}")
        for actor in (house.coordinator, house.school, house.police):
            create_organisation_key(session, actor, actor.organisation_id)
    return house


_CAST = (("Kim", Role.COORDINATOR), ("Sam", Role.CONTACT), ("Alex", Role.CONTACT))


def an_actor(municipality_id: UUID, name: str = "Robin", role: Role = Role.CONTACT) -> Actor:
    """Somebody in an organisation of their own, which has no key yet."""
    return Actor(
        user_id=uuid4(),
        name=name,
        assignment_id=uuid4(),
        organisation_id=uuid4(),
        role=role,
        municipality_id=municipality_id,
        session_id=uuid4(),
    )


def database_now(session: Session) -> datetime:
    found: datetime = session.execute(text("SELECT clock_timestamp()")).scalar_one()
    return found


def wait_until(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 20
    while not condition():
        assert time.monotonic() < deadline, "it never happened"
        time.sleep(0.01)
