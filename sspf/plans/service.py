"""Everything that changes an action: require, change, record. Never commits.

The case's lock is held exclusively, and the action is one that the actor's reading shows.
Saying the same thing twice (a button pressed twice) changes nothing the second time.
"""

from datetime import date
from uuid import UUID

from sqlalchemy.orm import Session

from audit.events import Subject
from audit.log import record
from auth.actor import Actor
from auth.decisions import require
from sspf.cases.models import Case
from sspf.db import clock, new_id
from sspf.errors import Conflict, ValidationFailed
from sspf.plans import policy, queries
from sspf.plans.events import ActionTag
from sspf.plans.models import Action, ActionEvent, ActionText, Change, Status
from sspf.plans.responsible import Responsible, is_at_table
from sspf.plans.saying import say
from sspf.texts import _

LONGEST = 140

UNDOABLE = frozenset({Change.DONE, Change.POSTPONED, Change.DROPPED})


def create_action(
    session: Session, actor: Actor, case: Case, *, text: str, responsible: Responsible, due_on: date
) -> Action:
    """Add what somebody has promised to do. Everyone the family wants at the table can read it from now on.

    Raises:
        ValidationFailed: the text cannot be kept, or nobody such sits at the table.
    """
    require(policy.can_ask(actor, case, responsible.organisation_id))
    now = clock.now(session)
    _check(text, can_be_asked=is_at_table(case, now, responsible))
    action = Action(
        id=new_id(),
        municipality_id=case.municipality_id,
        case_id=case.id,
        organisation_id=responsible.organisation_id,
        user_id=responsible.user_id,
        is_family=responsible.is_family,
        due_on=due_on,
        status=Status.OPEN,
        created_at=now,
        created_by=actor.user_id,
        changed_at=now,
        changed_by=actor.user_id,
    )
    session.add(action)
    session.flush()  # its text and history point at it
    _say(session, actor, case, action, text, replaces=None)
    _remember(session, actor, action, Change.CREATED, None, None)
    return action


def mark_done(session: Session, actor: Actor, case: Case, action: Action) -> ActionEvent | None:
    """It is done; None if it was already. Raises ``Conflict`` if it has been dropped."""
    require(policy.can_change(actor, case, action.organisation_id))
    if action.status is Status.DONE:
        return None
    _require_to_do(action)
    return _set(session, actor, action, Change.DONE, status=Status.DONE)


def postpone(session: Session, actor: Actor, case: Case, action: Action, *, due_on: date) -> ActionEvent | None:
    """It is to be done on another day; None if that is its day. Raises ``Conflict`` if it is no longer to be done."""
    require(policy.can_change(actor, case, action.organisation_id))
    _require_to_do(action)
    if action.due_on == due_on:
        return None
    return _set(session, actor, action, Change.POSTPONED, status=Status.POSTPONED, due_on=due_on)


def drop(session: Session, actor: Actor, case: Case, action: Action) -> None:
    """It is no longer to be done, and stays on record. Raises ``Conflict`` if it is done."""
    require(policy.can_change(actor, case, action.organisation_id))
    if action.status is Status.DROPPED:
        return
    _require_to_do(action)
    _set(session, actor, action, Change.DROPPED, status=Status.DROPPED)


def undo(session: Session, actor: Actor, case: Case, action: Action) -> None:
    """Take back the newest change of the action, if that was done, postponed or dropped: it stands as before."""
    require(policy.can_change(actor, case, action.organisation_id))
    newest = queries.newest_event(session, action)
    if newest is None or newest.change not in UNDOABLE or newest.status_before is None or newest.due_before is None:
        return
    _set(session, actor, action, Change.TAKEN_BACK, status=newest.status_before, due_on=newest.due_before)


def change_action(
    session: Session,
    actor: Actor,
    case: Case,
    action: Action,
    *,
    text: str | None,
    responsible: Responsible,
    due_on: date,
    version: int,
) -> None:
    """Change what it says (None: the same), who does it and by when, together.

    The old wording stays with coordination and is shared no more.

    Raises:
        Conflict: it is not at ``version`` any more.
        ValidationFailed: the text cannot be kept, nobody such sits at the table, or it is no longer to be done.
    """
    require(policy.can_change(actor, case, action.organisation_id))
    is_moved = responsible != Responsible(action.organisation_id, action.user_id)
    if is_moved:
        require(policy.can_ask(actor, case, responsible.organisation_id))
    if action.version != version:
        raise Conflict
    if not action.is_to_do:
        raise ValidationFailed(**{"": _("Det här är inte öppet längre. Ångra först om något ska ändras.")})
    _check(text, can_be_asked=not is_moved or is_at_table(case, clock.now(session), responsible))
    if text is not None:
        current = queries.current_texts(session, [action.id])[action.id]
        _say(session, actor, case, action, text, replaces=current.envelope_id)
    status = Status.POSTPONED if due_on > action.due_on else action.status
    action.organisation_id = responsible.organisation_id
    action.user_id = responsible.user_id
    action.is_family = responsible.is_family
    _set(session, actor, action, Change.EDITED, status=status, due_on=due_on)


def _say(session: Session, actor: Actor, case: Case, action: Action, text: str, *, replaces: UUID | None) -> None:
    row = ActionText(municipality_id=case.municipality_id, action_id=action.id)
    say(session, actor, case, row, text, replaces=replaces)


def _set(
    session: Session, actor: Actor, action: Action, change: Change, *, status: Status, due_on: date | None = None
) -> ActionEvent:
    before = (action.status, action.due_on)
    now = clock.now(session)
    action.status = status
    action.due_on = due_on or action.due_on
    action.done_at, action.done_by = (now, actor.user_id) if status is Status.DONE else (None, None)
    action.changed_at, action.changed_by = now, actor.user_id
    session.flush()  # the version is checked here: whoever came second is told so
    return _remember(session, actor, action, change, *before)


def _remember(
    session: Session, actor: Actor, action: Action, change: Change, status: Status | None, due_on: date | None
) -> ActionEvent:
    event = ActionEvent(
        id=new_id(),
        municipality_id=action.municipality_id,
        action_id=action.id,
        change=change,
        status_before=status,
        due_before=due_on,
        at=action.changed_at,
        user_id=actor.user_id,
        organisation_id=actor.organisation_id,
    )
    session.add(event)
    record(
        session,
        actor.did(ActionTag(f"action:{change.value}"), Subject(case_id=action.case_id, ids={"action": str(action.id)})),
    )
    return event


def _require_to_do(action: Action) -> None:
    if action.status is Status.DONE:
        raise Conflict(_("Det här är redan markerat som klart. Ladda sidan för att se hur det står."))
    if action.status is Status.DROPPED:
        raise Conflict(_("Det här är borttaget. Ladda sidan för att se hur det står."))


def _check(text: str | None, *, can_be_asked: bool) -> None:
    errors = {}
    if text is not None and not text.strip():
        errors["what"] = _("Skriv vad som ska göras.")
    elif text is not None and len(text) > LONGEST:
        errors["what"] = _("Skriv kortare: högst %(most)s tecken.", most=LONGEST)
    elif text is not None and "\n" in text:
        errors["what"] = _("Skriv på en rad.")
    if not can_be_asked:
        errors["who"] = _("Välj någon som är med i ärendet nu.")
    if errors:
        raise ValidationFailed(**errors)
