"""The actions of a case that a reading shows.

One whose text is not disclosed does not exist for the reader, although its columns are plain.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import Session

from auth import queries as accounts
from sspf.cases.models import Case
from sspf.errors import NotFound
from sspf.organisations import queries as organisations
from sspf.plans.models import TO_DO, Action, ActionEvent, ActionText, Status
from sspf.vault.reading import Reading


@dataclass(frozen=True, slots=True)
class ActionView:
    """An action as pages show it. ``alias`` and ``is_protected`` are the case's.

    ``organisation`` and ``person`` are empty for the family.
    """

    id: UUID
    case_id: UUID
    alias: str
    is_protected: bool
    text: str
    organisation_id: UUID | None
    organisation: str
    person: str
    is_family: bool
    due_on: date
    status: Status
    version: int
    changed_at: datetime
    changed_by: str

    @property
    def is_to_do(self) -> bool:
        return self.status in TO_DO


Names = Mapping[UUID, str]


def open_actions(session: Session, reading: Reading, case: Case, *, names: Names | None = None) -> list[ActionView]:
    """What is still to be done in the case, by day, the family's own last. ``names``: the organisations', if known."""
    return open_actions_in(session, reading, [case], names=names).get(case.id, [])


def open_actions_in(
    session: Session, reading: Reading, several: Iterable[Case], *, names: Names | None = None
) -> dict[UUID, list[ActionView]]:
    """The same for many cases at once, by case id; four statements however many. A case with none has no entry."""
    cases = {case.id: case for case in several}
    found = (
        select(Action)
        .where(Action.case_id.in_(cases), Action.status.in_(TO_DO))
        .order_by(Action.is_family, Action.due_on, Action.id)
    )
    by_case: dict[UUID, list[ActionView]] = {}
    for view in views_of(session, reading, cases, list(session.scalars(found)), names=names):
        by_case.setdefault(view.case_id, []).append(view)
    return by_case


def actions_since(
    session: Session, reading: Reading, case: Case, since: datetime, *, names: Names | None = None
) -> list[ActionView]:
    """What is still to be done, as above, and then what has been done or dropped since then, newest first.

    One statement for the actions and their texts.
    """
    wanted = select(Action).where(Action.case_id == case.id, or_(Action.status.in_(TO_DO), Action.changed_at >= since))
    found = session.execute(with_texts(wanted)).all()
    texts = newest_texts(text for _, text in found)
    actions = {action.id: action for action, _ in found}.values()
    still_open = sorted((one for one in actions if one.is_to_do), key=lambda one: (one.is_family, one.due_on, one.id))
    closed = sorted(
        (one for one in actions if not one.is_to_do), key=lambda one: (one.changed_at, one.id), reverse=True
    )
    return views_of(session, reading, {case.id: case}, [*still_open, *closed], names=names, texts=texts)


def with_texts(wanted: Select[Action]) -> Select[Action, ActionText]:
    """The actions with every wording of theirs, oldest first: a row for each."""
    return wanted.join(ActionText, ActionText.action_id == Action.id).add_columns(ActionText).order_by(ActionText.id)


def newest_texts(texts: Iterable[ActionText]) -> dict[UUID, ActionText]:
    """The last wording of each action among ``texts``, which come oldest first."""
    return {text.action_id: text for text in texts}


def get_action(session: Session, reading: Reading, case: Case, action_id: UUID) -> Action:
    """One action of the case, as it is now, or NotFound if the reading does not show what it says."""
    found = session.scalars(
        select(Action)
        .where(Action.id == action_id, Action.case_id == case.id)
        .execution_options(populate_existing=True)
    ).one_or_none()
    if found is None or current_texts(session, [found.id], reading).get(found.id) is None:
        raise NotFound
    return found


def view_of(session: Session, reading: Reading, case: Case, action: Action) -> ActionView:
    """The action as a page shows it; the reading shows its text."""
    (view,) = views_of(session, reading, {case.id: case}, [action])
    return view


def envelope_ids(session: Session, case: Case, action_id: UUID) -> list[UUID]:
    """The envelopes of everything an action has said: what the door is asked for when only that action matters."""
    found = (
        select(ActionText.envelope_id)
        .join(Action, Action.id == ActionText.action_id)
        .where(Action.id == action_id, Action.case_id == case.id)
    )
    return list(session.scalars(found))


def current_texts(
    session: Session, action_ids: Collection[UUID], reading: Reading | None = None
) -> dict[UUID, ActionText]:
    """The newest wording of each action; with a reading, none that it does not show."""
    found = select(ActionText).where(ActionText.action_id.in_(action_ids)).order_by(ActionText.id)
    newest = newest_texts(session.scalars(found))
    return newest if reading is None else _shown(newest, reading)


def _shown(texts: Mapping[UUID, ActionText], reading: Reading) -> dict[UUID, ActionText]:
    return {id_: text for id_, text in texts.items() if reading.shows(text)}


def envelopes_by_organisation(session: Session, case: Case) -> dict[UUID, set[UUID]]:
    """The envelopes of what each organisation has to do, or has done, in the case; what was dropped is left out."""
    wanted = select(Action).where(
        Action.case_id == case.id, Action.organisation_id.is_not(None), Action.status != Status.DROPPED
    )
    rows = session.execute(with_texts(wanted)).all()
    texts = newest_texts(text for _, text in rows)
    found: dict[UUID, set[UUID]] = {}
    for action in {action.id: action for action, _ in rows}.values():
        if action.organisation_id is not None:
            found.setdefault(action.organisation_id, set()).add(texts[action.id].envelope_id)
    return found


def newest_event(session: Session, action: Action) -> ActionEvent | None:
    """The last thing that happened to the action."""
    found = select(ActionEvent).where(ActionEvent.action_id == action.id).order_by(ActionEvent.id.desc()).limit(1)
    return session.scalars(found).one_or_none()


def views_of(
    session: Session,
    reading: Reading,
    cases: Mapping[UUID, Case],
    actions: Sequence[Action],
    *,
    names: Names | None = None,
    texts: Mapping[UUID, ActionText] | None = None,
) -> list[ActionView]:
    """Those of the actions that the reading shows, in their order, with their texts opened.

    At most three statements; ``texts`` are the newest wordings, if they have been read.
    """
    if not actions:
        return []
    if texts is None:
        texts = current_texts(session, [action.id for action in actions])
    texts = _shown(texts, reading)
    shown = [action for action in actions if action.id in texts]
    people = {id_ for action in shown for id_ in (action.user_id, action.changed_by) if id_}
    staff = accounts.names_of(session, people) if people else {}
    if names is None:
        names = organisations.names(session, actions[0].municipality_id)
    return [
        ActionView(
            id=action.id,
            case_id=action.case_id,
            alias=cases[action.case_id].alias,
            is_protected=cases[action.case_id].is_protected,
            text=reading.reveal(texts[action.id], "wording"),
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
        for action in shown
    ]
