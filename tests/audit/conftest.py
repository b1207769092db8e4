"""A log with a cast and a few entries, a toy sealer, and a superuser who forges."""

import hashlib
import hmac
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import Engine, create_engine, text
from sqlalchemy.orm import Session, sessionmaker

from audit.events import Event, EventTag, Subject, Who
from audit.log import create_log, install, record
from audit.merkle import Frontier, leaf_hash
from audit.verification import Noted, Report, verify


class ToySealer:
    """Hides and authenticates like the real one, for text nobody needs to hide."""

    def seal(self, plaintext: bytes, context: tuple[str, ...]) -> bytes:
        hidden = bytes(byte ^ 0x5A for byte in plaintext)
        return _tag(hidden, context) + hidden

    def open(self, sealed: bytes, context: tuple[str, ...]) -> bytes:
        tag, hidden = sealed[:32], sealed[32:]
        if tag != _tag(hidden, context):
            raise ValueError("not sealed here")
        return bytes(byte ^ 0x5A for byte in hidden)


def _tag(hidden: bytes, context: tuple[str, ...]) -> bytes:
    return hmac.digest(b"toy", repr(context).encode() + hidden, hashlib.sha256)


class DemoEvent(EventTag):
    READ = "case:read"
    NOTED = "case:note_added"
    LISTED = "case:listed"
    REFUSED = "case:refused"
    FAILED = "sign_in:failed"


@dataclass(frozen=True)
class Cast:
    """Ids that the entries speak of."""

    anna: Who = field(
        default_factory=lambda: Who(user_id=uuid4(), organisation_id=uuid4(), assignment_id=uuid4(), session_id=uuid4())
    )
    bo: Who = field(default_factory=lambda: Who(user_id=uuid4(), organisation_id=uuid4()))
    sweep: Who = field(default_factory=lambda: Who(system="sweep"))
    bjorken: UUID = field(default_factory=uuid4)
    linden: UUID = field(default_factory=uuid4)
    young: UUID = field(default_factory=uuid4)


@dataclass
class Trail:
    """One log in a database of its own, as the application uses it and as a superuser can damage it."""

    sessions: sessionmaker[Session]
    superuser: Engine
    owner: sessionmaker[Session]
    sealer: ToySealer
    log: UUID
    cast: Cast = field(default_factory=Cast)

    def record(self, *events: Event) -> None:
        with self.sessions.begin() as session:
            for event in events:
                record(session, event)

    def event(self, tag: EventTag = DemoEvent.READ, who: Who | None = None, **values: Any) -> Event:
        return Event(log=self.log, tag=tag, who=who or self.cast.anna, **values)

    def verify(self, *, opening: bool = True, since: Noted | None = None) -> Report:
        with self.sessions.begin() as session:
            return verify(session, self.log, self.sealer if opening else None, since=since)

    def noted(self) -> Noted:
        report = self.verify()
        return Noted(report.size, report.root)

    def scalar(self, sql: str, **values: Any) -> Any:
        with self.superuser.connect() as connection:
            return connection.scalar(text(sql), values)

    def forge(self, *statements: str, **values: Any) -> None:
        """Run SQL as a superuser who has switched every trigger and foreign key off."""
        with self.superuser.begin() as connection:
            connection.exec_driver_sql("SET LOCAL session_replication_role = replica")
            for statement in statements:
                connection.execute(text(statement), {"log": self.log, **values} if ":" in statement else {})

    def rehash(self) -> None:
        """Make nodes and head fit the leaves again, as a forger who knows the format would."""
        with self.superuser.begin() as connection:
            connection.exec_driver_sql("SET LOCAL session_replication_role = replica")
            leaves = connection.execute(
                text("SELECT seq, leaf FROM audit_leaf WHERE log_id = :log ORDER BY seq"), {"log": self.log}
            ).all()
            frontier = Frontier()
            for seq, leaf in leaves:
                frontier = frontier.append(leaf_hash(leaf))
                connection.execute(
                    text("UPDATE audit_leaf SET node = :node WHERE log_id = :log AND seq = :seq"),
                    {"node": frontier.peaks[-1], "log": self.log, "seq": seq},
                )
            connection.execute(
                text("UPDATE audit_log SET size = :size, frontier = :frontier, root = :root WHERE id = :log"),
                {
                    "size": frontier.size,
                    "frontier": frontier.to_bytes(),
                    "root": frontier.root,
                    "log": self.log,
                },
            )


def sessions_on(engine: Engine, sealer: ToySealer) -> sessionmaker[Session]:
    made = sessionmaker(engine, autobegin=False, expire_on_commit=False)
    install(made, sealer)
    return made


@dataclass(frozen=True)
class Database:
    """One database for all these tests: what is committed stays, so each test has a log of its own."""

    app: Engine
    owner: Engine
    superuser: Engine


@pytest.fixture(scope="session")
def database(embedded, template) -> Iterator[Database]:
    name = "sspf_test_audit"
    admin = create_engine(embedded.url("postgres", "postgres"), isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.exec_driver_sql(f"CREATE DATABASE {name} TEMPLATE {template} OWNER sspf_owner")
        connection.exec_driver_sql(f"GRANT CONNECT ON DATABASE {name} TO sspf_app")
    made = Database(
        app=create_engine(embedded.url("sspf_app", name), pool_size=30),
        owner=create_engine(embedded.url("sspf_owner", name)),
        superuser=create_engine(embedded.url("postgres", name)),
    )
    with made.owner.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE business (id int PRIMARY KEY, note text NOT NULL)")
        connection.exec_driver_sql("GRANT SELECT, INSERT, UPDATE ON business TO sspf_app")
    yield made
    for engine in (made.app, made.owner, made.superuser):
        engine.dispose()
    with admin.connect() as connection:
        connection.exec_driver_sql(f"DROP DATABASE {name} WITH (FORCE)")
    admin.dispose()


@pytest.fixture
def trail(database: Database) -> Trail:
    """An empty log."""
    sealer = ToySealer()
    made = Trail(
        sessions=sessions_on(database.app, sealer),
        superuser=database.superuser,
        owner=sessions_on(database.owner, sealer),
        sealer=sealer,
        log=uuid4(),
    )
    with made.sessions.begin() as session:
        create_log(session, made.log, f"test/{made.log}")
    return made


@pytest.fixture
def eight(trail: Trail) -> Trail:
    """A log of eight entries; number 4 has everything an entry can have."""
    cast = trail.cast
    about = Subject(case_id=cast.bjorken, person_id=cast.young, ids={"note": "n1"})
    trail.record(trail.event(facts={"purpose": "meeting"}))
    trail.record(trail.event(who=cast.sweep, tag=DemoEvent.LISTED))
    trail.record(trail.event(subjects=(Subject(case_id=cast.linden),)), trail.event(who=cast.bo))
    trail.record(
        trail.event(DemoEvent.NOTED, facts={"fields": ["statement"]}, subjects=(about, Subject(case_id=cast.linden)))
    )
    trail.record(trail.event(), trail.event(), trail.event(subjects=(Subject(case_id=cast.bjorken),)))
    return trail
