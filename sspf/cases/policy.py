"""Who may come in, and what they may do there. Pure: everything asked about is already loaded."""

from collections.abc import Sequence
from datetime import datetime

from auth.actor import Actor
from auth.decisions import ALLOW, Decision, deny
from auth.permissions import Permission, holds
from sspf.cases.models import Case, Participation, State
from sspf.errors import NotFound
from sspf.organisations.models import Organisation, OrganisationKind
from sspf.organisations.terms import TERMS
from sspf.texts import _
from sspf.vault.access import Access


def access_to(actor: Actor, case: Case, at: datetime) -> Access:
    """Leave for ``actor`` to ask the vault's door about ``case``: the one decision.

    Coordination comes in to its own cases, and where somebody has protected identity only its
    coordinator and those named there; a contact where its organisation takes part at ``at`` and the
    user is named. Anyone else is told that the case does not exist.

    Raises:
        NotFound: the actor may not know of the case.
    """
    if not may_enter(actor, case, at):
        raise NotFound
    person_ids = tuple(person.person_id for person in case.people)
    return Access(
        organisation_id=actor.organisation_id,
        who=actor.who,
        municipality_id=actor.municipality_id,
        units=frozenset({("case", case.id), *(("person", person_id) for person_id in person_ids)}),
        case_id=case.id,
        person_ids=person_ids,
    )


def may_enter(actor: Actor, case: Case, at: datetime) -> bool:
    """The same rule as ``queries.visible_to``, for a case that is loaded."""
    if case.municipality_id != actor.municipality_id:
        return False
    if holds(actor, Permission.CASE_OPEN):
        is_own = case.coordination_id == actor.organisation_id
        return is_own and (not case.is_protected or case.coordinator_id == actor.user_id or is_named(actor, case))
    return holds(actor, Permission.CASE_READ) and is_named(actor, case) and takes_part(actor, case.participations, at)


def is_named(actor: Actor, case: Case) -> bool:
    return any(
        member.user_id == actor.user_id and member.ended_at is None
        for party in case.parties
        if party.organisation_id == actor.organisation_id
        for member in party.members
    )


def takes_part(actor: Actor, participations: Sequence[Participation], at: datetime) -> bool:
    return any(spell.organisation_id == actor.organisation_id and spell.is_live(at) for spell in participations)


def can_open_case(actor: Actor, coordination: Organisation) -> Decision:
    """May this coordinator open a case where coordination sits?"""
    if not holds(actor, Permission.CASE_OPEN):
        return deny(_("Bara %(coordinator)s kan öppna ett ärende.", coordinator=TERMS["coordinator_the"]))
    if coordination.kind is not OrganisationKind.COORDINATION:
        return deny(_("Bara den samordnande enheten kan öppna ett ärende."))
    if coordination.secrecy_rule is None:
        return deny(
            _(
                "Det är inte bestämt vilken sekretessregel som gäller där samordningen sitter. "
                "Kommunens jurist behöver avgöra det först."
            )
        )
    return ALLOW


def can_change_state(actor: Actor, case: Case) -> Decision:
    if not holds(actor, Permission.CASE_STATE):
        return deny(_("Bara %(coordinator)s kan flytta ärendet.", coordinator=TERMS["coordinator_the"]))
    return is_open(case)


def can_close(actor: Actor, case: Case) -> Decision:
    if not holds(actor, Permission.CASE_CLOSE):
        return deny(_("Bara %(coordinator)s kan avsluta ärendet.", coordinator=TERMS["coordinator_the"]))
    return is_open(case)


def can_change_participants(actor: Actor, case: Case) -> Decision:
    if not holds(actor, Permission.CASE_PARTICIPANTS):
        return deny(_("Bara %(coordinator)s kan ändra vilka som deltar.", coordinator=TERMS["coordinator_the"]))
    return is_open(case)


def can_protect(actor: Actor) -> Decision:
    """Whatever state the case is in: a threat does not wait for it to be opened again."""
    if not holds(actor, Permission.CASE_PROTECT):
        return deny(_("Bara %(coordinator)s markerar skyddade uppgifter.", coordinator=TERMS["coordinator_the"]))
    return ALLOW


def can_reopen(actor: Actor, case: Case) -> Decision:
    if not holds(actor, Permission.CASE_CLOSE):
        return deny(_("Bara %(coordinator)s kan öppna ärendet igen.", coordinator=TERMS["coordinator_the"]))
    return ALLOW if case.state is State.CLOSED else deny(_("Ärendet är inte avslutat."))


def can_write_statement(actor: Actor, case: Case) -> Decision:
    if not holds(actor, Permission.CASE_STATE):
        return deny(_("Bara %(coordinator)s skriver här.", coordinator=TERMS["coordinator_the"]))
    return is_open(case)


def is_open(case: Case) -> Decision:
    """A closed case takes no more, from anybody."""
    return deny(_("Ärendet är avslutat.")) if case.state is State.CLOSED else ALLOW
