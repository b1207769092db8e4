"""What the trail needs to hide the values beside its leaves. The key and the cipher belong to the application."""

from typing import Protocol, TypeAlias
from uuid import UUID

Context: TypeAlias = tuple[str, ...]
"""What a sealed value is bound to: table, column and row id, as text."""


class Sealer(Protocol):
    """Authenticated encryption under the log's own key."""

    def seal(self, plaintext: bytes, context: Context) -> bytes:
        """Hide ``plaintext`` so that it opens only with the same ``context``."""
        ...

    def open(self, sealed: bytes, context: Context) -> bytes:
        """The plaintext again.

        Raises ``ValueError`` if these bytes were not sealed with this context:
        that is a finding about the trail. Any other exception (no key, no
        connection to it) says nothing about the trail and is passed on.
        """
        ...


def facts_context(log_id: UUID, seq: int) -> Context:
    """Where the facts of an entry are sealed."""
    return ("audit_entry_facts", "facts_sealed", f"{log_id}/{seq}")


def who_context(log_id: UUID, seq: int) -> Context:
    """Where the hidden part of who did it is sealed."""
    return ("audit_entry_facts", "who_sealed", f"{log_id}/{seq}")


def subject_context(log_id: UUID, seq: int, position: int) -> Context:
    """Where the other ids of a subject are sealed."""
    return ("audit_entry_subject", "sealed", f"{log_id}/{seq}/{position}")
