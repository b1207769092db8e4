"""The served application with notes in it."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select

from sspf.law.kinds import Kind
from sspf.notes.models import Note
from tests.notes import make
from tests.pages import House as Pages
from tests.pages import hidden_fields, words

__all__ = ["House", "hidden_fields", "words"]


class House(Pages):
    """Each test has a case of its own in it."""

    def prepared(self, *rows: tuple[str, str, Kind]) -> UUID:
        """A case in which everybody takes part and these rows are agreed to."""
        with self.session() as session:
            return make.an_agreed_case(session, self.world, *rows).id

    def note(self, case_id: UUID, *, to: Sequence[str] = ()) -> UUID:
        """A note of the school's."""
        with self.session() as session:
            draft = make.a_draft(self.world, self.case_in(session, case_id), to=to)
            return make.write(session, self.world.school, self.case_in(session, case_id), draft).id

    def notes_of(self, case_id: UUID) -> int:
        with self.session() as session:
            return len(session.scalars(select(Note).where(Note.case_id == case_id)).all())

    def seen(self, name: str, case_id: UUID) -> list[str]:
        with self.session() as session:
            return make.texts_seen_by(session, self.world.people[name], self.case_in(session, case_id))

    def fields(self, *, to: Sequence[str] = (), **more: object) -> dict[str, object]:
        """The form as the school fills it in."""
        with self.session() as session:
            day = str(make.today(session))
        return {
            "recipients": [str(self.world.id_of(name)) for name in to],
            "kind": "attendance",
            "about": "youth",
            "basis": "own_observation",
            "source": str(self.world.id_of("school")),
            "observed_on": day,
            "statement": make.TEXT,
        } | more
