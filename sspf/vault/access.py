"""Leave to come to the door: for whom it opens, and how far in.

An ``Access`` is a decision already taken. Making one is saying "this organisation,
and this person in it, may come into this case", so only the policies of what has an
erasure unit may import this module (``cases``, ``concerns``, ``drafts``, ``meetings``),
with the door that reads it; an import contract says so. It opens nothing by itself:
the door adds the test that matters, whether a disclosure is live.
"""

from dataclasses import dataclass
from uuid import UUID

from audit.events import Who


@dataclass(frozen=True, slots=True)
class Access:
    """One organisation's leave to ask for what lies in some erasure units.

    ``units`` are the kind and subject of each: ``("case", case_id)`` covers what every
    authority has sealed in the case, ``("person", person_id)`` one person's parts.
    ``case_id`` and ``person_ids`` are whom the trail's entry is about.
    """

    organisation_id: UUID
    who: Who
    municipality_id: UUID
    units: frozenset[tuple[str, UUID]]
    case_id: UUID | None = None
    person_ids: tuple[UUID, ...] = ()
