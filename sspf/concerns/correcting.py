"""What was written down wrong of a contact, put right: a new wording in place of the old. Never commits.

The concern's lock is held exclusively. A ``Conflict``: what was ``read`` does not stand any more (``overtaken``).
"""

from collections.abc import Sequence

from sqlalchemy.orm import Session

from audit.events import Subject
from audit.log import record
from auth.actor import Actor
from auth.decisions import require
from sspf.concerns import policy, queries, standing
from sspf.concerns.contacting import write_down
from sspf.concerns.events import ConcernEvent, subject_of
from sspf.concerns.models import Concern, ConcernAccount
from sspf.concerns.recording import seal_unnamed, tell
from sspf.concerns.telling import Account
from sspf.concerns.unnamed import require_unnamed
from sspf.db import clock
from sspf.drafts import service as drafts
from sspf.errors import ValidationFailed
from sspf.law.informing import inform_by
from sspf.law.kinds import CONCERN_RECORD
from sspf.organisations import queries as organisations
from sspf.overtaken import require_read
from sspf.people.service import Described, correct
from sspf.texts import _
from sspf.vault.disclosed import live_disclosures
from sspf.vault.ending import end_disclosures, erase
from sspf.vault.writing import About


def correct_account(session: Session, actor: Actor, concern: Concern, told: Account, *, read: str) -> None:
    """Write anew what was told. Whoever could read the old wording reads the new one, no longer than before.

    Raises:
        ValidationFailed: a text says who it is about, or the kind is out of use.
    """
    require(policy.can_correct(actor, concern))
    _reading, row = standing.account_row(session, actor, concern)
    require_read(read, row.id, concern.source, concern.kind_id)
    require_unnamed(seen=told.seen, area=told.area)
    kinds = {kind.id for kind in queries.list_kinds(session, actor.municipality_id)} | {concern.kind_id}
    if told.kind_id not in kinds:
        raise ValidationFailed(kind=_("Välj vad det gäller."))
    concern.source, concern.kind_id = told.source, told.kind_id
    _reword(session, actor, concern, row, told)
    record(session, actor.did(ConcernEvent.CORRECTED, subject_of(concern)))


def _reword(session: Session, actor: Actor, concern: Concern, row: ConcernAccount, told: Account) -> None:
    own = organisations.get_organisation(session, actor.municipality_id, actor.organisation_id)
    new = ConcernAccount(municipality_id=concern.municipality_id, concern_id=concern.id)
    seal_unnamed(session, actor, own, concern, new, kind=CONCERN_RECORD, fields=told.fields(), replaces=row)
    readers = live_disclosures(session, envelope_ids=[row.envelope_id])
    for one in readers:
        tell(session, actor, new, to=one.organisation_id, until=one.valid_until)
    if readers:
        end_disclosures(session, actor, [one.id for one in readers], reason="corrected")


def correct_identity(
    session: Session, actor: Actor, concern: Concern, wanted: Sequence[Described | None], *, read: str
) -> None:
    """Put right who they are, by their places: the youth first, None where nobody is to stand.

    What is written of somebody who should not stand there is erased at once. Somebody new is to be told within a
    month, also where the family has been told already.
    """
    require(policy.can_identify(actor, concern, clock.now(session)))
    there = standing.people_standing(session, actor, concern)
    require_read(read, *standing.rows_of(there))
    for place, described in enumerate(wanted):
        if place not in there and described is not None:
            write_down(session, actor, concern, described, position=place)
            _tell_anew(session, concern)
        elif place in there and described is None:
            _take_away(session, actor, concern, there[place])
        elif place in there and described is not None:
            one = there[place]
            about = About(one.person.role, one.person.person_id)
            correct(
                session,
                actor,
                one.person.person_id,
                about=about,
                before=one.described,
                described=described,
                rows=one.rows,
                until=concern.identity_until,
            )
    record(session, actor.did(ConcernEvent.IDENTITY_CORRECTED, subject_of(concern)))


def _tell_anew(session: Session, concern: Concern) -> None:
    if concern.informed_on is not None:
        concern.informed_on = concern.informed_way = None
        concern.inform_by = inform_by(clock.today(session))


def _take_away(session: Session, actor: Actor, concern: Concern, one: standing.Standing) -> None:
    person_id = one.person.person_id
    erase(session, actor, {("person", person_id)})
    drafts.forget_about(session, actor, concern.id, of=concern.coordination_id)
    subjects = (subject_of(concern), Subject(person_id=person_id))
    record(session, actor.did(ConcernEvent.IDENTITY_ERASED, *subjects, reason="corrected"))
