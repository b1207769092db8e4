"""The twin's page: the same template, sign-in and plain columns around it, over the twin's tables."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session
from starlette.responses import Response

from auth import queries as accounts
from auth.actor import Actor
from auth.permissions import Permission, holds
from sspf.bench.twin import queries
from sspf.bench.twin.models import PlainAction, PlainNote, PlainPerson
from sspf.casefile.gathering import plain_context
from sspf.casefile.labels import CASE_ROLES
from sspf.casefile.view import CaseView, PersonView, participants_of, shown_lines
from sspf.cases import queries as cases
from sspf.cases.models import Case
from sspf.consents.labels import kind_label
from sspf.db.clock import day_of
from sspf.meetings.queries import meetings_of
from sspf.notes.labels import ABOUT, BASES
from sspf.notes.queries import PAGE, NoteView, Told
from sspf.organisations import queries as organisations
from sspf.oversight.queries import CaseReads
from sspf.people import numbers
from sspf.plans import policy as plan_policy
from sspf.plans.queries import ActionView
from sspf.plans.queries.board import board_of
from sspf.plans.queries.goals import current_goals
from sspf.plans.timing import LATELY
from sspf.web import Access, CurrentActor, CurrentPage, DbSession, Router, blank

routes = Router()

Names = Mapping[UUID, str]


@routes.get("/arenden/{case_id}/tvilling", access=Access.SIGNED_IN)
def show_twin(page: CurrentPage, session: DbSession, actor: CurrentActor, case_id: UUID) -> Response:
    shown: dict[str, Any] = _gather(session, actor, case_id)
    return page.render("casefile/show.html", notice=None, **shown)


def _gather(session: Session, actor: Actor, case_id: UUID) -> dict[str, object]:
    case, now = cases.get_case_at(session, actor, case_id)
    names = organisations.names(session, actor.municipality_id)
    rows = queries.notes_of(session, actor, case, now, limit=PAGE)
    actions = queries.actions_of(session, actor, case, now, now - LATELY)
    staff = accounts.names_of(session, _staff_in(case, rows, actions))
    views = [_action(action, case, names, staff) for action in actions]
    return {
        **plain_context(session, actor, case, names, meetings_of(session, actor, case.id), now),
        "view": _view(session, actor, case, names, staff, now),
        "notes": _notes(session, actor, rows, names, staff, now),
        "are_newest_notes": True,
        "next_notes": None,
        "reads": CaseReads(),  # who has read is the trail's to tell, and the twin has none
        "goal": current_goals(session, [case.id]).get(case.id),  # asked for, as the page does; there is none
        "may_write_goal": plan_policy.can_write_goal(actor, case),
        **board_of(session, actor, case, views, names, now),
        "action_form": blank(),
    }


def _staff_in(case: Case, notes: Sequence[PlainNote], actions: Sequence[PlainAction]) -> set[UUID]:
    members = {member.user_id for party in case.parties for member in party.members}
    named = {user_id for action in actions for user_id in (action.user_id, action.changed_by) if user_id}
    return {case.coordinator_id} | members | named | {note.written_by for note in notes}


def _view(session: Session, actor: Actor, case: Case, names: Names, staff: Names, now: datetime) -> CaseView:
    people = queries.people_of(session, actor, case, now)
    youth = people.get(case.youth_id)
    today = day_of(now)
    return CaseView(
        called_name=youth.called_name if youth else None,
        age=today.year - youth.born_on.year - (today.month < youth.born_on.month) if youth else None,
        family=_family(case, people) if holds(actor, Permission.CASE_OPEN) else (),
        shown=shown_lines(queries.shared_lines(session, actor, case, now), names),
        participants=participants_of(actor, case, names, staff, now),
        statements=queries.statements_of(session, actor, case, now),
        coordinator=staff[case.coordinator_id],
    )


def _family(case: Case, people: Mapping[UUID, PlainPerson]) -> tuple[PersonView, ...]:
    return tuple(
        PersonView(
            one.person_id,
            CASE_ROLES[one.role],
            people[one.person_id].called_name,
            numbers.masked(f"{people[one.person_id].born_on:%Y%m%d}"),
        )
        for one in case.people
    )


def _notes(
    session: Session, actor: Actor, rows: Sequence[PlainNote], names: Names, staff: Names, now: datetime
) -> list[NoteView]:
    own = [row.item_id for row in rows if row.owner_id == actor.organisation_id]
    told: dict[UUID, list[Told]] = {}
    for item_id, organisation_id, until in queries.told_of(session, actor, own, now) if own else ():
        told.setdefault(item_id, []).append(Told(organisation_id, names[organisation_id], until))
    return [
        NoteView(
            id=row.id,
            kind=row.kind,
            kind_label=kind_label(row.kind),
            about=row.about,
            about_label=ABOUT[row.about],
            basis=row.basis,
            basis_label=BASES[row.basis],
            observed_on=row.observed_on,
            written_at=row.written_at,
            owner=names[row.owner_id],
            source=names[row.source_id],
            is_own=row.owner_id == actor.organisation_id,
            is_correction=False,
            statement=row.statement,
            written_by=staff.get(row.written_by) if row.owner_id == actor.organisation_id else None,
            told=tuple(told.get(row.item_id, ())),
        )
        for row in rows
    ]


def _action(action: PlainAction, case: Case, names: Names, staff: Names) -> ActionView:
    return ActionView(
        id=action.id,
        case_id=action.case_id,
        alias=case.alias,
        is_protected=case.is_protected,
        text=action.wording,
        organisation_id=action.organisation_id,
        organisation=names[action.organisation_id] if action.organisation_id else "",
        person=staff.get(action.user_id, "") if action.user_id else "",
        is_family=action.is_family,
        due_on=action.due_on,
        status=action.status,
        version=action.version,
        changed_at=action.changed_at,
        changed_by=staff.get(action.changed_by, ""),
    )
