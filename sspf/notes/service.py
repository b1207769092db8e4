"""Writes and corrects notes: require, judge the grounds, seal, disclose, record. Never commits.

The case's lock is held exclusively: what is judged here must still be so when it is saved.
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
from sspf.law.grounds import RULES, Ground
from sspf.law.purposes import Purpose
from sspf.notes import policy, queries
from sspf.notes.drafts import KINDS, LONGEST, Draft, Outcome
from sspf.notes.events import NoteEvent
from sspf.notes.models import Basis, Note
from sspf.organisations import queries as organisations
from sspf.texts import _
from sspf.vault.disclosing import disclose
from sspf.vault.ending import end_disclosures_of
from sspf.vault.reading import Reading
from sspf.vault.writing import Unit, seal

RULE = RULES[Ground.CONSENT]


class GroundGone(Conflict):
    """Somebody the note was meant for may not see it any more; nothing has been saved."""

    def __init__(self, outcomes: Sequence[Outcome]) -> None:
        self.outcomes = outcomes
        super().__init__(_("Det som får delas har ändrats. Se efter vilka som får ta del av anteckningen nu."))


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
    written = _write(session, actor, case, draft, replaces=note)
    end_disclosures_of(session, actor, note.envelope_id, reason="corrected")
    return written


def _write(session: Session, actor: Actor, case: Case, draft: Draft, *, replaces: Note | None) -> Note:
    check(session, actor, draft)
    outcomes = queries.outcomes(session, actor, case, draft)
    if not all(outcome.sees for outcome in outcomes):
        raise GroundGone(outcomes)
    own = organisations.get_organisation(session, case.municipality_id, actor.organisation_id)
    note = Note(
        municipality_id=case.municipality_id,
        case_id=case.id,
        basis=draft.basis,
        observed_on=draft.observed_on,
        replaces_id=replaces.id if replaces else None,
    )
    seal(
        session,
        actor,
        note,
        unit=Unit("case", case.id, own.authority_id),
        owner=own.id,
        source=draft.source_id,
        kind=draft.kind,
        about=draft.about,
        fields={"statement": draft.statement},
        replaces=replaces.envelope_id if replaces else None,
    )
    session.add(note)
    for outcome in outcomes:
        _tell(session, actor, note, outcome)
    ids = {"note": str(note.id)} | ({"replaces": str(replaces.id)} if replaces else {})
    tag = NoteEvent.CORRECTED if replaces else NoteEvent.WRITTEN
    subject = Subject(case_id=case.id, person_id=draft.about.person_id, ids=ids)
    record(session, actor.did(tag, subject, basis=draft.basis.value, recipients=len(outcomes)))
    return note


def _tell(session: Session, actor: Actor, note: Note, outcome: Outcome) -> None:
    disclose(
        session,
        actor,
        [note.envelope_id],
        to=outcome.organisation_id,
        ground=Ground.CONSENT,
        rule_version=RULE.version,
        purpose=Purpose.COOPERATION,
        until=outcome.until,
        resting_on=list(outcome.consent_ids),
    )


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
