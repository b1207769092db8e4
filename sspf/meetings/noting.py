"""The notes of a meeting: at most three sentences a case, coordination's draft until they are published. Never commits.

The caller holds the cases' locks exclusively: a note is told to those who take part when it is
published, and from then on when it is corrected.
"""

from collections.abc import Mapping, Sequence
from uuid import UUID

from sqlalchemy.orm import Session

from audit.log import record
from auth.actor import Actor
from auth.decisions import require
from sspf.cases.models import Case, State
from sspf.consents.settling import share
from sspf.db import clock
from sspf.errors import Conflict
from sspf.law.kinds import UNPUBLISHED, Kind
from sspf.meetings import policy, queries
from sspf.meetings.events import MeetingEvent, MeetingNoteEvent, subjects_of
from sspf.meetings.models import ItemState, Meeting, MeetingNote
from sspf.meetings.queries import OnAgenda
from sspf.meetings.wording import subject_of_wording, write_down
from sspf.texts import _
from sspf.vault.ending import end_disclosures_of
from sspf.vault.reading import Reading


class NotedFirst(Conflict):
    """Somebody has written in some of the cases meanwhile; ``theirs`` is what stands there. Nothing is saved."""

    def __init__(self, theirs: Mapping[UUID, str]) -> None:
        self.theirs = theirs
        super().__init__(_("Någon annan har skrivit i mötesanteckningarna medan du skrev."))


def noted_about(agenda: Sequence[OnAgenda]) -> list[OnAgenda]:
    """The cases that a held meeting keeps notes of: those that were taken up, less what has been closed since."""
    return [one for one in agenda if one.item.state is ItemState.DONE and one.case.state is not State.CLOSED]


def save_notes(
    session: Session,
    actor: Actor,
    meeting: Meeting,
    agenda: Sequence[OnAgenda],
    reading: Reading,
    *,
    typed: Mapping[UUID, str],
    was: Mapping[UUID, UUID],
) -> None:
    """Keep what was typed, a case with nothing typed having none. ``was`` are the wordings that the page showed.

    Raises:
        NotedFirst: one that would be changed has been changed since.
    """
    require(policy.can_write_notes(actor, meeting))
    about = noted_about(agenda)
    standing = queries.notes_of(session, reading, meeting)
    stands = {id_: reading.reveal(note, "statement") for id_, note in standing.items()}
    changed = [one.case for one in about if typed.get(one.case.id, "") != stands.get(one.case.id, "")]
    ids = {case_id: note.id for case_id, note in standing.items()}
    others = [case.id for case in changed if ids.get(case.id) != was.get(case.id)]
    if others:
        raise NotedFirst({case_id: stands.get(case_id, "") for case_id in others})
    for case in changed:
        _write(session, actor, meeting, case, typed.get(case.id, ""), replaces=standing.get(case.id))


def publish(session: Session, actor: Actor, meeting: Meeting, agenda: Sequence[OnAgenda], reading: Reading) -> None:
    """Tell those who take part in each case what is noted of it. Pressing twice changes nothing more."""
    require(policy.can_write_notes(actor, meeting))
    if meeting.published_at is not None:
        return
    require(policy.can_publish(actor, meeting))
    about = noted_about(agenda)
    standing = queries.notes_of(session, reading, meeting)
    meeting.published_at = clock.now(session)
    meeting.published_by = actor.user_id
    for case in (one.case for one in about if one.case.id in standing):
        draft = standing[case.id]
        if statement := reading.reveal(draft, "statement"):
            published = write_down(
                session, actor, meeting, case, MeetingNote, statement, kind=Kind.ACTIONS, replaces=draft
            )
            share(session, actor, case, [published.envelope_id], kind=Kind.ACTIONS)
            record(session, actor.did(MeetingNoteEvent.PUBLISHED, subject_of_wording(published)))
    record(session, actor.did(MeetingEvent.PUBLISHED, *subjects_of(meeting, (one.case.id for one in about))))


def _write(
    session: Session, actor: Actor, meeting: Meeting, case: Case, statement: str, *, replaces: MeetingNote | None
) -> None:
    is_published = meeting.published_at is not None
    kind = Kind.ACTIONS if is_published else UNPUBLISHED
    note = write_down(session, actor, meeting, case, MeetingNote, statement, kind=kind, replaces=replaces)
    if is_published:
        if statement:
            share(session, actor, case, [note.envelope_id], kind=Kind.ACTIONS)
        if replaces is not None:
            end_disclosures_of(session, actor, replaces.envelope_id, reason="corrected")
    tag = MeetingNoteEvent.CORRECTED if is_published else MeetingNoteEvent.WRITTEN
    record(session, actor.did(tag, subject_of_wording(note)))
