"""Adds the municipality, its authorities and organisations; from the command line and the demo in this version."""

from uuid import UUID

from sqlalchemy.orm import Session

from audit.events import SYSTEM_LOG, Event, Who
from audit.log import create_log, record
from sspf.db import new_id
from sspf.organisations.events import OrganisationEvent
from sspf.organisations.models import Authority, LegalForm, Municipality, Organisation, OrganisationKind
from sspf.organisations.queries import forget_names
from sspf.vault.actors import SystemActor
from sspf.vault.keys import create_organisation_key


def add_municipality(session: Session, who: Who, *, code: str, name: str) -> Municipality:
    """Add the tenant and begin its audit log."""
    municipality = Municipality(id=new_id(), code=code, name=name)
    session.add(municipality)
    create_log(session, municipality.id, f"sspf/municipality/{code}")
    record(session, Event(log=SYSTEM_LOG, tag=OrganisationEvent.MUNICIPALITY_ADDED, who=who, facts={"code": code}))
    return municipality


def add_authority(
    session: Session, who: Who, *, municipality_id: UUID, name: str, legal_form: LegalForm = LegalForm.PUBLIC
) -> Authority:
    authority = Authority(id=new_id(), municipality_id=municipality_id, name=name, legal_form=legal_form)
    session.add(authority)
    record(
        session,
        Event(
            log=municipality_id,
            tag=OrganisationEvent.AUTHORITY_ADDED,
            who=who,
            facts={"authority": str(authority.id), "legal_form": legal_form.value},
        ),
    )
    return authority


def add_organisation(
    session: Session,
    who: Who,
    *,
    authority: Authority,
    name: str,
    kind: OrganisationKind,
    secrecy_rule: str | None = None,
    is_independent_branch: bool = False,
) -> Organisation:
    """Add an organisation under an authority and make its key."""
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
            who=who,
            facts={"organisation": str(organisation.id), "kind": kind.value},
        ),
    )
    return organisation
