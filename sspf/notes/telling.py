"""What an organisation writes down for those who may know: judged, sealed as its own record, and told. Never commits.

Notes and the details of actions go this way. The case's lock is held exclusively: what is
judged here must still be so when it is saved.
"""

from collections.abc import Mapping, Sequence
from uuid import UUID

from sqlalchemy.orm import Session

from auth.actor import Actor
from sspf.cases.models import Case
from sspf.consents.disclosing import tell
from sspf.errors import Conflict
from sspf.notes import queries
from sspf.notes.drafts import Outcome, Telling
from sspf.organisations import queries as organisations
from sspf.texts import _
from sspf.vault.columns import Sealable
from sspf.vault.ending import end_disclosures_of
from sspf.vault.writing import Unit, seal


class GroundGone(Conflict):
    """Somebody it was meant for may not see it any more; nothing has been saved."""

    def __init__(self, outcomes: Sequence[Outcome]) -> None:
        self.outcomes = outcomes
        super().__init__(_("Det som får delas har ändrats. Se efter vilka som får ta del av anteckningen nu."))


def write_and_tell(
    session: Session,
    actor: Actor,
    case: Case,
    row: Sealable,
    telling: Telling,
    *,
    fields: Mapping[str, str],
    replaces: UUID | None,
) -> int:
    """Seal ``fields`` into ``row`` and let each recipient read it, on the family's yes; returns how many they are.

    ``replaces`` is the envelope of the wording before: what was shared of that ends, for its recipients
    have been chosen anew.

    Raises:
        GroundGone: one of the recipients has no ground now.
    """
    outcomes = queries.outcomes(session, actor, case, telling)
    grounds = {outcome.organisation_id: outcome.ground for outcome in outcomes if outcome.ground is not None}
    if len(grounds) < len(outcomes):
        raise GroundGone(outcomes)
    own = organisations.get_organisation(session, case.municipality_id, actor.organisation_id)
    seal(
        session,
        actor,
        row,
        unit=Unit("case", case.id, own.authority_id),
        owner=own.id,
        source=telling.source_id,
        kind=telling.kind,
        about=telling.about,
        fields=fields,
        replaces=replaces,
    )
    session.add(row)
    for organisation_id, ground in grounds.items():
        tell(session, actor, [row.envelope_id], to=organisation_id, ground=ground)
    if replaces is not None:
        end_disclosures_of(session, actor, replaces, reason="corrected")
    return len(outcomes)
