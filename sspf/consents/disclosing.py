"""The one way a consent becomes a disclosure: bound to its end and to every consent it needs."""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy.orm import Session

from sspf.consents.queries import ConsentGround
from sspf.law.grounds import RULES, Ground
from sspf.law.purposes import Purpose
from sspf.vault.actors import Acting
from sspf.vault.disclosing import disclose


def tell(session: Session, owner: Acting, envelope_ids: Collection[UUID], *, to: UUID, ground: ConsentGround) -> None:
    """Let ``to`` read what ``owner``'s organisation owns, as long as the consents in ``ground`` last."""
    disclose(
        session,
        owner,
        sorted(set(envelope_ids)),
        to=to,
        ground=Ground.CONSENT,
        rule_version=RULES[Ground.CONSENT].version,
        purpose=Purpose.COOPERATION,
        until=ground.until,
        resting_on=list(ground.consent_ids),
    )
