"""The letters after a withdrawal: to each organisation, what it could read and must not use any more. No contents."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from audit.events import Subject
from audit.log import record
from auth.actor import Actor
from sspf.cases.models import Case
from sspf.consents import sharing
from sspf.consents.events import ConsentEvent
from sspf.consents.models import Consent, EndReason
from sspf.consents.sharing import Tally, tallied


@dataclass(frozen=True, slots=True)
class Letter:
    """To one organisation, about all that it could read because of the consent."""

    recipient_id: UUID
    tallies: tuple[Tally, ...]

    @property
    def since(self) -> datetime:
        """The day that its last key was destroyed."""
        return max(one.ended_at for one in self.tallies if one.ended_at)


def was_taken_back(consent: Consent) -> bool:
    """Whole or in part: what ran out or was answered anew is not recalled."""
    if consent.end_reason in {EndReason.WITHDRAWN, EndReason.RECEIVED, EndReason.CHILDS_NO}:
        return True
    return any(row.ended_at is not None for row in consent.rows)


def letters_of(session: Session, case: Case, consent: Consent, names: Mapping[UUID, str]) -> list[Letter]:
    """One to each organisation that could read anything, by name; coordination writes none to itself."""
    if not was_taken_back(consent):
        return []
    by_recipient: dict[UUID, list[Tally]] = {}
    for one in tallied(sharing.no_longer_shared(session, consent.id)):
        if one.row.recipient_id != case.coordination_id and one.ended_at is not None:
            by_recipient.setdefault(one.row.recipient_id, []).append(one)
    return [Letter(one, tuple(by_recipient[one])) for one in sorted(by_recipient, key=lambda one: (names[one], one))]


def record_printed(session: Session, actor: Actor, consent: Consent, letters: Sequence[Letter]) -> None:
    """Put on record that the letters were made, and to whom: what a printer does next nobody knows."""
    subject = Subject(case_id=consent.case_id, person_id=consent.person_id, ids={"consent": str(consent.id)})
    to = [{"organisation": str(letter.recipient_id)} for letter in letters]
    record(session, actor.did(ConsentEvent.RECALL_PRINTED, subject, letters=to))
