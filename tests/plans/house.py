"""The served application with actions in it."""

from datetime import date
from uuid import UUID

from sqlalchemy import select

from sspf.law.kinds import Kind
from sspf.plans.models import Action
from tests.pages import House as Pages
from tests.pages import hidden_fields, words
from tests.plans import make

__all__ = ["House", "hidden_fields", "words"]


class House(Pages):
    """Each test has a case of its own in it."""

    def prepared(self, *rows: tuple[str, str, Kind], **action) -> tuple[UUID, UUID]:
        """A case in which everybody takes part and these rows are agreed to, and an action in it."""
        with self.session() as session:
            case = make.an_agreed_case(session, self.world, *rows)
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
