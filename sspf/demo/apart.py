"""Two stories that go another way: a protected identity, and an association where nobody has an account."""

from collections.abc import Mapping

from sqlalchemy.orm import Session

from auth.actor import Actor
from sspf.cases.models import Case, State, StatementKind
from sspf.cases.seating import add_guest
from sspf.consents.lasting import end_of
from sspf.demo.families import Family
from sspf.demo.given import ON_PAPER, Given
from sspf.demo.troupe import Troupe
from sspf.law.kinds import Kind


def tell_of_the_protected(troupe: Troupe, cast: Mapping[str, Family]) -> None:
    """The mother and the child have skyddad folkbokföring: two may help, and neither is told who they are."""
    case_id = troupe.open(cast["protected"], asked=("school", "social"))
    troupe.say(case_id, StatementKind.CHILD_VOICE, "Jag vill veta vilka vuxna som vet, och att de andra inte gör det.")
    troupe.consents(case_id, present=("school", "social"), rows=[("school", "social", Kind.SCHOOL)])
    troupe.step(case_id, State.CONSENT, State.MEETING)
    troupe.promise(case_id, "Ordna en egen ingång och en vuxen att gå till", who="school", days=2)


def tell_of_the_association(troupe: Troupe, cast: Mapping[str, Family]) -> None:
    """A leader in the swimming club takes part by word of mouth, under a förbehåll. The family has just renewed."""
    case_id = troupe.open(cast["association"], asked=("school",))

    def name_the_leader(session: Session, actor: Actor, case: Case) -> None:
        add_guest(
            session, actor, case, organisation_id=troupe.place("club"), name="Maj Sjöstrand, simledare", reserved=True
        )

    troupe.act("coordinator", case_id, name_the_leader)
    troupe.say(case_id, StatementKind.CHILD_VOICE, "I vattnet är det ingen som bråkar med mig.")
    for given in (Given(days_ago=170, until=end_of(troupe.day(12))), ON_PAPER):
        troupe.consents(case_id, present=("school", "club"), rows=[("club", "school", Kind.LEISURE)], given=given)
    troupe.step(case_id, State.CONSENT, State.MEETING)
    troupe.promise(case_id, "Erbjuda en plats i tisdagsgruppen", who="club", days=4)
    troupe.promise(case_id, "Se till att tisdagarna slutar i tid", who="school", days=6)
