"""What the coordinator has before them with a case's consents: one reading of it, and the family in words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from auth.actor import Actor
from auth.decisions import require
from sspf.cases import policy as case_policy
from sspf.cases import queries as cases
from sspf.cases.models import Case
from sspf.consents import policy
from sspf.consents.household import Household, household_of
from sspf.consents.sheet import parties_of
from sspf.db import clock
from sspf.db.clock import SWEDEN
from sspf.law.kinds import CONSENT_RECORD, TAKING_PART, Kind
from sspf.law.purposes import Purpose
from sspf.organisations import queries as organisations
from sspf.organisations.models import Organisation
from sspf.vault import door
from sspf.vault.reading import Reading

# The answers, the names, the birth date for the age table, and what taking part gives.
KINDS = (CONSENT_RECORD, Kind.IDENTITY_FULL, *sorted(TAKING_PART))


@dataclass(frozen=True, slots=True)
class Desk:
    """A case, opened for its consents. ``parties`` are whom the family is asked about; ``names`` all organisations'."""

    case: Case
    reading: Reading
    household: Household
    organisations: Sequence[Organisation]
    now: datetime

    @property
    def parties(self) -> tuple[Organisation, ...]:
        return parties_of(self.case, self.organisations)

    @property
    def names(self) -> Mapping[UUID, str]:
        return {one.id: one.name for one in self.organisations}


def open_desk(session: Session, actor: Actor, case_id: UUID) -> Desk:
    """Open the case for its consents, on the record.

    Raises:
        NotFound: the case does not exist for the actor.
        NotPermitted: the actor is not its coordination.
    """
    case = cases.get_case(session, actor, case_id)
    require(policy.can_see_answers(actor))
    now = clock.now(session)
    reading = door.open(session, case_policy.access_to(actor, case, now), Purpose.CONSENT, kinds=KINDS)
    found = organisations.list_organisations(session, actor.municipality_id)
    return Desk(
        case=case,
        reading=reading,
        household=household_of(session, reading, case, now.astimezone(SWEDEN).date()),
        organisations=found,
        now=now,
    )
