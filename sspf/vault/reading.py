"""Leave to see part of one or more cases, already on the record."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from uuid import UUID

from sqlalchemy.orm import Session

from audit.canonical import JSON
from audit.events import Event, Subject, Who
from sspf.vault.columns import Sealable, Sealed, place_of
from sspf.vault.errors import NotShown, ReadingClosed
from sspf.vault.events import VaultEvent
from sspf.vault.sealing import SealingKey
from sspf.vault.units import About, Unit


@dataclass(frozen=True, slots=True)
class LiveGround:
    """Why an envelope is open to the reader: one live disclosure. ``decided_by`` is a user's id or a system actor."""

    disclosure_id: UUID
    ground: str
    rule_version: int
    purpose: str
    valid_from: datetime
    valid_until: datetime | None
    decided_by: UUID | str


@dataclass(frozen=True, slots=True)
class OpenEnvelope:
    """An envelope that is open in a reading: what it is, whose, about whom, and on which grounds the reader sees it.

    ``replaced_by`` is a correction of it, if that is open in the same reading too.
    """

    id: UUID
    kind: str
    owner_id: UUID
    source_id: UUID
    about: About
    unit: Unit
    sealed_at: datetime
    created_by: UUID | str
    replaces_id: UUID | None
    replaced_by: UUID | None
    grounds: tuple[LiveGround, ...]


@dataclass(frozen=True, slots=True)
class Question:
    """What the door was asked: by whom, about whom, for which log, to what purpose, before which audience."""

    log: UUID
    who: Who
    subjects: tuple[Subject, ...]
    purpose: str
    audience: tuple[UUID, ...]


class Reading:
    """Leave to see part of one or more cases, already on the record.

    Made only by ``door.open``. Remembers every field it reveals; they are written to the
    trail when the request commits, and if that fails nothing is sent. It ends with its
    transaction, and a little before: once the trail has asked what was revealed, nothing more is.
    """

    def __init__(
        self,
        session: Session,
        envelopes: Iterable[OpenEnvelope],
        data_keys: Mapping[UUID, bytes],
        broken: Sequence[UUID],
    ) -> None:
        self.opened: Mapping[UUID, OpenEnvelope] = MappingProxyType({envelope.id: envelope for envelope in envelopes})
        """Everything that is open, by envelope id, oldest first."""
        self._session = session
        self._transaction = session.get_transaction()
        self._data_keys = dict(data_keys)
        self._ready: dict[UUID, SealingKey] = {}
        self._broken = broken
        self._revealed: defaultdict[UUID, set[str]] = defaultdict(set)
        self._is_written = False

    def reveal(self, record: Sealable, field: str) -> str:
        """The plaintext of one sealed field.

        Raises:
            ReadingClosed: the transaction has ended, or its trail is written.
            NotShown: the record's envelope is not open in this reading.
            CannotOpen: the value was altered, or moved here from elsewhere.
            TypeError: ``field`` is not a sealed column of the record, or is empty in it.
        """
        self._require_open()
        key = self._ready.get(record.envelope_id) or self._made_ready(record.envelope_id)
        place = place_of(record, field)
        value = getattr(record, field)
        if not isinstance(value, Sealed):
            raise TypeError(f"{place[0]}.{place[1]} is empty in this record")
        plaintext = key.unseal(place, value.stored).decode()
        self._revealed[record.envelope_id].add(f"{place[0]}.{place[1]}")
        return plaintext

    def shows(self, record: Sealable) -> bool:
        """Whether the record's envelope is open; if not, the record does not exist for this reader."""
        return record.envelope_id in self.opened

    def envelope_ids(self, *kinds: str) -> tuple[UUID, ...]:
        """The open envelopes of these kinds (of every kind if none is named), oldest first."""
        return tuple(id_ for id_, envelope in self.opened.items() if not kinds or envelope.kind in kinds)

    def _made_ready(self, envelope_id: UUID) -> SealingKey:
        data_key = self._data_keys.get(envelope_id)
        if data_key is None:
            raise NotShown
        return self._ready.setdefault(envelope_id, SealingKey(data_key, envelope_id))

    def _require_open(self) -> None:
        transaction = self._session.get_transaction()
        if self._is_written or transaction is None or transaction is not self._transaction:
            self._data_keys.clear()
            self._ready.clear()
            raise ReadingClosed

    def _events(self, asked: Question) -> Iterable[Event]:
        """What the trail is told at commit: one entry, and one more if a disclosure's row has been tampered with."""
        self._is_written = True
        facts: dict[str, JSON] = {
            "purpose": asked.purpose,
            "audience": [str(organisation_id) for organisation_id in asked.audience],
            "envelopes": self._alike(),
        }
        yield Event(log=asked.log, tag=VaultEvent.READ, who=asked.who, subjects=asked.subjects, facts=facts)
        if self._broken:
            broken: dict[str, JSON] = {"disclosures": [str(disclosure_id) for disclosure_id in self._broken]}
            yield Event(log=asked.log, tag=VaultEvent.BROKEN, who=asked.who, subjects=asked.subjects, facts=broken)

    def _alike(self) -> list[JSON]:
        """The open envelopes, those of one kind with the same grounds and fields together: a page has many alike."""
        alike: dict[tuple[str, tuple[str, ...], tuple[str, ...]], list[str]] = {}
        for envelope in self.opened.values():
            grounds = tuple(sorted({ground.ground for ground in envelope.grounds}))
            fields = tuple(sorted(self._revealed[envelope.id]))
            alike.setdefault((envelope.kind, grounds, fields), []).append(str(envelope.id))
        return [
            {"kind": kind, "grounds": grounds, "fields": fields, "ids": ids}
            for (kind, grounds, fields), ids in alike.items()
        ]
