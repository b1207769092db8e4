"""Notes that a reading shows, whom a note may be meant for, and on what ground they may see it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from auth import queries as accounts
from auth.actor import Actor
from sspf.cases.models import Case, CaseRole
from sspf.consents import queries as consents
from sspf.consents.agreement import Row
from sspf.consents.labels import kind_label
from sspf.consents.lasting import last_day
from sspf.consents.queries import ConsentGround
from sspf.db import clock
from sspf.law.grounds import Ground
from sspf.law.kinds import Kind
from sspf.notes import policy
from sspf.notes.drafts import KINDS, Outcome, Telling, no_yes
from sspf.notes.labels import ABOUT, BASES
from sspf.notes.models import Basis, Note
from sspf.organisations import queries as organisations
from sspf.organisations.models import Organisation
from sspf.people import queries as people
from sspf.texts import Text, _
from sspf.vault.disclosed import recipients_of
from sspf.vault.models import AboutKind
from sspf.vault.reading import OpenEnvelope, Reading

PAGE = 50


@dataclass(frozen=True, slots=True)
class Told:
    """Somebody an own note has been shared with, and the last day they can read it."""

    organisation_id: UUID
    organisation: str
    last_day: date | None


@dataclass(frozen=True, slots=True)
class NoteView:
    """A note as its reader may see it. ``told`` and ``written_by`` are for the organisation that wrote it."""

    id: UUID
    kind: str
    kind_label: Text
    about: AboutKind
    about_label: Text
    basis: Basis
    basis_label: Text
    observed_on: date
    written_at: datetime
    owner: str
    source: str
    is_own: bool
    is_correction: bool
    statement: str
    written_by: str | None
    told: tuple[Told, ...]


@dataclass(frozen=True, slots=True)
class NotePage:
    """Some notes, newest first, and the id to go on from."""

    notes: list[NoteView]
    next_before: UUID | None


def list_notes(
    session: Session, reading: Reading, case: Case, *, before: UUID | None = None, limit: int = PAGE
) -> NotePage:
    """The notes of the case that the reading shows, newest first; a corrected one gives way to its correction.

    Four statements, however many notes. ``before`` is the last note of the page before.
    """
    current = [one.id for one in reading.opened.values() if one.kind in KINDS and one.replaced_by is None]
    found = select(Note).where(Note.case_id == case.id, Note.envelope_id.in_(current))
    if before is not None:
        found = found.where(Note.id < before)
    notes = list(session.scalars(found.order_by(Note.id.desc()).limit(limit + 1)))
    return NotePage(views(session, reading, case, notes[:limit]), notes[limit - 1].id if len(notes) > limit else None)


def views(session: Session, reading: Reading, case: Case, notes: list[Note]) -> list[NoteView]:
    """Open these notes, which the reading shows."""
    opened = {note.id: reading.opened[note.envelope_id] for note in notes}
    own = [note.envelope_id for note in notes if _is_own(opened[note.id])]
    names = organisations.names(session, case.municipality_id)
    told = {
        envelope_id: tuple(Told(one, names[one], last_day(until) if until else None) for one, until in recipients)
        for envelope_id, recipients in (recipients_of(session, own) if own else {}).items()
    }
    writers = {opened[note.id].created_by for note in notes if note.envelope_id in own}
    staff = accounts.names_of(session, [one for one in writers if isinstance(one, UUID)]) if writers else {}
    return [
        NoteView(
            id=note.id,
            kind=(envelope := opened[note.id]).kind,
            kind_label=kind_label(envelope.kind),
            about=envelope.about.kind,
            about_label=ABOUT[envelope.about.kind],
            basis=note.basis,
            basis_label=BASES[note.basis],
            observed_on=note.observed_on,
            written_at=envelope.sealed_at,
            owner=names[envelope.owner_id],
            source=names[envelope.source_id],
            is_own=note.envelope_id in own,
            is_correction=note.replaces_id is not None,
            statement=reading.reveal(note, "statement"),
            written_by=staff.get(envelope.created_by) if isinstance(envelope.created_by, UUID) else None,
            told=told.get(note.envelope_id, ()),
        )
        for note in notes
    ]


def _is_own(envelope: OpenEnvelope) -> bool:
    return any(ground.ground == Ground.OWN_RECORD for ground in envelope.grounds)


def wordings_of(session: Session, case: Case, note_id: UUID) -> list[Note]:
    """The note and what has replaced it, oldest first; empty if there is no such note in the case.

    They are sealed, and not yet known to be anything the asker may know of.
    """
    found = session.scalars(select(Note).where(Note.case_id == case.id, Note.id == note_id)).one_or_none()
    wordings = []
    while found is not None:
        wordings.append(found)
        found = session.scalars(select(Note).where(Note.replaces_id == found.id)).one_or_none()
    return wordings


def called_names(session: Session, reading: Reading, case: Case) -> dict[UUID, str]:
    """What the people of the case are called, those of them whose names the reading shows and a page may say."""
    parts = people.parts_of(session, reading, [person.person_id for person in case.people])
    if case.is_protected:
        guardians = {person.person_id: person.position for person in case.people if person.role is CaseRole.GUARDIAN}
        return {one: str(_("nummer %(number)s", number=guardians[one])) for one in guardians.keys() & parts.keys()}
    names = {person_id: people.called_name(reading, its) for person_id, its in parts.items()}
    return {person_id: name for person_id, name in names.items() if name is not None}


@dataclass(frozen=True, slots=True)
class Recipient:
    """An organisation that a note could be meant for, and what the family has said yes to telling it.

    ``may_hear`` holds source and kind, each once. Coordination sees them all, a contact
    those in which its own organisation stands.
    """

    organisation_id: UUID
    name: str
    may_hear: tuple[tuple[UUID, Kind], ...]


def list_recipients(session: Session, actor: Actor, case: Case) -> list[Recipient]:
    """Everyone else at the table, coordination first and then by name, also those who may be told nothing."""
    waivers = [one for one in consents.live_waivers(session, actor, case) if one.kind in KINDS]
    return [
        Recipient(
            organisation.id,
            organisation.name,
            tuple(dict.fromkeys((one.source_id, one.kind) for one in waivers if one.recipient_id == organisation.id)),
        )
        for organisation in _others_at_table(session, actor, case)
    ]


def outcomes(session: Session, actor: Actor, case: Case, draft: Telling) -> list[Outcome]:
    """What each chosen recipient would see of the note now, in the order of ``list_recipients``.

    One that has left the table comes last and sees nothing.
    """
    present = [one.id for one in _others_at_table(session, actor, case)]
    gone = sorted(draft.recipients - set(present))
    grounds = consents.grounds_in(session, case)
    return [
        *(_outcome(actor, case, draft, one, grounds) for one in present if one in draft.recipients),
        *(Outcome(one, reason=_("De är inte med i ärendet nu.")) for one in gone),
    ]


def _others_at_table(session: Session, actor: Actor, case: Case) -> list[Organisation]:
    now = clock.now(session)
    present = {spell.organisation_id for spell in case.participations if spell.is_live(now)}
    others = (present | {case.coordination_id}) - {actor.organisation_id}
    return [one for one in organisations.list_organisations(session, case.municipality_id) if one.id in others]


def _outcome(
    actor: Actor,
    case: Case,
    draft: Telling,
    recipient_id: UUID,
    grounds: Mapping[tuple[Row, UUID], ConsentGround],
) -> Outcome:
    if recipient_id == draft.source_id:
        return Outcome(recipient_id, reason=_("Det är de som har berättat det."))
    may_pass_on = policy.can_pass_on(actor, case, draft.source_id)
    if not may_pass_on:
        return Outcome(recipient_id, reason=may_pass_on.reason)
    row, about_id = Row(draft.source_id, recipient_id, draft.kind), draft.about.person_id
    # about nobody of the family there is never a yes
    ground = None if about_id is None else grounds.get((row, about_id))
    if ground is None:
        return Outcome(recipient_id, reason=no_yes(draft.about.kind))
    return Outcome(recipient_id, ground)
