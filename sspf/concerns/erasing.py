"""Who a family is, made unreadable for ever: when the matter goes on without it, or after thirty days."""

from sqlalchemy.orm import Session

from audit.events import Event, Subject, Who
from audit.log import record
from sspf.concerns import queries
from sspf.concerns.events import ConcernEvent, subject_of
from sspf.concerns.models import Concern, ConcernState
from sspf.db import clock, locks
from sspf.drafts import service as drafts
from sspf.vault.actors import Acting, SystemActor
from sspf.vault.ending import erase


def erase_identity(session: Session, acting: Acting, concern: Concern, *, reason: str) -> None:
    """Make everything written down of who they are unreadable, for everyone and for ever; ``reason`` is a code.

    Also what coordination had typed and not sent. Nobody else's record names these persons: a case that was
    opened has persons of its own.
    """
    drafts.forget_about(session, acting, concern.id, of=concern.coordination_id)
    persons = {("person", person.person_id) for person in concern.people}
    if not persons or concern.erased_at is not None:
        return
    erase(session, acting, persons)
    concern.erased_at = clock.now(session)
    subjects = (subject_of(concern), *(Subject(person_id=person_id) for _kind, person_id in sorted(persons)))
    record(
        session,
        Event(concern.municipality_id, ConcernEvent.IDENTITY_ERASED, acting.who, subjects, {"reason": reason}),
    )


def sweep(session: Session, who: Who) -> int:
    """Erase who they are where thirty days have gone without a case, and end those concerns; how many.

    Each is locked before it is read afresh. ``who`` is a named system actor.
    """
    now, count = clock.now(session), 0
    waiting = queries.ids_to_erase(session, now)
    locks.exclusive(session, *waiting)
    for concern_id in waiting:
        concern = queries.get_to_erase(session, concern_id, now)
        if concern is None:
            continue
        acting = SystemActor(who.system or "sweep", concern.coordination_id, concern.municipality_id)
        erase_identity(session, acting, concern, reason="expired")
        concern.state = ConcernState.ENDED
        record(session, Event(concern.municipality_id, ConcernEvent.ENDED, acting.who, (subject_of(concern),)))
        count += 1
    return count
