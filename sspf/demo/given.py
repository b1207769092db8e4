"""How and when somebody in the demo has answered, and until when it holds."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sspf.consents.lasting import SIGNED_WITHIN, end_of
from sspf.consents.models import Way
from sspf.consents.paper import Paper
from sspf.db.clock import day_of

FORM_VERSION = "2026-1"
HALF_A_YEAR = timedelta(days=182)


@dataclass(frozen=True, slots=True)
class Given:
    """How somebody answered: so many days ago, on paper or by word of mouth, and until when; half a year otherwise."""

    days_ago: int = 0
    until: datetime | None = None
    is_spoken: bool = False

    def paper(self, now: datetime, told_to: UUID) -> Paper:
        """What is typed in; ``told_to`` heard it, if it was said."""
        given_on = day_of(now) - timedelta(days=self.days_ago)
        if self.is_spoken:
            until = end_of(given_on + timedelta(days=SIGNED_WITHIN))
            return Paper(given_on, until, FORM_VERSION, way=Way.SPOKEN, told_to=told_to)
        return Paper(given_on, self.until or now + HALF_A_YEAR, FORM_VERSION)


ON_PAPER = Given()
