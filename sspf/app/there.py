"""Whether what addresses name is still there for somebody: a form that was kept may hold what stood on its page."""

import re
from collections.abc import Callable, Collection, Mapping
from uuid import UUID

from sqlalchemy import Select
from sqlalchemy.orm import Session

from auth.actor import Actor
from sspf.cases import queries as cases
from sspf.concerns import queries as concerns
from sspf.concerns.models import Concern
from sspf.db import locks
from sspf.meetings import queries as meetings
from sspf.meetings.models import Meeting

_NAMED = re.compile(r"/([a-z]+)/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})")
_VISIBLE: Mapping[str, Callable[[Actor], Select[UUID]]] = {
    "arenden": cases.visible_ids,
    "kontakter": lambda actor: concerns.visible_to(actor).with_only_columns(Concern.id),
    "moten": lambda actor: meetings.visible_to(actor).with_only_columns(Meeting.id),
}


def still_there(session: Session, actor: Actor, paths: Collection[str]) -> frozenset[str]:
    """Those of ``paths`` in which the actor may know of every case, contact and meeting; their locks are held."""
    named = {path: {(kind, UUID(id_)) for kind, id_ in _NAMED.findall(path) if kind in _VISIBLE} for path in paths}
    every = {one for its in named.values() for one in its}
    locks.shared(session, *(id_ for _kind, id_ in every))
    there = {one for kind in sorted({kind for kind, _id in every}) for one in _known(session, actor, kind, every)}
    return frozenset(path for path, its in named.items() if its <= there)


def _known(session: Session, actor: Actor, kind: str, every: Collection[tuple[str, UUID]]) -> set[tuple[str, UUID]]:
    visible = _VISIBLE[kind](actor)
    (id_column,) = visible.selected_columns
    wanted = visible.where(id_column.in_([id_ for its, id_ in every if its == kind]))
    return {(kind, id_) for id_ in session.scalars(wanted)}
