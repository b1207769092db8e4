"""A family's answers typed in by the coordinator, and whose answers are needed."""

from datetime import date

from sqlalchemy.orm import Session

from auth.actor import Actor
from sspf.cases.models import Case
from sspf.cases.policy import access_to
from sspf.consents import agreement
from sspf.consents.answers import Answers
from sspf.consents.service import record_consent
from sspf.db import clock
from sspf.demo.families import Family
from sspf.demo.given import Given
from sspf.law.consenters import age_on
from sspf.law.purposes import Purpose
from sspf.people.queries import born_on, parts_of
from sspf.vault import door


def givers(family: Family, today: date) -> list[int]:
    """The places in the family of those whose yes is needed: the guardians, and the youth from fifteen."""
    guardians = range(1, len(family.guardians) + 1)
    return [0, *guardians] if age_on(family.born_on, today) >= 15 else [*guardians]


def type_in(place: int, answers: Answers, given: Given, session: Session, actor: Actor, case: Case) -> None:
    """Record the answers of the one at this place in the family."""
    now = clock.now(session)
    reading = door.open(session, access_to(actor, case, now), Purpose.CONSENT)
    birthday = born_on(reading, parts_of(session, reading, [case.youth_id]).get(case.youth_id))
    if birthday is None:
        raise LookupError("the demo's youths have numbers")
    record_consent(
        session,
        actor,
        case,
        person_id=case.people[place].person_id,
        paper=given.paper(now, actor.user_id),
        answers=answers,
        family=agreement.Family(case.youth_id, case.guardian_ids, birthday),
        reading=reading,
    )
