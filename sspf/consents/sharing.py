"""What has been shared under consents: which kinds, from whom, to whom and when. Never what it says."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from sspf.consents.agreement import Agreed, Row
from sspf.law.grounds import Ground
from sspf.law.kinds import Kind
from sspf.vault.disclosed import Disclosed, live_disclosures, past_disclosures


@dataclass(frozen=True, slots=True)
class Shared:
    """One envelope that one organisation can read, or could, because of consents. ``ended_at``: None while it can."""

    disclosure_id: UUID
    envelope_id: UUID
    owner_id: UUID
    row: Row
    about_id: UUID
    since: datetime
    ended_at: datetime | None

    @property
    def key(self) -> tuple[Row, UUID]:
        return self.row, self.about_id


@dataclass(frozen=True, slots=True)
class Tally:
    """How many of a kind somebody told somebody about one person, from when and, if it is over, until when."""

    row: Row
    about_id: UUID
    number: int
    since: datetime
    ended_at: datetime | None


def shared_now(session: Session, consent_ids: Collection[UUID]) -> list[Shared]:
    """What can be read now because of any of the consents."""
    return _shared(live_disclosures(session, resting_on=sorted(consent_ids)))


def shared_under(session: Session, rows: Collection[Agreed]) -> list[Shared]:
    """What can be read now because of exactly these rows."""
    keys = {(one.row, one.about_id) for one in rows}
    consent_ids = {consent_id for one in rows for consent_id in one.consent_ids}
    return [one for one in shared_now(session, consent_ids) if one.key in keys]


def no_longer_shared(session: Session, consent_id: UUID) -> list[Shared]:
    """What could be read because of the consent and cannot be now, for any reason: the list to recall."""
    past = _shared(past_disclosures(session, resting_on=[consent_id]), are_over=True)
    readable = {
        (one.envelope_id, one.organisation_id)
        for one in live_disclosures(session, envelope_ids={one.envelope_id for one in past})
    }
    return [one for one in past if (one.envelope_id, one.row.recipient_id) not in readable]


def lapsed(session: Session, consent_ids: Collection[UUID]) -> list[Shared]:
    """What was shared until its time ran out, and nobody has ended, corrected or shared anew since."""
    live = {(one.envelope_id, one.row.recipient_id) for one in shared_now(session, consent_ids)}
    past = past_disclosures(session, resting_on=sorted(consent_ids))
    last = {(one.envelope_id, one.organisation_id): one for one in past}
    gone = [one for key, one in last.items() if key not in live and one.ended_at is None and not one.is_replaced]
    return _shared(gone, are_over=True)


def tallied(shared: Iterable[Shared]) -> list[Tally]:
    """The same, counted by row and person it is about; an envelope counts once, however often it was shared."""
    groups: dict[tuple[Row, UUID], list[Shared]] = {}
    for one in shared:
        groups.setdefault(one.key, []).append(one)
    return [
        Tally(
            row,
            about_id,
            len({one.envelope_id for one in ones}),
            min(one.since for one in ones),
            None if any(one.ended_at is None for one in ones) else max(one.ended_at for one in ones if one.ended_at),
        )
        for (row, about_id), ones in groups.items()
    ]


def _shared(disclosures: Iterable[Disclosed], *, are_over: bool = False) -> list[Shared]:
    return [
        Shared(
            disclosure_id=one.id,
            envelope_id=one.envelope_id,
            owner_id=one.owner_id,
            row=Row(one.source_id, one.organisation_id, Kind(one.kind)),
            about_id=one.about.person_id,
            since=one.valid_from,
            ended_at=(one.ended_at or one.valid_until) if are_over else None,
        )
        for one in disclosures
        if one.ground == Ground.CONSENT and one.about.person_id is not None
    ]
