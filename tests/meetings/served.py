"""The served application with meetings in it: makers that commit, and pages as words."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy.orm import Session

from audit.queries import get_entry, list_entries
from sspf.db import clock
from sspf.meetings import queries
from sspf.meetings.models import Meeting
from sspf.vault.events import VaultEvent
from tests.meetings import make
from tests.pages import House
from tests.world import CONTACTS

READ = VaultEvent.READ


def htmx(target: str) -> dict[str, str]:
    return {"HX-Request": "true", "HX-Target": f"section#{target}"}


def tomorrow(town: "Town") -> str:
    with town.session() as session:
        return str(clock.today(session) + timedelta(days=1))


@dataclass
class Town(House):
    """A served world with one place to ask for cases and meetings by id."""

    def case(self, *present: str) -> UUID:
        with self.session() as session:
            return make.a_case_to_meet_about(session, self.world, present=present or CONTACTS).id

    def alias(self, case_id: UUID) -> str:
        with self.session() as session:
            return self.case_in(session, case_id).alias

    def meeting(self, *case_ids: UUID, begun: bool = False, starts_at: datetime | None = None) -> UUID:
        with self.session() as session:
            about = [self.case_in(session, case_id) for case_id in case_ids]
            return make.a_meeting(session, self.world, *about, begun=begun, starts_at=starts_at).id

    def meeting_in(self, session: Session, meeting_id: UUID) -> Meeting:
        return queries.get_meeting(session, self.world.coordinator, meeting_id)

    def action(self, case_id: UUID, text: str) -> UUID:
        with self.session() as session:
            return make.an_action(session, self.world, self.case_in(session, case_id), text).id

    def attendance_id(self, meeting_id: UUID, name: str) -> UUID:
        with self.session() as session:
            return make.attendance(session, self.world, self.meeting_in(session, meeting_id))[name].id

    def reads_of(self, name: str, path: str) -> list["Read"]:
        """What the trail says was read when one of the cast opened the page."""
        log_id = self.world.municipality.id
        with self.session() as session:
            before = list_entries(session, log_id, limit=1)[0].seq
        assert self.served.client(name).get(path).status_code == 200
        with self.session() as session:
            lines = [line for line in list_entries(session, log_id) if line.seq > before and line.event == READ]
            opened = [get_entry(session, log_id, line.seq, self.served.database.log_sealer) for line in lines]
        return [
            Read(entry.facts["purpose"], {field for one in entry.facts["envelopes"] for field in one["fields"]})
            for entry in opened
            if entry is not None and entry.facts is not None
        ]


@dataclass(frozen=True)
class Read:
    """One entry of the door's: why, and which fields were opened."""

    purpose: str
    fields: set[str]
