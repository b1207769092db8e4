"""What may be put right in the municipality, its authorities and organisations. Nothing is ever deleted.

``read`` is the mark of what the writer had read (``overtaken``): a ``Conflict`` if somebody has changed it since.
Callers hold the lock on what they change.
"""

from sqlalchemy.orm import Session

from audit.canonical import JSON
from audit.log import record
from auth.actor import Actor
from auth.decisions import Decision, require
from sspf.db import clock, locks
from sspf.organisations import policy, queries
from sspf.organisations.events import OrganisationEvent
from sspf.organisations.models import Authority, LegalForm, Municipality, Organisation, OrganisationKind
from sspf.organisations.queries import forget_names
from sspf.overtaken import require_read


def change_municipality(
    session: Session, actor: Actor, municipality: Municipality, *, code: str, name: str, read: str
) -> None:
    """Say which municipality this is. Its log keeps the name that it was begun under."""
    require(policy.can_administer(actor))
    require_read(read, municipality.code)
    municipality.code, municipality.name = code, name
    forget_names(session)
    _record(session, actor, OrganisationEvent.MUNICIPALITY_CHANGED, code=code)


def change_authority(
    session: Session, actor: Actor, authority: Authority, *, name: str, legal_form: LegalForm, read: str
) -> None:
    require(policy.can_administer(actor))
    require_read(read, *of_authority(authority))
    authority.name, authority.legal_form = name, legal_form
    _record(
        session,
        actor,
        OrganisationEvent.AUTHORITY_CHANGED,
        authority=str(authority.id),
        legal_form=legal_form.value,
    )


def change_organisation(
    session: Session,
    actor: Actor,
    organisation: Organisation,
    *,
    name: str,
    kind: OrganisationKind,
    secrecy_rule: str | None,
    is_independent_branch: bool,
    read: str,
) -> None:
    """Put an organisation right. Its authority and where coordination sits stay as they are: records rest on that."""
    require(policy.can_administer(actor))
    require_read(read, *of_organisation(organisation))
    require(policy.can_be_of_kind(organisation, kind))
    organisation.name, organisation.kind = name, kind
    organisation.secrecy_rule, organisation.is_independent_branch = secrecy_rule, is_independent_branch
    forget_names(session)
    _record(session, actor, OrganisationEvent.CHANGED, organisation=str(organisation.id), kind=kind.value)


def of_authority(authority: Authority) -> tuple[object, ...]:
    """All of it that is written in its form."""
    return authority.name, authority.legal_form


def of_organisation(organisation: Organisation) -> tuple[object, ...]:
    """All of it that is written in its form."""
    return organisation.name, organisation.kind, organisation.secrecy_rule, organisation.is_independent_branch


def end_organisation(session: Session, actor: Actor, organisation: Organisation) -> None:
    """Take an organisation out of use: nobody is asked about it any more. What it has, it keeps."""
    # two who each take one of the last two places of coordination would leave none
    locks.exclusive(session, organisation.municipality_id)
    require(can_end(session, actor, organisation))
    if organisation.ended_at is None:
        organisation.ended_at = clock.now(session)
        _record(session, actor, OrganisationEvent.ENDED, organisation=str(organisation.id))


def resume_organisation(session: Session, actor: Actor, organisation: Organisation) -> None:
    """Take it into use again."""
    require(policy.can_administer(actor))
    if organisation.ended_at is not None:
        organisation.ended_at = None
        _record(session, actor, OrganisationEvent.RESUMED, organisation=str(organisation.id))


def can_end(session: Session, actor: Actor, organisation: Organisation) -> Decision:
    """May the organisation be taken out of use now?"""
    return policy.can_end(actor, organisation, queries.list_in_use(session, organisation.municipality_id))


def _record(session: Session, actor: Actor, tag: OrganisationEvent, **facts: JSON) -> None:
    record(session, actor.did(tag, **facts))
