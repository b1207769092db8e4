"""What is written of a case itself, as far as a reading shows it: what the youth says, and how it was closed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from sspf.cases.models import Case, CaseStatement, Closing, ClosingText, Part, Reason
from sspf.law.kinds import Kind
from sspf.vault.reading import Reading


def current_statements(session: Session, reading: Reading, case: Case) -> dict[str, CaseStatement]:
    """The newest of each kind among those the reading may show."""
    found = session.scalars(
        select(CaseStatement)
        .where(CaseStatement.case_id == case.id, CaseStatement.envelope_id.in_(reading.envelope_ids(Kind.FAMILY_VIEW)))
        .order_by(CaseStatement.id)
    )
    return {statement.kind.value: statement for statement in found}


@dataclass(frozen=True, slots=True)
class ClosingView:
    """The newest closing of a case, and what a reading shows of what was written then."""

    reason: Reason
    closed_at: datetime
    texts: Mapping[Part, str]


def closing_of(session: Session, reading: Reading, case: Case) -> ClosingView | None:
    """How the case was closed the last time, or None if it never was."""
    rows = session.execute(
        select(Closing, ClosingText)
        .outerjoin(ClosingText, ClosingText.closing_id == Closing.id)
        .where(Closing.case_id == case.id)
        .order_by(Closing.id.desc())
    ).all()
    if not rows:
        return None
    newest = rows[0][0]
    texts = [text for closing, text in rows if closing is newest and text is not None and reading.shows(text)]
    return ClosingView(newest.reason, newest.closed_at, {text.part: reading.reveal(text, "text") for text in texts})
