"""What an organisation puts on its own record of a contact, about nobody in particular, and lets another read.

The concern's lock is held exclusively, except while registering one that nobody knows of yet.
"""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from auth.actor import Actor
from sspf.concerns.models import Concern
from sspf.law.grounds import RULES, Ground
from sspf.law.purposes import Purpose
from sspf.organisations.models import Organisation
from sspf.vault.columns import Sealable
from sspf.vault.disclosing import disclose
from sspf.vault.writing import About, AboutKind, Unit, seal

_RULE = RULES[Ground.UNNAMED]


def seal_unnamed(
    session: Session,
    actor: Actor,
    own: Organisation,
    concern: Concern,
    row: Sealable,
    *,
    kind: str,
    fields: Mapping[str, str],
    replaces: Sealable | None = None,
) -> None:
    """Seal ``fields`` into ``row`` on the record of ``own`` and add it; ``replaces`` is the wording it corrects.

    It is erased with that authority's part of the concern.
    """
    seal(
        session,
        actor,
        row,
        unit=Unit("concern", concern.id, own.authority_id),
        owner=own.id,
        source=own.id,
        kind=kind,
        about=About(AboutKind.OTHER),
        fields=fields,
        replaces=replaces.envelope_id if replaces else None,
    )
    session.add(row)


def tell(session: Session, actor: Actor, row: Sealable, *, to: UUID, until: datetime | None) -> None:
    """Let another organisation read what says nothing of who it is."""
    disclose(
        session,
        actor,
        [row.envelope_id],
        to=to,
        ground=Ground.UNNAMED,
        rule_version=_RULE.version,
        purpose=Purpose.COOPERATION,
        until=until,
    )
