"""The forms of a contact before anybody types in them: with what stands, opened for it, and its mark as ``read``."""

from typing import Any

from sqlalchemy.orm import Session

from auth.actor import Actor
from sspf.concerns.models import Concern
from sspf.concerns.standing import account_row, people_standing, rows_of, weighing_row, yes_row
from sspf.concerns.telling import NO, YES, weighed_in
from sspf.overtaken import mark_of
from sspf.people import numbers
from sspf.people.typed import prefix_of
from sspf.web import Submitted, blank


def account_form(session: Session, actor: Actor, concern: Concern) -> Submitted[Any]:
    reading, row = account_row(session, actor, concern)
    said = {name: reading.reveal(row, name) for name in ("seen", "basis", "age", "stage", "area") if getattr(row, name)}
    read = mark_of(row.id, concern.source, concern.kind_id)
    return blank(source=concern.source.value, kind=concern.kind_id, read=read, **said)


def yes_form(session: Session, actor: Actor, concern: Concern, **begun: object) -> Submitted[Any]:
    """``begun``: what the form begins with where nothing stands."""
    reading, row = yes_row(session, actor, concern)
    if row is None:
        return blank(read=mark_of(None), **begun)
    return blank(
        read=mark_of(row.id),
        **{name: reading.reveal(row, name) for name in ("said_by", "said_to", "said_on", "way")},
    )


def weighing_form(session: Session, actor: Actor, concern: Concern) -> Submitted[Any]:
    reading, row = weighing_row(session, actor, concern)
    if row is None:
        return blank(made_by=actor.name, read=mark_of(None))
    found = weighed_in(reading, row)
    return blank(
        suspicion=found.suspicion.value,
        is_made=None if found.is_made is None else YES if found.is_made else NO,
        made_on=found.made_on,
        made_by=found.made_by or actor.name,
        reason=found.reason,
        read=mark_of(row.id),
    )


def identity_form(session: Session, actor: Actor, concern: Concern) -> Submitted[Any]:
    """Also what a case that is opened from the contact begins with."""
    there = people_standing(session, actor, concern)
    typed: dict[str, str] = {"read": mark_of(*rows_of(there))}
    for place, one in there.items():
        prefix, told = prefix_of(place), one.described
        typed |= {
            f"{prefix}called_name": told.called_name,
            f"{prefix}full_name": told.full_name,
            f"{prefix}number": numbers.full(told.number.digits) if told.number else "",
            f"{prefix}contact": told.contact,
        }
    return blank(**typed)
