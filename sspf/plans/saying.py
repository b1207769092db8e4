"""How something becomes coordination's words to everyone at the table: sealed, shared, and in place of what was said.

Goals, what actions say and comments on them are coordination's record whoever writes
them: owner and source are coordination, the kind is ``actions``, and they reach whom the
waivers name. The case's lock is held exclusively.
"""

from uuid import UUID

from sqlalchemy.orm import Session

from auth.actor import Actor
from sspf.cases.models import Case
from sspf.cases.recording import seal_for_coordination
from sspf.consents.settling import share
from sspf.law.kinds import Kind
from sspf.vault.actors import SystemActor
from sspf.vault.columns import Sealable
from sspf.vault.ending import end_disclosures_of


def say(
    session: Session, actor: Actor, case: Case, row: Sealable, wording: str, *, replaces: UUID | None = None
) -> None:
    """Put ``wording`` into ``row`` and share it; what was shared of the envelope it replaces ends."""
    _seal(session, actor, case, row, wording, replaces)
    share(session, actor, case, [row.envelope_id], kind=Kind.ACTIONS)
    if replaces is not None:
        _tell_no_more(session, actor, case, replaces, reason="reworded")


def unsay(session: Session, actor: Actor, case: Case, envelope_id: UUID, empty: Sealable) -> None:
    """Nobody but coordination reads it from the next request on.

    ``empty`` takes its place without a word: whoever comes to the table later is told what stands, and this must not.
    """
    _seal(session, actor, case, empty, "", envelope_id)
    _tell_no_more(session, actor, case, envelope_id, reason="removed")


def _seal(session: Session, actor: Actor, case: Case, row: Sealable, wording: str, replaces: UUID | None) -> None:
    fields = {"wording": wording}
    seal_for_coordination(session, actor, case, row, kind=Kind.ACTIONS, fields=fields, replaces=replaces)


def _tell_no_more(session: Session, actor: Actor, case: Case, envelope_id: UUID, *, reason: str) -> None:
    coordination = SystemActor("reworded_action", case.coordination_id, case.municipality_id, by=actor.who)
    end_disclosures_of(session, coordination, envelope_id, reason)
