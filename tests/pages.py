"""The served application for the tests of pages: makers that commit, and pages as words."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from html import unescape
from uuid import UUID

from httpx2 import Response
from sqlalchemy import event
from sqlalchemy.orm import Session
from starlette.testclient import TestClient

from sspf.cases import queries as cases
from sspf.cases.models import Case
from tests.conftest import Served
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


def hidden_fields(page: Response, path: str) -> dict[str, list[str]]:
    """What the form that posts to ``path`` carries along."""
    (form,) = re.findall(rf'<form[^>]*action="{path}"[^>]*>(.*?)</form>', page.text, re.DOTALL)
    found: dict[str, list[str]] = {}
    for name, value in re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)">', form):
        found.setdefault(name, []).append(unescape(value))
    return found


def save(client: TestClient, path: str, data: dict[str, str]) -> Response:
    """Open the page with a form, fill it in and send it to the same address."""
    return client.post(path, data=hidden_fields(client.get(path), path) | data)


def words(page: Response) -> str:
    """What a page says, without its tags."""
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", page.text)))
