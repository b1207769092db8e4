"""The served application for the tests of pages: makers that commit, and pages as words."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from html import unescape
from uuid import UUID

from httpx2 import Response
from sqlalchemy import event, select
from sqlalchemy.orm import Session
from starlette.testclient import TestClient

from sspf.cases import queries as cases
from sspf.cases.models import Case
from sspf.plans.models import Action
from tests.conftest import Served
from tests.plans import make
from tests.world import World


@dataclass
class House:
    """The cast signed in, each in a browser of their own that is kept: the application is slow to make."""

    served: Served
    clients: dict[str, TestClient] = field(default_factory=dict)

    @property
    def world(self) -> World:
        return self.served.world

    def client(self, name: str) -> TestClient:
        if name not in self.clients:
            self.clients[name] = self.served.client(name)
        return self.clients[name]

    @contextmanager
    def session(self) -> Iterator[Session]:
        with self.served.sessions.begin() as session:
            yield session

    def case_in(self, session: Session, case_id: UUID) -> Case:
        return cases.get_case(session, self.world.coordinator, case_id)

    def prepared(self, **action) -> tuple[UUID, UUID]:
        """A case in which everybody takes part, and an action in it."""
        with self.session() as session:
            case = make.an_agreed_case(session, self.world)
            return case.id, make.promise(session, self.world, case, **action).id

    def action(self, action_id: UUID) -> Action:
        with self.session() as session:
            return session.scalars(select(Action).where(Action.id == action_id)).one()

    def actions_of(self, case_id: UUID) -> int:
        with self.session() as session:
            return len(session.scalars(select(Action).where(Action.case_id == case_id)).all())

    def day(self, days: int) -> date:
        with self.session() as session:
            return make.in_days(session, days)

    @contextmanager
    def counted(self) -> Iterator[list[str]]:
        """Every statement that the application sends meanwhile."""
        sent: list[str] = []

        def note(_connection, _cursor, statement, *_rest) -> None:
            sent.append(statement)

        engine = self.served.installation.engine
        event.listen(engine, "before_cursor_execute", note)
        yield sent
        event.remove(engine, "before_cursor_execute", note)


def words(page: Response) -> str:
    """What a page says, without its tags."""
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", page.text)))
