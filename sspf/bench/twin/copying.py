"""Fills the twin's tables with what the sealed case page shows, so that both pages say the same."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from sqlalchemy import Engine, text
from sqlalchemy.orm import Session

from auth.actor import Actor
from sspf.bench.twin.models import PlainAction, PlainNote, PlainPerson, PlainShare, PlainStatement, TwinBase
from sspf.cases import policy
from sspf.cases import queries as cases
from sspf.cases.models import Case, StatementKind
from sspf.db.embedded import APPLICATION
from sspf.law.purposes import Purpose
from sspf.notes import queries as notes
from sspf.notes.models import Note
from sspf.people import queries as people
from sspf.people.models import Part
from sspf.plans import queries as plans
from sspf.vault import door
from sspf.vault.disclosed import live_disclosures
from sspf.vault.reading import Reading


def copy_case(session: Session, owner: Engine, actor: Actor, case_id: UUID) -> None:
    """Make the tables, as the role that owns all others, and copy what ``actor`` is shown of the case."""
    case, now = cases.get_case_at(session, actor, case_id)
    reading = door.open(session, policy.access_to(actor, case, now), Purpose.CASE)
    TwinBase.metadata.create_all(owner)
    with Session(owner) as writing, writing.begin():
        for table in TwinBase.metadata.tables:
            writing.execute(text(f"GRANT SELECT ON {table} TO {APPLICATION}"))
        writing.add_all(_shares(session, reading, actor, case))
        writing.add_all(_people(session, reading, case))
        writing.add_all(_statements(session, reading, case))
        writing.add_all(_notes(session, reading, case))
        writing.add_all(_actions(session, reading, case, now))


def _shares(session: Session, reading: Reading, actor: Actor, case: Case) -> Iterable[PlainShare]:
    for opened in reading.opened.values():
        for ground in opened.grounds:
            yield PlainShare(
                case_id=case.id,
                item_id=opened.id,
                organisation_id=actor.organisation_id,
                kind=opened.kind,
                source_id=opened.source_id,
                ground=ground.ground,
                valid_from=ground.valid_from,
                valid_until=ground.valid_until,
            )
    for one in live_disclosures(session, envelope_ids=reading.envelope_ids()):
        if one.organisation_id != actor.organisation_id:
            yield PlainShare(
                case_id=case.id,
                item_id=one.envelope_id,
                organisation_id=one.organisation_id,
                kind=one.kind,
                source_id=one.source_id,
                ground=one.ground,
                valid_from=one.valid_from,
                valid_until=one.valid_until,
            )


def _people(session: Session, reading: Reading, case: Case) -> Iterable[PlainPerson]:
    for person_id, parts in people.parts_of(session, reading, [one.person_id for one in case.people]).items():
        called, birthday = parts[Part.CALLED], people.born_on(reading, parts)
        if called is not None and birthday is not None:
            yield PlainPerson(
                id=person_id,
                item_id=called.envelope_id,
                called_name=reading.reveal(called, "called_name"),
                born_on=birthday,
            )


def _statements(session: Session, reading: Reading, case: Case) -> Iterable[PlainStatement]:
    for kind, row in cases.current_statements(session, reading, case).items():
        yield PlainStatement(
            case_id=case.id,
            item_id=row.envelope_id,
            kind=StatementKind(kind),
            statement=reading.reveal(row, "statement"),
        )


def _notes(session: Session, reading: Reading, case: Case) -> Iterable[PlainNote]:
    for note in notes.list_notes(session, reading, case).notes:
        opened = reading.opened[session.get_one(Note, note.id).envelope_id]
        yield PlainNote(
            id=note.id,
            case_id=case.id,
            item_id=opened.id,
            kind=note.kind,
            about=note.about,
            basis=note.basis,
            observed_on=note.observed_on,
            written_at=note.written_at,
            written_by=opened.created_by,
            owner_id=opened.owner_id,
            source_id=opened.source_id,
            statement=note.statement,
        )


def _actions(session: Session, reading: Reading, case: Case, now: datetime) -> Iterable[PlainAction]:
    shown = plans.open_actions(session, reading, case)
    texts = plans.current_texts(session, [action.id for action in shown], reading)
    for action in shown:
        row = plans.get_action(session, reading, case, action.id)
        yield PlainAction(
            id=action.id,
            case_id=case.id,
            item_id=texts[action.id].envelope_id,
            wording=action.text,
            organisation_id=row.organisation_id,
            user_id=row.user_id,
            is_family=row.is_family,
            due_on=row.due_on,
            status=row.status,
            version=row.version,
            changed_at=row.changed_at,
            changed_by=row.changed_by,
        )
