"""What has to be in place before the first real case. Ticks itself: nobody says that a thing is done, it is."""

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy.orm import Session

from auth import queries as users
from auth.actor import Actor
from auth.models import Assignment
from auth.permissions import Role
from sspf.consents.printed.queries import has_own
from sspf.db import clock
from sspf.organisations import queries as organisations
from sspf.organisations.models import Organisation, OrganisationKind
from sspf.organisations.terms import TERMS
from sspf.texts import Text, _

TERMS_LOOKED_OVER, KINDS_LOOKED_OVER = "term.action", "kind.attendance"


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to have in place: where it is done, why, who decides it, and whether it is there."""

    title: Text
    why: Text
    decided_by: Text
    route: str
    is_done: bool


def steps(session: Session, actor: Actor) -> list[Step]:
    """Everything to have in place, in the order it is best done."""
    places = organisations.list_in_use(session, actor.municipality_id)
    looked_over = {word.name for word in organisations.list_own_words(session, actor.municipality_id)}
    now = clock.now(session)
    held = [
        each
        for user, theirs in users.list_users(session, actor.municipality_id, now=now)
        if user.confirmed_at is not None and user.disabled_at is None
        for each in theirs
    ]
    return [
        _secrecy(places),
        _organisations(places),
        *_people(held),
        Step(
            _("Kommunens beslut om åldrar"),
            _("Lagen anger ingen ålder för när den unge själv ska säga ja. Tills kommunen beslutar gäller vår tabell."),
            _("Kommunens jurist"),
            "show_ages",
            is_done=organisations.newest_ages(session, actor.municipality_id) is not None,
        ),
        Step(
            _("Kommunens samtyckesblankett"),
            _("Familjen ska få samma frågor på papper som här. Tills kommunen har en egen gäller vår."),
            _("Kommunens jurist och den som leder arbetet"),
            "list_consent_forms",
            is_done=has_own(session, actor.municipality_id),
        ),
        *_words(looked_over),
    ]


def _secrecy(places: list[Organisation]) -> Step:
    coordinations = [one for one in places if one.kind is OrganisationKind.COORDINATION]
    return Step(
        _("Samordningen och dess sekretessregel"),
        _("Var samordningen sitter avgör vilken sekretess som gäller. Utan en regel går det inte att öppna ärenden."),
        _("Kommunens jurist"),
        "list_organisations",
        is_done=bool(coordinations) and all(one.secrecy_rule for one in coordinations),
    )


def _organisations(places: list[Organisation]) -> Step:
    return Step(
        _("Organisationerna runt den unge"),
        _("Skola, socialtjänst, polis och fritid: de som familjen kan tillfrågas om."),
        _("Den som leder arbetet"),
        "list_organisations",
        is_done=len({one.kind for one in places} - {OrganisationKind.COORDINATION}) >= 2,
    )


def _people(held: list[Assignment]) -> Iterator[Step]:
    """Only accounts that somebody has confirmed count: the others open nothing."""
    coordinators = {each.user_id for each in held if each.role is Role.COORDINATOR}
    yield Step(
        _("Två %(coordinators)s", coordinators=TERMS["coordinators"]),
        _("Den ena bekräftar den andras konto, och arbetet stannar inte när någon är borta."),
        _("Den som leder arbetet"),
        "list_users",
        is_done=len(coordinators) >= 2,
    )
    yield Step(
        _("En granskare"),
        _("Någon som inte arbetar i ärendena läser loggen. Kontot bekräftas från servern."),
        _("Den som ansvarar för granskningen i kommunen"),
        "list_users",
        is_done=any(each.role is Role.AUDITOR for each in held),
    )
    yield Step(
        _("Två administratörer"),
        _("Tappar den ena sitt lösenord kan den andra hjälpa till."),
        _("Kommunens it-ansvariga"),
        "list_users",
        is_done=len({each.user_id for each in held if each.role is Role.ADMINISTRATOR}) >= 2,
    )


def _words(looked_over: set[str]) -> Iterator[Step]:
    yield Step(
        _("Era ord"),
        _("Sidorna ska tala som ni gör. Spara orden när du har sett igenom dem, även om de är bra som de är."),
        _("Den som leder arbetet"),
        "show_terms",
        is_done=TERMS_LOOKED_OVER in looked_over,
    )
    yield Step(
        _("Vad uppgifterna kallas"),
        _("Det ska stå samma sak här som på blanketten familjen skriver under."),
        _("Den som leder arbetet"),
        "show_kinds",
        is_done=KINDS_LOOKED_OVER in looked_over,
    )
