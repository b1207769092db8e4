"""A note that its writer is about to correct: its wordings, opened, and who can read the newest."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from auth.actor import Actor
from auth.decisions import require
from sspf.cases.models import Case
from sspf.cases.policy import access_to
from sspf.db import clock
from sspf.errors import NotFound
from sspf.law.purposes import Purpose
from sspf.notes import policy, queries
from sspf.notes.drafts import AboutChoice, value_of
from sspf.notes.models import Note
from sspf.notes.queries import NoteView
from sspf.vault import door
from sspf.vault.reading import Reading
from sspf.web import Submitted, blank


@dataclass(frozen=True, slots=True)
class Wordings:
    """A note and what has replaced it, oldest first. ``view`` is the newest, as its owner sees it."""

    notes: Sequence[Note]
    reading: Reading
    view: NoteView

    @property
    def is_replaced(self) -> bool:
        """Whether somebody has corrected the note already."""
        return len(self.notes) > 1

    @property
    def newest(self) -> Note:
        return self.notes[-1]

    def as_form(self, whom: Sequence[AboutChoice]) -> Submitted[Any]:
        """The newest wording to begin from. Whom it is for is chosen anew."""
        envelope = self.reading.opened[self.newest.envelope_id]
        return blank(
            kind=envelope.kind,
            about=value_of(envelope.about, whom),
            basis=self.newest.basis,
            source=envelope.source_id,
            observed_on=self.newest.observed_on,
            statement=self.view.statement,
        )


def find_wordings(session: Session, actor: Actor, case: Case, note_id: UUID) -> Wordings:
    """The note that the actor means to correct; nothing else is opened.

    Raises:
        NotFound: the actor may not know of it.
        NotPermitted: the actor may read it and not correct it.
    """
    notes = queries.wordings_of(session, case, note_id)
    access = access_to(actor, case, clock.now(session))
    wanted = [note.envelope_id for note in notes]
    reading = door.open(session, access, Purpose.CORRECTION, envelope_ids=wanted)
    if not notes or not reading.shows(notes[0]):
        raise NotFound
    require(policy.can_correct(actor, case, reading.opened[notes[0].envelope_id].owner_id))
    (view,) = queries.views(session, reading, case, notes[-1:])
    return Wordings(notes, reading, view)
