"""The detail of an action: what one organisation tells, of one kind, to those it chooses among whom the family allows.

Owner and source are the writer's organisation, and the grounds are judged like a note's
(``notes.telling``): once for the preview and once more, under the case's exclusive lock, when it is saved.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy.orm import Session

from audit.events import Subject
from audit.log import record
from auth.actor import Actor
from auth.decisions import require
from sspf.cases.models import Case
from sspf.errors import Conflict, ValidationFailed
from sspf.law.kinds import Kind
from sspf.notes.drafts import KINDS
from sspf.notes.telling import write_and_tell
from sspf.plans import policy, queries
from sspf.plans.events import DetailTag
from sspf.plans.models import Action, ActionDetail
from sspf.texts import _
from sspf.vault.reading import Reading
from sspf.vault.writing import About, AboutKind

LONGEST = 500


@dataclass(frozen=True, slots=True)
class DetailDraft:
    """A detail before it is saved. It is about the youth: what is about somebody else is a note."""

    kind: Kind
    about: About
    source_id: UUID
    wording: str
    recipients: frozenset[UUID] = frozenset()

    def __repr__(self) -> str:
        return "DetailDraft(***)"


def draft_of(actor: Actor, case: Case, *, kind: Kind, wording: str, recipients: Sequence[UUID] = ()) -> DetailDraft:
    """What the actor's own organisation would tell."""
    about = About(AboutKind.YOUTH, case.youth_id)
    return DetailDraft(kind, about, actor.organisation_id, wording, frozenset(recipients))


def write_detail(
    session: Session,
    actor: Actor,
    case: Case,
    reading: Reading,
    action: Action,
    draft: DetailDraft,
    *,
    replaces: UUID | None,
) -> ActionDetail:
    """Write the detail of the actor's organisation, in place of the one its writer has read (None: there was none).

    ``reading`` shows everything around the action; what was shared of the old wording ends.

    Raises:
        Conflict: a colleague has written another since.
        GroundGone: one of ``draft.recipients`` has no ground now.
        ValidationFailed: it cannot be kept.
    """
    require(policy.can_detail(actor, case, action.organisation_id))
    check(draft)
    current = queries.own_detail(session, reading, actor, action)
    if (current.id if current else None) != replaces:
        raise Conflict
    detail = ActionDetail(municipality_id=case.municipality_id, action_id=action.id, replaces_id=replaces)
    told = write_and_tell(
        session,
        actor,
        case,
        detail,
        draft,
        fields={"wording": draft.wording},
        replaces=current.envelope_id if current else None,
    )
    ids = {"action": str(action.id), "detail": str(detail.id)}
    record(session, actor.did(DetailTag.WRITTEN, Subject(case_id=case.id, ids=ids), recipients=told))
    return detail


def check(draft: DetailDraft) -> None:
    """What a form cannot know, or a caller without a form could get wrong.

    Raises:
        ValidationFailed: it cannot be kept.
    """
    errors = {}
    if draft.kind not in KINDS:
        errors["kind"] = _("Välj ett av slagen.")
    if not draft.wording.strip():
        errors["detail"] = _("Skriv vad mottagaren behöver veta.")
    elif len(draft.wording) > LONGEST:
        errors["detail"] = _("Skriv kortare: högst %(most)s tecken.", most=LONGEST)
    if errors:
        raise ValidationFailed(**errors)
