"""Four stories in which nobody else may see anything: not answered yet, half agreed, taken back, and run out."""

import time
from collections.abc import Mapping
from datetime import timedelta

from sqlalchemy.orm import Session

from auth.actor import Actor
from sspf.cases.models import Case, State
from sspf.consents import queries as consents
from sspf.consents.service import withdraw
from sspf.db import clock
from sspf.demo.families import Family
from sspf.demo.given import Given
from sspf.demo.troupe import Troupe
from sspf.law.kinds import Kind

Families = Mapping[str, Family]


def tell_of_the_waiting(troupe: Troupe, cast: Families) -> None:
    """Asked, not yet answered."""
    case_id = troupe.open(cast["waiting"], asked=("school", "social"))
    troupe.step(case_id, State.CONSENT)


def tell_of_the_half_agreed(troupe: Troupe, cast: Families) -> None:
    """One of two guardians has signed, and said no to the police: nobody may know anything yet."""
    case_id = troupe.open(cast["partial"], asked=("school", "social", "police"))
    troupe.step(case_id, State.CONSENT)
    troupe.consents(
        case_id,
        present=("school", "social"),
        refused=("police",),
        rows=[("school", "social", Kind.ATTENDANCE)],
        giver=1,
    )


def tell_of_the_withdrawn(troupe: Troupe, cast: Families) -> None:
    """Everything was agreed, and then taken back."""
    case_id = troupe.open(cast["withdrawn"], asked=("school", "leisure"))
    troupe.consents(case_id, present=("school", "leisure"), rows=[("leisure", "school", Kind.LEISURE)])
    troupe.step(case_id, State.CONSENT, State.MEETING)
    troupe.promise(case_id, "Bjuda in till öppet hus", who="leisure", days=8)

    def take_back(session: Session, actor: Actor, case: Case) -> None:
        for consent in consents.list_consents(session, case):
            withdraw(session, actor, case, consent)

    troupe.act("coordinator", case_id, take_back)


def tell_of_the_expired(troupe: Troupe, cast: Families) -> float:
    """The consents went out before anybody renewed them; when they will have, on the monotonic clock.

    They last as long as it takes to type in what rests on them, by what opening the case took.
    """
    began = time.monotonic()
    case_id = troupe.open(cast["expired"], asked=("school", "social"))
    lasts = max(3.0, 20 * (time.monotonic() - began))
    with troupe.sessions.begin() as session:
        until = clock.now(session) + timedelta(seconds=lasts)
    gone_at = time.monotonic() + lasts
    troupe.consents(case_id, present=("school", "social"), given=Given(until=until))
    troupe.step(case_id, State.CONSENT, State.MEETING)
    troupe.promise(case_id, "Boka ett samtal med elevhälsan", who="school", days=10)
    return gone_at
