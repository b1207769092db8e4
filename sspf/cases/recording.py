"""Coordination's own record of a case: whoever writes it down, coordination owns it and answers for it.

The case's lock is held exclusively. Who else is told of it is decided by whoever calls.
"""

from collections.abc import Mapping
from uuid import UUID

from sqlalchemy.orm import Session

from auth.actor import Actor
from sspf.cases.models import Case
from sspf.vault.columns import Sealable
from sspf.vault.writing import About, AboutKind, Unit, seal


def seal_for_coordination(
    session: Session,
    actor: Actor,
    case: Case,
    row: Sealable,
    *,
    kind: str,
    fields: Mapping[str, str],
    about: About | None = None,
    replaces: UUID | None = None,
) -> UUID:
    """Seal ``fields`` into ``row`` and add it; returns its envelope. About the youth, unless it is said about whom.

    ``replaces`` is the envelope it corrects.
    """
    envelope_id = seal(
        session,
        actor,
        row,
        unit=Unit("case", case.id, case.authority_id),
        owner=case.coordination_id,
        source=case.coordination_id,
        kind=kind,
        about=about or About(AboutKind.YOUTH, case.youth_id),
        fields=fields,
        replaces=replaces,
    )
    session.add(row)
    return envelope_id
