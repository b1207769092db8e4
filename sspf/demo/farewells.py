"""The story that has an end: a girl who is back in school, and the case closed in her family's own words."""

from collections.abc import Mapping
from uuid import UUID

from sqlalchemy.orm import Session

from auth.actor import Actor
from sspf.casefile.service import Farewell, close
from sspf.cases.models import Case, Reason, State, StatementKind
from sspf.demo.families import Family
from sspf.demo.troupe import Troupe
from sspf.law.kinds import Kind


def tell_of_the_one_who_made_it(troupe: Troupe, cast: Mapping[str, Family]) -> UUID:
    """Thirteen: came to school when somebody met her at the gate. What was promised is done."""
    asked = ("school", "leisure")
    case_id = troupe.open(cast["closed"], asked=asked)
    troupe.say(case_id, StatementKind.CHILD_VOICE, "Jag får ont i magen när alla tittar. Jag vill komma in först.")
    troupe.consents(
        case_id,
        present=asked,
        rows=[("coordination", "school", Kind.FAMILY_VIEW), ("school", "leisure", Kind.ATTENDANCE)],
    )
    troupe.step(case_id, State.CONSENT, State.MEETING)
    troupe.aim(case_id, "Jag vill gå till skolan utan att ha ont i magen.")
    for who, text in (("school", "Möta vid grinden på morgnarna"), ("leisure", "Visa musikrummet en lugn eftermiddag")):
        troupe.keep(case_id, who, troupe.promise(case_id, text, who=who, days=-3))
    return case_id


def say_goodbye(troupe: Troupe, case_id: UUID) -> None:
    """What it came to, said by the family, and a word to the school that goes on."""
    farewell = Farewell(
        reason=Reason.GOALS_REACHED,
        outcome="Liv: Det känns vanligt att gå till skolan nu.\nRut: Vi vet vem vi ringer om det blir jobbigt igen.",
        handover="Möt gärna upp den första dagen efter loven. Då är det svårast att komma tillbaka.",
        takes_over=troupe.place("school"),
    )

    def end(session: Session, actor: Actor, case: Case) -> None:
        close(session, actor, case, farewell)

    troupe.act("coordinator", case_id, end)
