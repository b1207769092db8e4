"""The one who acts: values only, safe to keep when the transaction is over."""

from dataclasses import dataclass
from uuid import UUID

from audit.canonical import JSON
from audit.events import Event, EventTag, Subject, Who
from auth.permissions import Role


@dataclass(frozen=True)
class Actor:
    """A signed-in person in the role and organisation chosen at sign-in.

    Made by ``auth.sessions`` for each request, from what holds at that moment. No row of
    the database is in it, so it neither goes stale inside a request nor opens anything.
    ``name`` is the member of staff's own, for pages; events carry ids alone.
    """

    user_id: UUID
    name: str
    assignment_id: UUID
    organisation_id: UUID
    role: Role
    municipality_id: UUID
    session_id: UUID

    @property
    def who(self) -> Who:
        """The actor as the trail names it."""
        return Who(
            user_id=self.user_id,
            assignment_id=self.assignment_id,
            organisation_id=self.organisation_id,
            session_id=self.session_id,
        )

    def did(self, tag: EventTag, *subjects: Subject, **facts: JSON) -> Event:
        """An event in the municipality's log: this actor did ``tag`` to ``subjects``. Not recorded yet.

        ``facts`` hold ids, kinds, purposes and codes, never what anybody said.
        """
        return Event(log=self.municipality_id, tag=tag, who=self.who, subjects=subjects, facts=facts)
