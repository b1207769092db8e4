"""Who acts on the vault: a signed-in person, or a named part of the system acting for an organisation."""

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Protocol
from uuid import UUID

from audit.events import Who


class Acting(Protocol):
    """What the vault needs to know of whoever acts. ``auth.Actor`` and ``SystemActor`` are such."""

    @property
    def organisation_id(self) -> UUID:
        """The organisation that is acted for; only the owner discloses."""

    @property
    def municipality_id(self) -> UUID:
        """The tenant, whose log the act goes to."""

    @property
    def who(self) -> Who:
        """The actor as the trail names it: a user, a named system actor, or both."""


@dataclass(frozen=True)
class SystemActor:
    """A named part of the system, acting for ``organisation_id`` by a standing rule.

    ``by`` is the person whose act set it going, if any: a school contact's new action is
    disclosed by coordination's rule, and the trail names both.
    """

    name: str
    organisation_id: UUID
    municipality_id: UUID
    by: Who | None = None

    @property
    def who(self) -> Who:
        if self.by is None:
            return Who(organisation_id=self.organisation_id, system=self.name)
        return replace(self.by, system=self.name)


def signature(who: Who) -> str:
    """Who decided, as stored and bound into a key: the system actor's name, or else the user's id.

    Raises:
        ValueError: nobody is named; nothing is decided by nobody.
    """
    if who.system is None and who.user_id is None:
        raise ValueError("a decision needs a user or a named system actor")
    return who.system or str(who.user_id)


@lru_cache(maxsize=1024)  # the same few people sign most of what is on a page
def signed_by(text: str) -> UUID | str:
    """A signature read back: a user's id, or a system actor's name."""
    try:
        return UUID(text)
    except ValueError:
        return text
