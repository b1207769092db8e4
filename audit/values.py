"""The values that an entry commits to, as canonical JSON.

    who           {"organisation":uuid|null,"rest":commitment|null,"user":uuid|null}
    who/rest      {"assignment":uuid|null,"session":uuid|null,"system":text|null}
    facts         {…}, as the event gives them
    subject       {"case":uuid|null,"person":uuid|null,"redacts":[seq,position]|null,"rest":commitment|null}
    subject/rest  {…}, the subject's other ids by name

What can be filtered by stands in the outer value, plain beside the leaf, so
that anybody can check it against the leaf without a key. The rest is sealed and
takes part through a commitment of its own, whose salt is sealed with it: ids and
facts are few enough to guess, and a plain salt would let anyone try the guesses.
``rest`` is null when there is nothing to hide.
"""

from typing import Any
from uuid import UUID

from audit.canonical import JSON, canonical
from audit.events import Part, Subject, Who


def who_value(user_id: UUID | None, organisation_id: UUID | None, rest: bytes | None) -> bytes:
    """The value that a leaf's ``who`` commits to; ``rest`` is the commitment to ``who_rest``."""
    return canonical({"organisation": _text(organisation_id), "rest": rest and rest.hex(), "user": _text(user_id)})


def who_rest(who: Who) -> dict[str, JSON]:
    """What is sealed of who did it; empty if there is nothing."""
    rest: dict[str, JSON] = {
        "assignment": _text(who.assignment_id),
        "session": _text(who.session_id),
        "system": who.system,
    }
    return rest if any(value is not None for value in rest.values()) else {}


def who_opened(user_id: UUID | None, organisation_id: UUID | None, rest: Any) -> Who:
    """Who did it, from the plain columns and the opened rest (None or empty: nothing was hidden)."""
    rest = rest or {}
    return Who(
        user_id=user_id,
        organisation_id=organisation_id,
        assignment_id=_uuid(rest.get("assignment")),
        session_id=_uuid(rest.get("session")),
        system=rest.get("system"),
    )


def subject_value(case_id: UUID | None, person_id: UUID | None, redacts: Part | None, rest: bytes | None) -> bytes:
    """The value that a leaf's ``what`` commits to for one subject; ``rest`` is the commitment to its ids."""
    return canonical(
        {
            "case": _text(case_id),
            "person": _text(person_id),
            "redacts": [redacts.seq, redacts.position] if redacts else None,
            "rest": rest and rest.hex(),
        }
    )


def subject_rest(subject: Subject) -> dict[str, JSON]:
    """What is sealed of a subject; empty if there is nothing."""
    return dict(subject.ids)


def _text(value: UUID | None) -> str | None:
    return None if value is None else str(value)


def _uuid(text: str | None) -> UUID | None:
    return None if text is None else UUID(text)
