"""What waits for the coordinator. From plain columns alone: a start page opens no seals."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from audit.events import Subject
from audit.log import record
from auth.actor import Actor
from sspf.cases import queries as cases
from sspf.cases.events import CaseEvent
from sspf.cases.models import Case, State
from sspf.texts import Text, _

MOST = 8


@dataclass(frozen=True, slots=True)
class Waiting:
    """One line of "Väntar på dig": which case, and what to do there."""

    case: Case
    why: Text
    tone: str


def waiting_for(session: Session, actor: Actor) -> list[Waiting]:
    """Cases in which the next step is the coordinator's, the most pressing kind first."""
    lapsed = cases.list_lapsed(session, actor, limit=MOST)
    found = [Waiting(case, _("Samtycket har gått ut. Ingen annan ser ärendet nu."), "danger") for case in lapsed]
    for state, why, tone in (
        (State.WITHDRAWN, _("Familjen har tagit tillbaka sitt ja. Avsluta ärendet."), "warning"),
        (State.DECLINED, _("Familjen tackade nej. Avsluta ärendet."), "sand"),
        (State.CONSENT, _("Väntar på familjens svar."), "warning"),
        (State.INFORMATION, _("Informera familjen och be om samtycke."), "info"),
    ):
        page = cases.list_cases(session, actor, state=state, limit=MOST)
        found += [Waiting(case, why, tone) for case in page.cases]
    return found[:MOST]


def newest_cases(session: Session, actor: Actor) -> list[Case]:
    """The newest cases, for the start page; that they were listed is on the record."""
    found = cases.list_cases(session, actor, limit=MOST).cases
    record(session, actor.did(CaseEvent.LISTED, *(Subject(case_id=case.id) for case in found), page="start"))
    return found
