"""Who may know of a concern, and what may be done with it next. Pure: everything asked about is already loaded."""

from collections.abc import Container
from datetime import datetime

from auth.actor import Actor
from auth.decisions import ALLOW, Decision, deny
from auth.permissions import Permission, holds
from sspf.concerns.models import Concern, ConcernState
from sspf.errors import NotFound
from sspf.organisations.models import Organisation
from sspf.organisations.terms import TERMS
from sspf.texts import Text, _
from sspf.vault.access import Access


def access_to(actor: Actor, concern: Concern) -> Access:
    """Leave for ``actor`` to ask the vault's door about ``concern``; the persons in it for coordination alone.

    Raises:
        NotFound: the actor may not know of the concern.
    """
    if not may_enter(actor, concern):
        raise NotFound
    person_ids = tuple(person.person_id for person in concern.people) if leads(actor, concern) else ()
    return Access(
        organisation_id=actor.organisation_id,
        who=actor.who,
        municipality_id=actor.municipality_id,
        units=frozenset({("concern", concern.id), *(("person", person_id) for person_id in person_ids)}),
        person_ids=person_ids,
    )


def may_enter(actor: Actor, concern: Concern) -> bool:
    """The same rule as ``queries.visible_to``, for a concern that is loaded."""
    if concern.municipality_id != actor.municipality_id or not holds(actor, Permission.CONCERN_REGISTER):
        return False
    return leads(actor, concern) or is_own(actor, concern)


def leads(actor: Actor, concern: Concern) -> bool:
    """Whether the actor is of the coordination that the concern was for."""
    return holds(actor, Permission.CONCERN_LEAD) and concern.coordination_id == actor.organisation_id


def is_own(actor: Actor, concern: Concern) -> bool:
    """Whether the actor wrote it down, for the organisation it acts for now."""
    return concern.registered_by == actor.user_id and concern.organisation_id == actor.organisation_id


def can_register(actor: Actor) -> Decision:
    if not holds(actor, Permission.CONCERN_REGISTER):
        return deny(_("Din roll skriver inte in kontakter om oro."))
    return ALLOW


def can_correct(actor: Actor, concern: Concern) -> Decision:
    """May what was told be put right? By those who wrote it down, coordination for as long as it is not over.

    To a contact nothing says whether it is over, so what it told may be put right always.
    """
    if concern.organisation_id != actor.organisation_id:
        return deny(_("Bara de som skrev in %(concern)s kan rätta det som står.", concern=TERMS["concern_the"]))
    if leads(actor, concern) and concern.has_ended:
        return deny(_GONE_ON)
    return can_register(actor)


def can_weigh(actor: Actor, concern: Concern) -> Decision:
    """Whoever may know of the concern has a duty of its own, also when it is over."""
    return can_register(actor)


def has_gone_on(concern: Concern) -> bool:
    """Whether it is past the time for advice without a name."""
    return concern.state not in _BEFORE_THE_YES


def can_advise(actor: Actor, concern: Concern, *, owes_weighing: bool) -> Decision:
    return _can_lead(actor, concern, _BEFORE_THE_YES, owes_weighing=owes_weighing)


def can_record_yes(actor: Actor, concern: Concern, coordination: Organisation, *, owes_weighing: bool) -> Decision:
    """May the family's yes be written down, and with it their names? Or put right, once it is?"""
    if coordination.secrecy_rule is None:
        return deny(
            _(
                "Det är inte bestämt vilken sekretessregel som gäller där samordningen sitter. "
                "Kommunens jurist behöver avgöra det innan någon familj skrivs in."
            )
        )
    open_states = {ConcernState.NEW, ConcernState.ADVISED, ConcernState.KONTAKT_JA}
    return _can_lead(actor, concern, open_states, owes_weighing=owes_weighing)


def can_identify(actor: Actor, concern: Concern, at: datetime) -> Decision:
    """May names be written down, or put right? Only on the family's yes, while it holds."""
    if not leads(actor, concern):
        return deny(_ONLY_COORDINATION)
    if concern.state is not ConcernState.KONTAKT_JA:
        return deny(_("Namn skrivs in först när familjen har sagt ja till kontakt."))
    return _yes_holds(concern, at)


def can_inform(actor: Actor, concern: Concern) -> Decision:
    """May it be written down that the family has been told, or put right? Owed from when a name was written down."""
    if not leads(actor, concern):
        return deny(_ONLY_COORDINATION)
    if not concern.must_inform and (concern.informed_on is None or concern.state is ConcernState.ENDED):
        return deny(_("Det finns inga uppgifter om någon att informera om."))
    return ALLOW


def can_open_case(actor: Actor, concern: Concern, at: datetime) -> Decision:
    """May a case be opened from it? Only after the family's yes, and while it holds."""
    if not leads(actor, concern):
        return deny(_ONLY_COORDINATION)
    if concern.state is not ConcernState.KONTAKT_JA:
        return deny(_("Ett ärende öppnas när familjen har sagt ja till kontakt."))
    return _yes_holds(concern, at)


def can_end(actor: Actor, concern: Concern, *, owes_weighing: bool) -> Decision:
    open_states = {ConcernState.NEW, ConcernState.ADVISED, ConcernState.KONTAKT_JA}
    return _can_lead(actor, concern, open_states, owes_weighing=owes_weighing)


_BEFORE_THE_YES = frozenset({ConcernState.NEW, ConcernState.ADVISED})
_GONE_ON: Text = _(
    "Någon har redan gått vidare med %(concern)s. Ladda sidan och se hur det står.",
    concern=TERMS["concern_the"],
)
_ONLY_COORDINATION: Text = _(
    "Bara %(coordinator)s går vidare med %(concern)s.",
    coordinator=TERMS["coordinator_the"],
    concern=TERMS["concern_the"],
)


def _yes_holds(concern: Concern, at: datetime) -> Decision:
    if concern.identity_until is None or concern.identity_until <= at:
        return deny(_("Familjens ja har gått ut. Fråga dem igen om de vill ha kontakt."))
    return ALLOW


def _can_lead(actor: Actor, concern: Concern, states: Container[ConcernState], *, owes_weighing: bool) -> Decision:
    """The duty to report comes before everything else that can be done."""
    if not leads(actor, concern):
        return deny(_ONLY_COORDINATION)
    if concern.state not in states:
        return deny(_GONE_ON)
    if owes_weighing:
        return deny(_("Ta ställning till orosanmälan först."))
    return ALLOW
