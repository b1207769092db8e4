"""From an event to the rows of an entry: all that need not wait for the entry's number is done before any lock."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from audit.canonical import JSON
from audit.commitments import Kind, Salted, commit, fresh_salt
from audit.events import Event, Subject
from audit.leaf import Leaf
from audit.sealing import Context, Sealer, facts_context, subject_context, who_context
from audit.values import subject_rest, subject_value, who_rest, who_value


@dataclass(frozen=True, slots=True)
class Rows:
    """One entry, ready to insert: the leaf's bytes and the values of the rows beside it."""

    leaf: bytes
    facts: dict[str, Any]
    subjects: list[dict[str, Any]]


class Draft:
    """An event whose commitments are made and which only lacks its number and time.

    Takes the event as it is now: what the caller changes in it afterwards changes nothing.
    Raises ``NotCanonicalError`` (a ``ValueError``) if facts or ids have no canonical form.
    """

    def __init__(self, event: Event) -> None:
        self.event = event
        self._facts = Salted.of(event.facts)
        self._who_salt = fresh_salt()
        self._who_rest = _Rest(Kind.WHO_REST, who_rest(event.who))
        who = who_value(event.who.user_id, event.who.organisation_id, self._who_rest.commitment)
        self._who = commit(Kind.WHO, self._who_salt, who)
        self._subjects = [_DraftSubject(subject) for subject in event.subjects]

    def place(self, seq: int, at: datetime, sealer: Sealer) -> Rows:
        """This entry as number ``seq`` of its log, with sealed what must be."""
        event, log = self.event, self.event.log
        what = (self._facts.commitment(Kind.FACTS), *(subject.commitment for subject in self._subjects))
        leaf = Leaf(log=log, seq=seq, at=at, event=str(event.tag), who=self._who, what=what)
        facts = {
            "log_id": log,
            "seq": seq,
            "event": leaf.event,
            "at": at,
            "user_id": event.who.user_id,
            "organisation_id": event.who.organisation_id,
            "who_salt": self._who_salt,
            "who_rest": self._who_rest.commitment,
            "who_sealed": self._who_rest.seal(sealer, who_context(log, seq)),
            "facts_sealed": sealer.seal(self._facts.to_bytes(), facts_context(log, seq)),
        }
        subjects = [
            {"log_id": log, "seq": seq, "position": position}
            | subject.columns(sealer, subject_context(log, seq, position))
            for position, subject in enumerate(self._subjects, start=1)
        ]
        return Rows(leaf.to_bytes(), facts, subjects)


class _Rest:
    """The part of a value that is sealed, under a commitment of its own; or nothing."""

    def __init__(self, kind: Kind, value: dict[str, JSON]) -> None:
        self._salted = Salted.of(value) if value else None
        self.commitment = self._salted.commitment(kind) if self._salted else None

    def seal(self, sealer: Sealer, context: Context) -> bytes | None:
        return sealer.seal(self._salted.to_bytes(), context) if self._salted else None


class _DraftSubject:
    """One subject with its commitment."""

    def __init__(self, subject: Subject) -> None:
        self._subject = subject
        self._salt = fresh_salt()
        self._rest = _Rest(Kind.SUBJECT_REST, subject_rest(subject))
        value = subject_value(subject.case_id, subject.person_id, subject.redacts, self._rest.commitment)
        self.commitment = commit(Kind.SUBJECT, self._salt, value)

    def columns(self, sealer: Sealer, context: Context) -> dict[str, Any]:
        subject = self._subject
        return {
            "case_id": subject.case_id,
            "person_id": subject.person_id,
            "redacts_seq": subject.redacts and subject.redacts.seq,
            "redacts_position": subject.redacts and subject.redacts.position,
            "salt": self._salt,
            "rest": self._rest.commitment,
            "sealed": self._rest.seal(sealer, context),
        }
