"""The auditor's desk: a municipality with a case in it, the pages over its logs, and ways to tamper with them."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any
from uuid import UUID

from fastapi import FastAPI
from sqlalchemy import create_engine, text
from starlette.testclient import TestClient

from audit.queries import Filter, Line, list_entries
from sspf.cases.models import Case
from sspf.oversight.routes import router as oversight
from sspf.signin.routes import router as signin
from sspf.signin.welcome import router as welcome
from tests.conftest import Served
from tests.edge import alone, browser_at
from tests.world import World, a_case, agree, reading_of


@dataclass(frozen=True)
class Desk:
    """``case`` is about somebody whose names are in ``tests.world``; school and police take part in it."""

    served: Served
    case: Case

    @property
    def world(self) -> World:
        return self.served.world

    @property
    def log_id(self) -> UUID:
        return self.world.municipality.id

    @cached_property
    def app(self) -> FastAPI:
        return alone(self.served, [oversight, signin, welcome])

    def browser(self, name: str | None = "auditor") -> TestClient:
        return browser_at(self.app, self.served.tokens[name] if name else None)

    def entries(self, log_id: UUID | None = None, **wanted: Any) -> list[Line]:
        """Newest first."""
        with self.served.sessions.begin() as session:
            return list_entries(session, log_id or self.log_id, Filter(**wanted), limit=1000)

    def as_superuser(self, statement: str, **values: object) -> Any:
        """What somebody with the whole database in their hands can do."""
        engine = create_engine(self.served.database.superuser_url)
        with engine.begin() as connection:
            connection.execute(text("SET session_replication_role = replica"))
            found = connection.execute(text(statement), values)
            rows = found.all() if found.returns_rows else []
        engine.dispose()
        return rows


def furnish(served: Served) -> Desk:
    """A case that the school and the police take part in, and that both coordination and the school have read."""
    world = served.world
    with served.sessions.begin() as session:
        case = a_case(session, world)
    with served.sessions.begin() as session:
        agree(session, world, case, present=("school", "police"))
    for name in ("coordinator", "school", "school"):
        with served.sessions.begin() as session:
            reading_of(session, world.people[name], case)
    return Desk(served, case)


def tables(desk: Desk) -> dict[str, int]:
    """How many rows there are of everything but the trail."""
    found = desk.as_superuser("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
    names = [row.tablename for row in found if not row.tablename.startswith("audit_")]
    counted = ", ".join(f'(SELECT count(*) FROM "{name}") AS "{name}"' for name in names)
    return dict(desk.as_superuser(f"SELECT {counted}")[0]._mapping)
