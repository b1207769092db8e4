"""How each of the family stands: what they last said, and whether it holds."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from auth.decisions import Decision
from sspf.consents import answers as answering
from sspf.consents.agreement import Row
from sspf.consents.answers import Answer, Answers
from sspf.consents.household import Household, Relative
from sspf.consents.lasting import ENDS_SOON
from sspf.consents.models import Consent, EndReason, Way
from sspf.vault.reading import Reading


class Stand(StrEnum):
    """What there is to say of one person, in one word."""

    WAITING = "waiting"
    WANTS = "wants"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    RECEIVED = "received"
    CHILDS_NO = "childs_no"
    RUN_OUT = "run_out"
    NOT_ASKED = "not_asked"


@dataclass(frozen=True, slots=True)
class Standing:
    """One person, the newest paper of theirs and all that came before it.

    ``rows`` are those of the newest that still hold for this person, whatever the others have said.
    """

    relative: Relative
    is_needed: bool
    can_sign: Decision
    stand: Stand
    newest: Consent | None
    answers: Answers | None
    rows: frozenset[Row]
    ends_soon: bool

    @property
    def is_live(self) -> bool:
        return self.stand in {Stand.WANTS, Stand.DECLINED}

    @property
    def is_unsigned(self) -> bool:
        """It was said, and nobody has signed it since: not taken back, though it may have run out."""
        return self.newest is not None and self.newest.way is Way.SPOKEN and self._said_yes

    @property
    def can_be_renewed(self) -> bool:
        """A signed yes that ends soon, or has run out."""
        return not self.is_unsigned and self._said_yes and (self.ends_soon or self.stand is Stand.RUN_OUT)

    @property
    def _said_yes(self) -> bool:
        is_standing = self.newest is not None and self.newest.end_reason is None
        return is_standing and self.answers is not None and self.answers.wants is Answer.YES


def standings_of(household: Household, consents: list[Consent], reading: Reading, now: datetime) -> list[Standing]:
    """Everyone in the case, the youth first; ``consents`` newest first."""
    return [_standing(household, relative, consents, reading, now) for relative in household]


def _standing(
    household: Household, relative: Relative, consents: list[Consent], reading: Reading, now: datetime
) -> Standing:
    newest = next((consent for consent in consents if consent.person_id == relative.id), None)
    answers = answering.loads(reading.reveal(newest, "answers")) if newest and reading.shows(newest) else None
    is_needed = relative.id in household.needed
    stand = stand_of(newest, answers, now, is_needed=is_needed)
    holds = newest is not None and stand is Stand.WANTS
    rows = frozenset(row.as_row for row in newest.rows if row.ended_at is None) if newest and holds else frozenset()
    ends_soon = newest is not None and newest.valid_until <= now + timedelta(days=ENDS_SOON)
    return Standing(relative, is_needed, household.can_sign(relative), stand, newest, answers, rows, ends_soon)


_STOPPED = {EndReason.RECEIVED: Stand.RECEIVED, EndReason.CHILDS_NO: Stand.CHILDS_NO}


def stand_of(newest: Consent | None, answers: Answers | None, now: datetime, *, is_needed: bool) -> Stand:
    """The one word for a person's newest paper."""
    if newest is None:
        return Stand.WAITING if is_needed else Stand.NOT_ASKED
    if newest.end_reason is EndReason.CLOSED:
        return Stand.WAITING if is_needed else Stand.NOT_ASKED
    if newest.ended_at is not None:
        return _STOPPED.get(newest.end_reason, Stand.WITHDRAWN) if newest.end_reason else Stand.WITHDRAWN
    if not newest.is_live(now):
        return Stand.RUN_OUT
    return Stand.WANTS if answers is None or answers.wants is Answer.YES else Stand.DECLINED
