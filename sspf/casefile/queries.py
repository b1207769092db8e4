"""What waits in the cases that the actor may know of, asked in one statement: a start page has much else to ask."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import DateTime, Select, cast, literal, null, select, union_all
from sqlalchemy.orm import Session

from auth.actor import Actor
from sspf.cases.models import Case, Participation, State
from sspf.cases.queries import seat_ends_within, takes_part, visible_to
from sspf.consents.lasting import ENDS_SOON
from sspf.consents.models import Consent, Way
from sspf.consents.queries import ends_soon, somebody_received

# Cases that go on: what ends or is missing there is for somebody to see to.
_GOES_ON = (State.INFORMATION, State.CONSENT, State.MEETING, State.FOLLOW_UP)


class Why(StrEnum):
    """Why a case waits, the most pressing first."""

    RECEIVED = "received"  # somebody was told of a withdrawal, and nobody has signed since
    LAPSED = "lapsed"  # it is worked with, and nobody takes part any more
    UNSIGNED = "unsigned"  # a yes was said and is to be signed
    ENDING = "ending"  # a consent ends soon, or somebody's seat: on a birthday others must say yes
    STEP = "step"  # the next step is the coordinator's


@dataclass(frozen=True, slots=True)
class Hit:
    """A case that waits, once for each reason; ``at``: when what holds ends."""

    case: Case
    why: Why
    at: datetime | None


def list_waiting(session: Session, actor: Actor, states: Sequence[State], *, limit: int) -> list[Hit]:
    """At most ``limit`` cases for each reason, and for each of ``states``: there the next step is the coordinator's."""
    going_on = visible_to(actor).where(Case.state.in_(_GOES_ON))
    worked_with = visible_to(actor).where(Case.state.in_([State.MEETING, State.FOLLOW_UP]))
    reasons = union_all(
        _newest(going_on.where(somebody_received(Case.id)), Why.RECEIVED, limit),
        _newest(worked_with.where(~takes_part()), Why.LAPSED, limit),
        _ending(going_on, Why.UNSIGNED, Way.SPOKEN, limit),
        _ending(going_on, Why.ENDING, Way.PAPER, limit),
        _leaving(going_on, limit),
        *(_newest(visible_to(actor).where(Case.state == state), Why.STEP, limit) for state in states),
    ).subquery()
    found = session.execute(
        select(Case, reasons.c.why, reasons.c.at)
        .join(reasons, reasons.c.id == Case.id)
        .order_by(reasons.c.at.asc().nulls_last(), Case.id.desc())
    )
    return [Hit(case, Why(why), at) for case, why, at in found]


def _newest(cases: Select[Case], why: Why, limit: int) -> Select[tuple[object, ...]]:
    newest = cases.with_only_columns(Case.id).order_by(Case.id.desc()).limit(limit).subquery()
    return select(newest.c.id, literal(why.value).label("why"), cast(null(), DateTime(timezone=True)).label("at"))


def _leaving(cases: Select[Case], limit: int) -> Select[tuple[object, ...]]:
    """Where a seat at the table ends soon, though the papers may last longer."""
    soonest = (
        cases.join(Participation, Participation.case_id == Case.id)
        .where(seat_ends_within(timedelta(days=ENDS_SOON)))
        .with_only_columns(Case.id, Participation.valid_until.label("at"))
        .order_by(Participation.valid_until, Case.id)
        .limit(limit)
        .subquery()
    )
    return select(soonest.c.id, literal(Why.ENDING.value).label("why"), soonest.c.at)


def _ending(cases: Select[Case], why: Why, way: Way, limit: int) -> Select[tuple[object, ...]]:
    soonest = (
        cases.join(Consent, Consent.case_id == Case.id)
        .where(Consent.way == way, ends_soon())
        .with_only_columns(Case.id, Consent.valid_until.label("at"))
        .order_by(Consent.valid_until, Case.id)
        .limit(limit)
        .subquery()
    )
    return select(soonest.c.id, literal(why.value).label("why"), soonest.c.at)
