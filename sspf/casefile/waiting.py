"""What waits for the coordinator. From plain columns alone: a start page opens no seals."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from audit.events import Subject
from audit.log import record
from auth.actor import Actor
from sspf.cases import queries as cases
from sspf.cases.events import CaseEvent
from sspf.cases.models import Case, State
from sspf.concerns import queries as concerns
from sspf.concerns.events import ConcernEvent
from sspf.concerns.models import Concern
from sspf.consents import queries as consents
from sspf.texts import Text, _

MOST = 8

# What waits in a case that is there, and how it looks; the most pressing first.
_STEPS: dict[State, tuple[Text, str]] = {
    State.WITHDRAWN: (_("Familjen har tagit tillbaka sitt ja. Avsluta ärendet."), "warning"),
    State.DECLINED: (_("Familjen tackade nej. Avsluta ärendet."), "sand"),
    State.CONSENT: (_("Väntar på familjens svar."), "warning"),
    State.INFORMATION: (_("Informera familjen och be om samtycke."), "info"),
}
_LAPSED = (_("Samtycket har gått ut. Ingen annan ser ärendet nu."), "danger")
_RECEIVED = (_("Någon har tagit emot en återkallelse. Ta reda på vem som har ändrat sig."), "danger")


@dataclass(frozen=True, slots=True)
class Waiting:
    """One line of "Väntar på dig": which case, and what to do there."""

    case: Case
    why: Text
    tone: str


def waiting_for(session: Session, actor: Actor) -> list[Waiting]:
    """Cases in which the next step is the coordinator's, the most pressing kind first."""
    lapsed = cases.list_lapsed(session, actor, limit=MOST)
    stepping = cases.list_in_states(session, actor, [*_STEPS], limit=MOST)
    received = consents.with_received_withdrawal(session, [case.id for case in [*lapsed, *stepping]])
    found = [Waiting(case, *(_RECEIVED if case.id in received else _LAPSED)) for case in lapsed]
    found += [Waiting(case, *(_RECEIVED if case.id in received else _STEPS[case.state])) for case in stepping]
    return found[:MOST]


def concerns_for(session: Session, actor: Actor, today: date) -> list[Concern]:
    """Contacts about a worry that wait for the coordinator, the most pressing first."""
    return concerns.list_waiting(session, actor, today, limit=MOST)


def record_concerns_listed(session: Session, actor: Actor, shown: Iterable[Concern]) -> None:
    """Put on record which contacts the start page named."""
    subjects = (Subject(ids={"concern": str(concern.id)}) for concern in shown)
    record(session, actor.did(ConcernEvent.LISTED, *subjects, page="start"))


def newest_cases(session: Session, actor: Actor) -> list[Case]:
    """The newest cases, for the start page."""
    return cases.list_cases(session, actor, limit=MOST).cases


def record_listed(session: Session, actor: Actor, shown: Iterable[Case]) -> None:
    """Put on record which cases the start page named, each once."""
    case_ids = dict.fromkeys(case.id for case in shown)
    record(session, actor.did(CaseEvent.LISTED, *(Subject(case_id=case_id) for case_id in case_ids), page="start"))
