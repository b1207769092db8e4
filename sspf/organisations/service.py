"""Adds the municipality, its authorities and organisations: by an administrator, the command line or the demo."""

from uuid import UUID

from sqlalchemy.orm import Session

from audit.events import SYSTEM_LOG, Event
from audit.log import create_log, record
from auth.decisions import require
from auth.policy import By, who_of
from sspf.db import new_id
from sspf.organisations import policy
from sspf.organisations.events import OrganisationEvent
from sspf.organisations.models import Authority, LegalForm, Municipality, Organisation, OrganisationKind
from sspf.organisations.queries import forget_names
from sspf.vault.actors import SystemActor
from sspf.vault.keys import create_organisation_key


def add_municipality(session: Session, by: By, *, code: str, name: str) -> Municipality:
    """Add the tenant and begin its audit log."""
    require(policy.can_administer(by))
    municipality = Municipality(id=new_id(), code=code, name=name)
    session.add(municipality)
    create_log(session, municipality.id, f"sspf/municipality/{code}")
    record(
        session, Event(log=SYSTEM_LOG, tag=OrganisationEvent.MUNICIPALITY_ADDED, who=who_of(by), facts={"code": code})
    )
    return municipality


def add_authority(
    session: Session, by: By, *, municipality_id: UUID, name: str, legal_form: LegalForm = LegalForm.PUBLIC
) -> Authority:
    require(policy.can_administer(by))
    authority = Authority(id=new_id(), municipality_id=municipality_id, name=name, legal_form=legal_form)
    session.add(authority)
    record(
        session,
        Event(
            log=municipality_id,
            tag=OrganisationEvent.AUTHORITY_ADDED,
            who=who_of(by),
            facts={"authority": str(authority.id), "legal_form": legal_form.value},
        ),
    )
    return authority


def add_organisation(
    session: Session,
    by: By,
    *,
    authority: Authority,
    name: str,
    kind: OrganisationKind,
    secrecy_rule: str | None = None,
    is_independent_branch: bool = False,
) -> Organisation:
    """Add an organisation under an authority and make its key."""
    require(policy.can_administer(by))
    organisation = Organisation(
        id=new_id(),
        municipality_id=authority.municipality_id,
        authority_id=authority.id,
        name=name,
        kind=kind,
        secrecy_rule=secrecy_rule,
        is_independent_branch=is_independent_branch,
    )
    session.add(organisation)
    forget_names(session)
    create_organisation_key(
        session, SystemActor("set_up", organisation.id, organisation.municipality_id), organisation.id
    )
    record(
        session,
        Event(
            log=authority.municipality_id,
            tag=OrganisationEvent.ADDED,
            who=who_of(by),
            facts={"organisation": str(organisation.id), "kind": kind.value},
        ),
    )
    return organisation
