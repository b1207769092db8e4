"""A meeting with a screen: the leader's browser, a computer by the projector, and what each of them sees."""

import re
from dataclasses import dataclass
from html import unescape
from uuid import UUID

from httpx2 import Response
from sqlalchemy import create_engine, text
from starlette.testclient import TestClient

from audit.queries import get_entry, list_entries
from auth import sessions as auth_sessions
from sspf.vault.events import VaultEvent
from sspf.web.current_user import COOKIE as SESSION
from sspf.web.ticket import COOKIE as TICKET
from tests.conftest import Served
from tests.meetings import make
from tests.meetings.served import Town
from tests.pages import words

BLACK = "Paus"


@dataclass
class Room(Town):
    """One meeting that goes on about the school's and the police's case, with one promise in it."""

    def __post_init__(self) -> None:
        self.case_id = self.case("school", "police")
        self.action(self.case_id, "Ringa hem varje fredag")
        self.meeting_id = self.meeting(self.case_id, begun=True)
        self.session_id, self.leader = self.signed_in("coordinator")

    def signed_in(self, name: str) -> tuple[UUID, TestClient]:
        """A browser in a session of its own, which may end without ending anybody else's."""
        actor = self.world.people[name]
        with self.session() as session:
            started = auth_sessions.start(session, actor.user_id, actor.assignment_id)
        client = self.served.client()
        client.cookies.set(SESSION, started.token)
        return started.session_id, client

    def come(self, *names: str) -> None:
        """They are here."""
        self._presence("present", names)

    def leave(self, *names: str) -> None:
        self._presence("gone", names)

    def _presence(self, presence: str, names: tuple[str, ...]) -> None:
        for name in names:
            row = self.attendance_id(self.meeting_id, name)
            answer = self.leader.post(f"/moten/{self.meeting_id}/narvaro/{row}", data={"presence": presence})
            assert answer.status_code == 303

    def press(self, what: str = "") -> Response:
        """One of the leader's buttons: nothing opens the screen, "/paus" pauses it."""
        return self.leader.post(f"/moten/{self.meeting_id}/skarm{what}")

    @property
    def path(self) -> str:
        return f"/moten/{self.meeting_id}/skarm"

    def window(self) -> "Screen":
        """The leader's second window, opened."""
        self.press()
        return Screen(self.leader, self.path)

    def code(self) -> str:
        """A fresh code, as the leader reads it."""
        page = self.press("/kod")
        assert page.status_code == 200
        return re.search(r'screen-code-letters">([A-Z0-9 ]+)<', page.text)[1]

    def projector(self, who: str | None = None) -> "Screen":
        """Another computer, on which the code has been typed; ``who`` is signed in there, if anybody."""
        client = self.served.client(who)
        answer = client.post("/skarm", data={"code": self.code()})
        assert answer.headers["location"] == "/skarm/visa", words(answer)
        return Screen(client, "/skarm/visa")

    def alias_here(self) -> str:
        return self.alias(self.case_id)

    def force(self, sql: str) -> None:
        """Change what the application itself may not."""
        engine = create_engine(self.served.database.superuser_url)
        with engine.begin() as connection:
            connection.execute(text(sql))
        engine.dispose()

    def entries(self, event: str | None = None, *, log_id: UUID | None = None) -> list:
        """What a log holds of a kind, oldest first, opened; the municipality's if no other is named."""
        log_id = log_id or self.world.municipality.id
        with self.session() as session:
            lines = [line for line in list_entries(session, log_id, limit=1000) if event in {None, line.event}]
            found = [get_entry(session, log_id, line.seq, self.served.database.log_sealer) for line in lines]
        return found[::-1]

    def readings(self) -> list:
        """Everything that has been opened for a screen."""
        return [one for one in self.entries(VaultEvent.READ) if one.facts["purpose"] == "meeting:screen"]

    def take_back(self) -> None:
        """The guardian whose yes was needed takes it back."""
        with self.session() as session:
            make.take_back(session, self.world, self.case_in(session, self.case_id))


@dataclass
class Screen:
    """One place where the screen is shown."""

    client: TestClient
    path: str

    def page(self) -> Response:
        answer = self.client.get(self.path)
        assert answer.status_code == 200, answer.status_code
        return answer

    def words(self) -> str:
        return words(self.page())

    @property
    def ticket(self) -> str:
        return self.client.cookies[TICKET]

    def mark(self) -> str:
        return unescape(re.search(r'data-mark="([^ ]*)" ?', self.page().text)[1].removesuffix('"'))

    def poll(self, mark: str) -> int:
        return self.client.get(f"{self.path}/nytt", headers={"If-None-Match": mark}).status_code


def holding(served: Served, token: str) -> Screen:
    """A browser that holds this ticket and nothing else."""
    client = served.client()
    client.cookies.set(TICKET, token)
    return Screen(client, "/skarm/visa")
