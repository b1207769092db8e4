"""The names behind the ids in a log: staff, organisations, and cases by reference and alias. Never a family's."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from audit.events import SYSTEM_LOG
from sspf.texts import Text, _


@dataclass(frozen=True, slots=True)
class CaseName:
    """What a case may be called before somebody who may not read it."""

    reference: str
    alias: str

    def __str__(self) -> str:
        return f"{self.reference} {self.alias}"


@dataclass(frozen=True, slots=True)
class Names:
    """All staff and organisations of the municipality, and the cases that were asked for."""

    municipality_id: UUID
    users: Mapping[UUID, str]
    organisations: Mapping[UUID, str]
    cases: Mapping[UUID, CaseName]

    def of(self, record_id: UUID) -> Text | str | None:
        """The name behind an id, or None if it is none of these."""
        if record_id == SYSTEM_LOG:
            return _("systemets logg")
        if record_id == self.municipality_id:
            return _("kommunens logg")
        case = self.cases.get(record_id)
        return self.users.get(record_id) or self.organisations.get(record_id) or (str(case) if case else None)

    def who(self, user_id: UUID | None, event: str) -> Text | str:
        """Who did it: a member of staff, somebody who was not let in, or the system itself."""
        if user_id is not None:
            return self.users.get(user_id) or str(user_id)
        return _("Okänd") if event.endswith("refused") else _("Systemet")
