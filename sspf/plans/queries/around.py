"""What stands around one action on its own page: comments, details and history, as far as a reading shows them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select, union_all
from sqlalchemy.orm import Session

from auth import queries as accounts
from auth.actor import Actor
from sspf.cases.models import Case
from sspf.consents.labels import kind_label
from sspf.consents.lasting import last_day
from sspf.errors import NotFound
from sspf.plans.models import Action, ActionDetail, ActionEvent, ActionReport, ActionText, Change, Comment
from sspf.texts import Text
from sspf.vault.disclosed import recipients_of
from sspf.vault.reading import Reading

Names = Mapping[UUID, str]


@dataclass(frozen=True, slots=True)
class CommentView:
    """A comment as whoever has the action sees it."""

    comment: Comment
    text: str
    by: str
    organisation: str


@dataclass(frozen=True, slots=True)
class DetailView:
    """A detail as its reader may see it. ``told`` is for the organisation that wrote it: whom, to which last day."""

    id: UUID
    kind: str
    kind_label: Text
    text: str
    organisation: str
    written_at: datetime
    is_own: bool
    told: tuple[tuple[str, date | None], ...]


@dataclass(frozen=True, slots=True)
class Step:
    """One line of an action's history.

    ``by`` is a colleague's name, or the organisation of somebody elsewhere. ``moved`` are the day it had and
    the one it got. ``told_by``: who said so on the telephone ("" for the family), ``teller`` for coordination only.
    """

    change: Change
    at: datetime
    by: str
    moved: tuple[date, date] | None
    told_on: date | None
    told_by: str
    teller: str


def envelopes_around(session: Session, case: Case, action_id: UUID) -> list[UUID]:
    """The envelopes of everything that is said of an action: what the door is asked for on its own page."""
    of_it = (Action.id == action_id) & (Action.case_id == case.id)
    found = union_all(
        select(ActionText.envelope_id).join(Action, Action.id == ActionText.action_id).where(of_it),
        select(ActionDetail.envelope_id).join(Action, Action.id == ActionDetail.action_id).where(of_it),
        select(Comment.envelope_id).join(Action, Action.id == Comment.action_id).where(of_it),
        select(ActionReport.envelope_id)
        .join(ActionEvent, ActionEvent.id == ActionReport.event_id)
        .join(Action, Action.id == ActionEvent.action_id)
        .where(of_it),
    )
    return list(session.scalars(found))


def comments_of(session: Session, reading: Reading, action: Action, names: Names) -> list[CommentView]:
    """What is said about the action and has not been taken back, the newest last."""
    found = select(Comment).where(Comment.action_id == action.id, Comment.removed_at.is_(None)).order_by(Comment.id)
    shown = [comment for comment in session.scalars(found) if reading.shows(comment)]
    staff = accounts.names_of(session, {comment.written_by for comment in shown})
    return [
        CommentView(
            comment=comment,
            text=reading.reveal(comment, "wording"),
            by=staff.get(comment.written_by, ""),
            organisation=names[comment.organisation_id],
        )
        for comment in shown
    ]


def get_comment(session: Session, reading: Reading, actor: Actor, action: Action, comment_id: UUID) -> Comment:
    """One comment on the action, or NotFound. Its writer finds it also when it has been taken back."""
    found = session.scalars(
        select(Comment).where(Comment.id == comment_id, Comment.action_id == action.id)
    ).one_or_none()
    if found is None or not (reading.shows(found) or found.written_by == actor.user_id):
        raise NotFound
    return found


def details_of(session: Session, reading: Reading, actor: Actor, action: Action, names: Names) -> list[DetailView]:
    """The details that the reading shows, each organisation's newest; whoever is shown none is told of none."""
    current = _current_details(session, reading, action)
    own = {one.envelope_id for one in current if _owner(reading, one) == actor.organisation_id}
    told = recipients_of(session, own) if own else {}
    return [
        DetailView(
            id=detail.id,
            kind=(envelope := reading.opened[detail.envelope_id]).kind,
            kind_label=kind_label(envelope.kind),
            text=reading.reveal(detail, "wording"),
            organisation=names[envelope.owner_id],
            written_at=envelope.sealed_at,
            is_own=detail.envelope_id in own,
            told=tuple(
                (names[one], last_day(until) if until else None) for one, until in told.get(detail.envelope_id, ())
            ),
        )
        for detail in current
    ]


def own_detail(session: Session, reading: Reading, actor: Actor, action: Action) -> ActionDetail | None:
    """The detail of the actor's own organisation, as it reads now."""
    current = _current_details(session, reading, action)
    return next((one for one in current if _owner(reading, one) == actor.organisation_id), None)


def _current_details(session: Session, reading: Reading, action: Action) -> list[ActionDetail]:
    found = select(ActionDetail).where(ActionDetail.action_id == action.id).order_by(ActionDetail.id)
    shown = (detail for detail in session.scalars(found) if reading.shows(detail))
    return [detail for detail in shown if reading.opened[detail.envelope_id].replaced_by is None]


def _owner(reading: Reading, detail: ActionDetail) -> UUID:
    return reading.opened[detail.envelope_id].owner_id


def history_of(session: Session, reading: Reading, actor: Actor, action: Action, names: Names) -> list[Step]:
    """What has become of the action, newest first."""
    found = session.execute(
        select(ActionEvent, ActionReport)
        .outerjoin(ActionReport, ActionReport.event_id == ActionEvent.id)
        .where(ActionEvent.action_id == action.id)
        .order_by(ActionEvent.id)
    ).all()
    own = {event.user_id for event, _report in found if event.organisation_id == actor.organisation_id}
    staff = accounts.names_of(session, own)
    days = _days_after((event for event, _report in found), action)
    steps = [
        Step(
            change=event.change,
            at=event.at,
            by=staff.get(event.user_id, "")
            if event.organisation_id == actor.organisation_id
            else names[event.organisation_id],
            moved=(event.due_before, day) if event.due_before and event.due_before != day else None,
            told_on=report.said_on if report else None,
            told_by=names[report.organisation_id] if report and report.organisation_id else "",
            teller=reading.reveal(report, "teller") if report and reading.shows(report) else "",
        )
        for (event, report), day in zip(found, days, strict=True)
    ]
    return steps[::-1]


def _days_after(events: Iterable[ActionEvent], action: Action) -> list[date]:
    """The day that the action had after each event: what the next one found, and at last what it has now."""
    found = [event.due_before for event in events]
    return [day for day in [*found[1:], action.due_on] if day is not None]
