"""Registers a contact, weighs the duty to report, gives advice and ends it. Never commits.

Callers hold the concern's lock exclusively, except while registering one that nobody knows of yet.
"""

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from audit.log import record
from auth.actor import Actor
from auth.decisions import require
from sspf.concerns import policy, queries, standing
from sspf.concerns.erasing import erase_identity
from sspf.concerns.events import ConcernEvent, subject_of
from sspf.concerns.models import (
    Concern,
    ConcernAccount,
    ConcernAdvice,
    ConcernCounter,
    ConcernState,
    ConcernWeighing,
)
from sspf.concerns.recording import seal_unnamed, tell
from sspf.concerns.telling import Account, Weighed
from sspf.concerns.unnamed import require_unnamed
from sspf.db import clock, new_id
from sspf.db.numbering import next_number
from sspf.errors import ValidationFailed
from sspf.law.kinds import CONCERN_RECORD, CONCERN_WEIGHING
from sspf.organisations import queries as organisations
from sspf.organisations.models import Organisation
from sspf.overtaken import require_read
from sspf.texts import _
from sspf.vault.disclosed import live_disclosures
from sspf.vault.ending import end_disclosures

# how long coordination reads what a contact told, and the contact the advice, if nobody ends it before
READABLE = timedelta(days=180)


def register(session: Session, actor: Actor, told: Account, *, coordination: Organisation) -> Concern:
    """Write down what somebody told. A contact's is its own organisation's, and coordination may read it.

    What its organisation makes of its duty to report is asked of everybody next, and written once whatever
    the answer is (``weigh``): neither the trail nor a table tells a yes from a no by how much there is of it.

    Raises:
        ValidationFailed: a text says who it is about, or the kind is out of use.
    """
    require(policy.can_register(actor))
    require_unnamed(seen=told.seen, area=told.area)
    if told.kind_id not in {kind.id for kind in queries.list_kinds(session, actor.municipality_id)}:
        raise ValidationFailed(kind=_("Välj vad det gäller."))
    own = organisations.get_organisation(session, actor.municipality_id, actor.organisation_id)
    now = clock.now(session)
    concern = Concern(
        id=new_id(),
        municipality_id=actor.municipality_id,
        reference=_next_reference(session, actor, now),
        state=ConcernState.NEW,
        source=told.source,
        kind_id=told.kind_id,
        organisation_id=own.id,
        coordination_id=coordination.id,
        registered_by=actor.user_id,
        registered_at=now,
    )
    session.add(concern)
    session.flush()  # what is sealed points at it
    account = ConcernAccount(municipality_id=concern.municipality_id, concern_id=concern.id)
    seal_unnamed(session, actor, own, concern, account, kind=CONCERN_RECORD, fields=told.fields())
    if coordination.id != own.id:
        tell(session, actor, account, to=coordination.id, until=now + READABLE)
    record(session, actor.did(ConcernEvent.REGISTERED, subject_of(concern), source=told.source.value))
    return concern


def weigh(session: Session, actor: Actor, concern: Concern, weighing: Weighed, *, read: str | None = None) -> None:
    """Write down what the actor's organisation made of its duty to report; on its own record alone.

    ``read``: the mark of the one it is written over; None for whatever stands.

    Raises:
        Conflict: a colleague has written another since.
        ValidationFailed: the day has not been, or the reason says who it is about.
    """
    require(policy.can_weigh(actor, concern))
    if read is not None:
        _reading, before = standing.weighing_row(session, actor, concern)
        require_read(read, before.id if before else None)
    require_unnamed(reason=weighing.reason, made_by=weighing.made_by)
    if weighing.made_on is not None and weighing.made_on > clock.today(session):
        raise ValidationFailed(made_on=_("Skriv en dag som har varit."))
    own = organisations.get_organisation(session, actor.municipality_id, actor.organisation_id)
    _write_weighing(session, actor, own, concern, weighing)


def advise(session: Session, actor: Actor, concern: Concern, advice: str, *, owes_weighing: bool) -> None:
    """Write down what was advised; whoever got in touch may read it.

    Raises:
        ValidationFailed: it says who it is about.
    """
    require(policy.can_advise(actor, concern, owes_weighing=owes_weighing))
    require_unnamed(advice=advice)
    own = organisations.get_organisation(session, actor.municipality_id, actor.organisation_id)
    row = ConcernAdvice(municipality_id=concern.municipality_id, concern_id=concern.id)
    seal_unnamed(session, actor, own, concern, row, kind=CONCERN_RECORD, fields={"advice": advice})
    if concern.organisation_id != own.id:
        asker = organisations.get_organisation(session, actor.municipality_id, concern.organisation_id)
        tell(session, actor, row, to=asker.id, until=clock.now(session) + READABLE)
    concern.state = ConcernState.ADVISED
    record(session, actor.did(ConcernEvent.ADVISED, subject_of(concern)))


def end(session: Session, actor: Actor, concern: Concern, *, owes_weighing: bool) -> None:
    """Nothing more is done: names are erased at once, and coordination no longer reads what others told."""
    require(policy.can_end(actor, concern, owes_weighing=owes_weighing))
    erase_identity(session, actor, concern, reason="ended")
    told = live_disclosures(session, units={("concern", concern.id)}, organisation_id=concern.coordination_id)
    end_disclosures(session, actor, [one.id for one in told], reason="ended")
    concern.state = ConcernState.ENDED
    record(session, actor.did(ConcernEvent.ENDED, subject_of(concern)))


def record_shown(session: Session, actor: Actor, concern: Concern) -> None:
    """Put on record that a page named the concern, when the door was not asked and does not say it."""
    record(session, actor.did(ConcernEvent.SHOWN, subject_of(concern)))


def _write_weighing(session: Session, actor: Actor, own: Organisation, concern: Concern, weighing: Weighed) -> None:
    row = ConcernWeighing(municipality_id=concern.municipality_id, concern_id=concern.id)
    seal_unnamed(session, actor, own, concern, row, kind=CONCERN_WEIGHING, fields=weighing.fields())
    record(session, actor.did(ConcernEvent.WEIGHED, subject_of(concern)))


def _next_reference(session: Session, actor: Actor, now: datetime) -> str:
    year = clock.day_of(now).year
    return f"K-{year}-{next_number(session, ConcernCounter, municipality_id=actor.municipality_id, year=year):04}"
