"""The consents of a served application: one case, a coordinator at its desk, and what stands in a page's form."""

import re
from datetime import timedelta
from uuid import UUID

from sqlalchemy import text
from starlette.testclient import TestClient

from sspf.cases.models import Case
from sspf.consents.agreement import Row
from sspf.consents.sheet import row_name
from sspf.db import clock
from sspf.law.kinds import Kind
from tests.conftest import Served
from tests.consents.make import answers, sign
from tests.world import GUARDIANS, YOUTH_9, a_case

SCHOOL_TO_POLICE = ("school", "police", Kind.SCHOOL)


class Desk:
    """One case in the served application, and a coordinator at its consents."""

    def __init__(self, served: Served, *, youth: str = YOUTH_9, guardians: tuple[str, ...] = GUARDIANS[:1]) -> None:
        self.served = served
        self.world = served.world
        with served.sessions.begin() as session:
            self.case: Case = a_case(session, served.world, youth=youth, guardians=guardians)
        self.base = f"/arenden/{self.case.id}"
        self.youth, self.guardians = self.case.youth_id, self.case.guardian_ids
        self.today = self._today()

    def _today(self):
        with self.served.sessions.begin() as session:
            return clock.today(session)

    def client(self, name: str = "coordinator") -> TestClient:
        return self.served.client(name)

    def sign(self, *rows: tuple[str, str, Kind], person: UUID | None = None, **more):
        """Everyone whose yes is needed signs, or ``person``."""
        with self.served.sessions.begin() as session:
            people = [person] if person else self.guardians
            return [sign(session, self.world, self.case, one, answers(self.world, *rows, **more)).id for one in people]

    def row(self, source: str, recipient: str, kind: Kind) -> str:
        return row_name(Row(self.world.id_of(source), self.world.id_of(recipient), kind))

    def paper(self, person: UUID | None = None, **typed: str) -> dict[str, str]:
        """A form filled in: wants to take part, with the school and the police."""
        return {
            "person": str(person or self.guardians[0]),
            "given_on": str(self.today),
            "valid_to": str(self.today + timedelta(days=90)),
            "form_version": "2026-1",
            "language": "sv",
            "wants": "yes",
            f"organisations[{self.world.id_of('school')}]": "yes",
            f"organisations[{self.world.id_of('police')}]": "yes",
            f"organisations[{self.world.id_of('leisure')}]": "",
            self.row(*SCHOOL_TO_POLICE): "yes",
            self.row("police", "school", Kind.OBSERVATION): "no",
        } | typed

    def count(self, table: str) -> int:
        """How many rows the case has in ``table``."""
        with self.served.sessions.begin() as session:
            return session.scalar(text(f"SELECT count(*) FROM {table} WHERE case_id = :id"), {"id": self.case.id})


def hidden(page: str) -> dict[str, str]:
    """What the page's own form carries along; what stands around the page has forms too."""
    main = page.partition("<main")[2].partition("</main>")[0]
    return dict(re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)">', main))


def filled(page: str) -> dict[str, str]:
    """What stands in the form's fields."""
    found = dict(re.findall(r'name="([^"]*)" type="(?:date|text)" value="([^"]*)"', page))
    found |= dict(
        re.findall(
            r'<input class="ds-input" type="(?:radio|checkbox)" id="[^"]*" name="([^"]*)" value="([^"]*)" checked', page
        )
    )
    found |= dict(re.findall(r'<select[^>]*name="([^"]*)".*?<option value="([^"]*)" selected', page, re.DOTALL))
    return found


def unasked(page: str) -> dict[str, str]:
    return {name: value for name, value in filled(page).items() if value == ""}
