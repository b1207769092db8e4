"""The municipality's own table of ages: decided by its lawyer, written in here, followed by a new one, never changed.

It counts when a consent is next recorded; what everyone has agreed to until then stands
(docs/decisions/0002-waivers.md).
"""

from sqlalchemy.orm import Session

from audit.log import record
from auth.actor import Actor
from auth.decisions import require
from sspf.db import clock, locks, new_id
from sspf.errors import Conflict, ValidationFailed
from sspf.law.consenters import AgeTable, fault_of
from sspf.organisations import policy, queries
from sspf.organisations.events import SettingEvent
from sspf.organisations.models import DecidedAge, DecidedAges
from sspf.texts import _


def decide(
    session: Session, actor: Actor, *, table: AgeTable, decided_by: str, after: int | None = None
) -> DecidedAges:
    """Let ``table`` hold from now on, by a decision of the municipality. ``after`` is the version it was written over.

    Raises:
        ValidationFailed: the table cannot hold; the field is that of its row.
        Conflict: somebody has written in another since.
    """
    require(policy.can_administer(actor))
    fault = fault_of(table)
    if fault is not None:
        raise ValidationFailed(**{f"from_age[{fault.row}]": fault.sentence})
    locks.exclusive(session, actor.municipality_id)
    newest = queries.newest_ages(session, actor.municipality_id)
    version = newest.version if newest else 0
    if after is not None and after != version:
        raise Conflict(_("Någon annan har skrivit in ett beslut medan du höll på. Se efter vad som gäller nu."))
    decided = DecidedAges(
        id=new_id(),
        municipality_id=actor.municipality_id,
        version=version + 1,
        decided_by=decided_by,
        recorded_at=clock.now(session),
        recorded_by=actor.user_id,
    )
    session.add(decided)
    session.flush()  # its rows refer to it
    session.add_all(
        DecidedAge(
            municipality_id=actor.municipality_id,
            age_table_id=decided.id,
            from_age=rule.from_age,
            guardians=rule.guardians,
            youth=rule.youth,
            provision=rule.provision,
        )
        for rule in table
    )
    session.flush()  # who is asked next must find them
    record(session, actor.did(SettingEvent.AGES_DECIDED, version=decided.version))
    return decided
