"""Comments on an action: require, change, record. Never commits; the case's lock is held exclusively.

A comment is coordination's record and is told to whoever coordination may tell of the
actions, just like the action itself. What is said about a shared action belongs to it,
whoever says it; and the family is asked about the kind ``actions`` from coordination
alone, so a comment owned by the school could lawfully reach nobody. What only some may
know is a detail (``detailing``), with a kind of its own.
"""

from datetime import datetime

from sqlalchemy.orm import Session

from audit.events import Subject
from audit.log import record
from auth.actor import Actor
from auth.decisions import require
from sspf.cases.models import Case
from sspf.db import clock
from sspf.errors import ValidationFailed
from sspf.plans import policy
from sspf.plans.events import CommentTag
from sspf.plans.models import Action, Comment
from sspf.plans.saying import say, unsay
from sspf.texts import _

LONGEST = 280


def add_comment(session: Session, actor: Actor, case: Case, action: Action, *, wording: str) -> Comment:
    """Say something about an action that the actor is shown, to everyone else who is.

    Raises:
        ValidationFailed: the wording cannot be kept.
    """
    require(policy.can_comment(actor, case))
    _check(wording)
    comment = _comment(actor, action, clock.now(session))
    say(session, actor, case, comment, wording)
    _record(session, actor, case, comment, CommentTag.WRITTEN)
    return comment


def take_back(session: Session, actor: Actor, case: Case, action: Action, comment: Comment, now: datetime) -> None:
    """It was not to be said, or not like that: only coordination can read it from now on."""
    require(policy.can_take_back(actor, case, comment, now))
    if comment.removed_at is not None:
        return
    empty = _comment(actor, action, now)
    comment.removed_at = empty.removed_at = now
    unsay(session, actor, case, comment.envelope_id, empty)
    _record(session, actor, case, comment, CommentTag.TAKEN_BACK)


def _comment(actor: Actor, action: Action, at: datetime) -> Comment:
    return Comment(
        municipality_id=action.municipality_id,
        action_id=action.id,
        written_at=at,
        written_by=actor.user_id,
        organisation_id=actor.organisation_id,
    )


def _check(wording: str) -> None:
    if not wording.strip():
        raise ValidationFailed(comment=_("Skriv en kommentar."))
    if len(wording) > LONGEST:
        raise ValidationFailed(comment=_("Skriv kortare: högst %(most)s tecken.", most=LONGEST))


def _record(session: Session, actor: Actor, case: Case, comment: Comment, tag: CommentTag) -> None:
    ids = {"action": str(comment.action_id), "comment": str(comment.id)}
    record(session, actor.did(tag, Subject(case_id=case.id, ids=ids)))
