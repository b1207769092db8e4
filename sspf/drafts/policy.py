"""Who may open a draft: whoever wrote it, in the organisation they wrote it for, and nobody else."""

from auth.actor import Actor
from sspf.drafts.models import Draft
from sspf.errors import NotFound
from sspf.vault.access import Access


def access_to(actor: Actor, draft: Draft) -> Access:
    """Leave for ``actor`` to ask the vault's door about their own draft.

    Raises:
        NotFound: it is somebody else's, or their own in another assignment.
    """
    if (draft.user_id, draft.organisation_id) != (actor.user_id, actor.organisation_id):
        raise NotFound
    return Access(
        organisation_id=actor.organisation_id,
        who=actor.who,
        municipality_id=actor.municipality_id,
        units=frozenset({("draft", draft.series_id)}),
    )
