"""One field sealed and opened, beside an encrypted column of SQLAlchemy-Utils: both AES-256-GCM, by the same library.

Ours pads to a size class and binds the value to its row and column as it does; the peer binds nothing.
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import String
from sqlalchemy.dialects import postgresql
from sqlalchemy_utils import StringEncryptedType
from sqlalchemy_utils.types.encrypted.encrypted_type import AesGcmEngine

from sspf.bench.comparing import Comparison, compare
from sspf.bench.peers.scale import PeerScale
from sspf.bench.peers.timing import times
from sspf.db import new_id
from sspf.notes.models import Note
from sspf.vault.columns import place_of
from sspf.vault.sealing import SealingKey, new_key
from sspf.vault.wrap import Reason, unwrap_data_key, wrap_data_key

TEXT = (
    "Kom i tid tre dagar av fem och stannade gärna kvar i slöjden efter lektionen. " * 2 + "Vill börja med basket igen."
)
_DIALECT = postgresql.dialect()  # type: ignore[no-untyped-call]


@dataclass(frozen=True, slots=True)
class Sealing:
    """How many times as long the peer takes; ``alone``: a field that is all of its envelope, its key and reason too."""

    seal: Comparison
    open: Comparison
    seal_alone: Comparison
    open_alone: Comparison


def compare_sealing(scale: PeerScale) -> Sealing:
    """Seal and open the same text, among other fields of an envelope and alone in one."""
    note, envelope_id = Note(id=new_id()), new_id()
    key = SealingKey(new_key(), envelope_id)
    sealed = _seal(key, note)
    column: Any = StringEncryptedType(String, new_key(), AesGcmEngine)
    theirs = column.process_bind_param(TEXT, _DIALECT)
    their_seal = times(lambda: column.process_bind_param(TEXT, _DIALECT), scale.values)
    their_open = times(lambda: column.process_result_value(theirs, _DIALECT), scale.values)
    wrapping, data_key = new_key(), new_key()
    reason = _reason()
    wrapped = wrap_data_key(wrapping, data_key, reason)
    alone = _seal(SealingKey(data_key, envelope_id), note)

    def seal_alone() -> None:
        fresh = new_key()
        wrap_data_key(wrapping, fresh, reason)
        _seal(SealingKey(fresh, envelope_id), note)

    def open_alone() -> None:
        _open(SealingKey(unwrap_data_key(wrapping, wrapped, reason), envelope_id), note, alone)

    about = scale.turn_about()
    return Sealing(
        seal=compare(their_seal, times(lambda: _seal(key, note), scale.values), about),
        open=compare(their_open, times(lambda: _open(key, note, sealed), scale.values), about),
        seal_alone=compare(their_seal, times(seal_alone, scale.values), about),
        open_alone=compare(their_open, times(open_alone, scale.values), about),
    )


def _seal(key: SealingKey, note: Note) -> bytes:
    return key.seal(place_of(note, "statement"), TEXT.encode())


def _open(key: SealingKey, note: Note, sealed: bytes) -> str:
    return key.unseal(place_of(note, "statement"), sealed).decode()


def _reason() -> Reason:
    now = datetime.now(UTC)
    return Reason(new_id(), new_id(), new_id(), "consent", 1, "sspf:cooperation", now, None, str(new_id()))
