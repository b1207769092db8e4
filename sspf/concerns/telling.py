"""What somebody told of a worry, and what an organisation made of its duty to report: values before they are sealed."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy.orm import Session

from sspf.concerns import queries
from sspf.concerns.models import Concern, ConcernSource, ConcernWeighing, Stage, Suspicion
from sspf.people.basis import Basis
from sspf.vault.reading import Reading

YES, NO = "yes", "no"

# as many characters as the two free answers may have
LONGEST_NAME, LONGEST_REASON = 80, 600
_MOST_BYTES = 4  # of one character


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """What somebody told, as it was typed in."""

    source: ConcernSource
    kind_id: UUID
    seen: str
    basis: Basis
    age: int | None = None
    stage: Stage | None = None
    area: str = ""

    def fields(self) -> dict[str, str]:
        """What of it is sealed."""
        said = {
            "seen": self.seen,
            "basis": self.basis.value,
            "age": str(self.age or ""),
            "stage": self.stage.value if self.stage else "",
            "area": self.area,
        }
        return {name: text for name, text in said.items() if text}

    def __repr__(self) -> str:
        return "Account(***)"


@dataclass(frozen=True, slots=True)
class Weighed:
    """One organisation's own weighing. ``is_made`` is None until it has said whether it reported."""

    suspicion: Suspicion
    is_made: bool | None = None
    made_on: date | None = None
    made_by: str = ""
    reason: str = ""

    @property
    def is_owed(self) -> bool:
        """Somebody knows or suspects that a child is badly off, and nothing is written yet of a report."""
        return self.suspicion is Suspicion.YES and self.is_made is None

    def fields(self) -> dict[str, str]:
        """All of it as it is sealed: every field is there and as long as anybody's, whether they reported or not."""
        return {
            "suspicion": self.suspicion.value,
            "is_made": "" if self.is_made is None else YES if self.is_made else NO,
            "made_on": self.made_on.isoformat() if self.made_on else "",
            "made_by": _filled(self.made_by, LONGEST_NAME),
            "reason": _filled(self.reason, LONGEST_REASON),
        }

    def __repr__(self) -> str:
        return "Weighed(***)"


def newest_weighing(session: Session, reading: Reading, concern: Concern) -> ConcernWeighing | None:
    """The newest that the reading opened: the reader's own organisation's, or none."""
    rows = queries.shown(session, reading, concern, ConcernWeighing)
    return rows[-1] if rows else None


def weighed(session: Session, reading: Reading, concern: Concern) -> Weighed | None:
    """What the newest says."""
    row = newest_weighing(session, reading, concern)
    return weighed_in(reading, row) if row else None


def weighed_in(reading: Reading, row: ConcernWeighing) -> Weighed:
    """What a weighing says. Every field is opened, whatever was answered: the trail names those that are.

    Of those written before all were filled in, what is empty was not answered.
    """
    suspicion, made, made_on, made_by, reason = (
        reading.reveal(row, name).strip() if getattr(row, name) is not None else ""
        for name in ("suspicion", "is_made", "made_on", "made_by", "reason")
    )
    return Weighed(
        suspicion=Suspicion(suspicion),
        is_made=made == YES if made else None,
        made_on=date.fromisoformat(made_on) if made_on else None,
        made_by=made_by,
        reason=reason,
    )


def _filled(text: str, most: int) -> str:
    """The text with blanks after it, up to what the longest would take."""
    return text + " " * (most * _MOST_BYTES - len(text.encode()))
