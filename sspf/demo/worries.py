"""Contacts about a worry: one that nobody's name is in, and one where the family wants to be contacted."""

from collections.abc import Callable, Mapping
from uuid import UUID

from sspf.concerns import contacting, queries, service
from sspf.concerns.contacting import Yes
from sspf.concerns.models import ConcernSource, Stage, Suspicion, Way
from sspf.concerns.telling import Account, Weighed
from sspf.db import clock, locks
from sspf.demo.troupe import Troupe
from sspf.people.basis import Basis
from sspf.people.service import Described
from sspf.vault.models import AboutKind

Kinds = Mapping[str, UUID]


def tell_worries(troupe: Troupe) -> None:
    """Both of them, as they would have been written down this week."""
    _without_a_name(troupe)
    _wants_contact(troupe)


def _without_a_name(troupe: Troupe) -> None:
    """The school is worried, and asks for advice."""

    def told(kinds: Kinds) -> Account:
        return Account(
            source=ConcernSource.SCHOOL,
            kind_id=kinds["Riskmiljö"],
            seen="Står ofta vid torget på kvällarna med äldre ungdomar. Har slutat komma till träningen och är trött.",
            basis=Basis.OTHER_TELLS,
            age=13,
            stage=Stage.UPPER,
        )

    _register(troupe, "school", told, Suspicion.UNSURE)


def _wants_contact(troupe: Troupe) -> None:
    """A father has called himself, and wants to be called back."""

    def told(kinds: Kinds) -> Account:
        return Account(
            source=ConcernSource.GUARDIAN,
            kind_id=kinds["Frånvaro"],
            seen="Har inte varit i skolan på två veckor. Vill inte prata om varför. Familjen vill ha hjälp.",
            basis=Basis.OTHER_TELLS,
            age=12,
            stage=Stage.MIDDLE,
        )

    concern_id = _register(troupe, "coordinator", told, Suspicion.NO)
    with troupe.sessions.begin() as session:
        actor, coordination = troupe.actors["coordinator"], troupe.places["coordination"]
        locks.exclusive(session, concern_id)
        concern = queries.get_concern(session, actor, concern_id)
        yes = Yes(AboutKind.GUARDIAN, actor.name, clock.today(session), Way.SPOKEN)
        contacting.record_yes(session, actor, concern, yes, coordination=coordination, owes_weighing=False)
        father = Described("Kaj", "Kaj Lövhult", contact="070-1740612, ring efter fem")
        contacting.identify(session, actor, concern, youth=Described("Sol", ""), guardians=[father])


def _register(troupe: Troupe, by: str, told: Callable[[Kinds], Account], suspicion: Suspicion) -> UUID:
    """Let one of the cast write it down, and what they make of their duty to report; its id."""
    with troupe.sessions.begin() as session:
        actor = troupe.actors[by]
        kinds = {one.label: one.id for one in queries.list_kinds(session, actor.municipality_id)}
        concern = service.register(session, actor, told(kinds), coordination=troupe.places["coordination"])
        service.weigh(session, actor, concern, Weighed(suspicion))
        return concern.id
