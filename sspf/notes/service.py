"""Writes and corrects notes: require, change (``telling``), record. Never commits.

The case's lock is held exclusively.
"""

from collections.abc import Sequence

from sqlalchemy.orm import Session

from audit.events import Subject
from audit.log import record
from auth.actor import Actor
from auth.decisions import require
from sspf.cases.models import Case
from sspf.db import clock
from sspf.errors import Conflict, ValidationFailed
from sspf.notes import policy
from sspf.notes.drafts import KINDS, LONGEST, Draft
from sspf.notes.events import NoteEvent
from sspf.notes.models import Basis, Note
from sspf.notes.telling import write_and_tell
from sspf.texts import _
from sspf.vault.reading import Reading


class CorrectedFirst(Conflict):
    """Somebody has corrected the note already; ``newest`` is what stands now."""

    def __init__(self, newest: Note) -> None:
        self.newest = newest
        super().__init__(_("Någon annan har rättat anteckningen medan du skrev."))


def add_note(session: Session, actor: Actor, case: Case, draft: Draft) -> Note:
    """Write a note of the actor's organisation and let each recipient read it, on the family's yes.

    Raises:
        GroundGone: one of ``draft.recipients`` has no ground now.
        ValidationFailed: the draft is not a note that can be written.
    """
    require(policy.can_write(actor, case))
    return _write(session, actor, case, draft, replaces=None)


def correct_note(
    session: Session, actor: Actor, case: Case, reading: Reading, wordings: Sequence[Note], draft: Draft
) -> Note:
    """Replace a note that ``reading`` shows; ``wordings`` are what ``queries.wordings_of`` gives for it.

    What was shared of the old wording ends: the recipients of the new one are chosen anew.

    Raises:
        CorrectedFirst: it has been replaced already.
        GroundGone: one of ``draft.recipients`` has no ground now.
        ValidationFailed: the draft is not a note that can be written.
    """
    note = wordings[0]
    require(policy.can_correct(actor, case, reading.opened[note.envelope_id].owner_id))
    if len(wordings) > 1:
        raise CorrectedFirst(wordings[-1])
    return _write(session, actor, case, draft, replaces=note)


def _write(session: Session, actor: Actor, case: Case, draft: Draft, *, replaces: Note | None) -> Note:
    check(session, actor, draft)
    note = Note(
        municipality_id=case.municipality_id,
        case_id=case.id,
        basis=draft.basis,
        observed_on=draft.observed_on,
        replaces_id=replaces.id if replaces else None,
    )
    told = write_and_tell(
        session,
        actor,
        case,
        note,
        draft,
        fields={"statement": draft.statement},
        replaces=replaces.envelope_id if replaces else None,
    )
    ids = {"note": str(note.id)} | ({"replaces": str(replaces.id)} if replaces else {})
    tag = NoteEvent.CORRECTED if replaces else NoteEvent.WRITTEN
    subject = Subject(case_id=case.id, person_id=draft.about.person_id, ids=ids)
    record(session, actor.did(tag, subject, basis=draft.basis.value, recipients=told))
    return note


def check(session: Session, actor: Actor, draft: Draft) -> None:
    """What a form cannot know, or a caller without a form could get wrong.

    Raises:
        ValidationFailed: the draft is not a note that can be written.
    """
    errors = {}
    if draft.kind not in KINDS:
        errors["kind"] = _("Välj ett av slagen.")
    if draft.source_id != actor.organisation_id and draft.basis is not Basis.OTHER_TELLS:
        errors["basis"] = _(
            "Någon annan har berättat det här. Välj ”Någon annan berättar”, eller ändra vem som berättade."
        )
    if draft.observed_on > clock.today(session):
        errors["observed_on"] = _("Skriv en dag som har varit. En anteckning handlar om något som har hänt.")
    if not draft.statement.strip():
        errors["statement"] = _("Skriv vad mottagaren behöver veta.")
    elif len(draft.statement) > LONGEST:
        errors["statement"] = _("Skriv kortare: högst %(most)s tecken.", most=LONGEST)
    if errors:
        raise ValidationFailed(**errors)
