"""What waits for the coordinator. From plain columns alone: a start page opens no seals."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy.orm import Session

from audit.events import Subject
from audit.log import record
from auth.actor import Actor
from sspf.casefile.queries import Hit, Why, list_waiting
from sspf.cases import queries as cases
from sspf.cases.events import CaseEvent
from sspf.cases.models import Case, State
from sspf.concerns import queries as concerns
from sspf.concerns.events import ConcernEvent, subject_of
from sspf.concerns.models import Concern
from sspf.consents.lasting import last_day
from sspf.texts import Text, _
from sspf.web import dates

MOST = 8

# What waits in a case that is there, and how it looks; the most pressing first.
_STEPS: dict[State, tuple[Text, str]] = {
    State.WITHDRAWN: (_("Familjen har tagit tillbaka sitt ja. Avsluta ärendet."), "warning"),
    State.DECLINED: (_("Familjen tackade nej. Avsluta ärendet."), "sand"),
    State.CONSENT: (_("Väntar på familjens svar."), "warning"),
    State.INFORMATION: (_("Informera familjen och be om samtycke."), "info"),
}
_ORDER = (*(why for why in Why if why is not Why.STEP), *_STEPS)


@dataclass(frozen=True, slots=True)
class Waiting:
    """One line of "Väntar på dig": which case, what to do there, and the route of the page where it is done."""

    case: Case
    why: Text
    tone: str
    route: str


def waiting_for(session: Session, actor: Actor) -> list[Waiting]:
    """Cases in which something waits for the coordinator, each by what is most pressing there."""
    found = list_waiting(session, actor, [*_STEPS], limit=MOST)
    found.sort(key=lambda hit: _ORDER.index(hit.case.state if hit.why is Why.STEP else hit.why))
    by_case: dict[UUID, Hit] = {}
    for hit in found:
        by_case.setdefault(hit.case.id, hit)
    return [_waiting(hit) for hit in by_case.values()][:MOST]


def _waiting(hit: Hit) -> Waiting:
    if hit.why is Why.STEP:
        return Waiting(hit.case, *_STEPS[hit.case.state], "show_case")
    return Waiting(hit.case, *_consents(hit), "show_consents")


def _consents(hit: Hit) -> tuple[Text, str]:
    day = dates.day(last_day(hit.at)) if hit.at else ""
    return {
        Why.RECEIVED: (_("Någon har tagit emot en återkallelse. Ta reda på vem som har ändrat sig."), "danger"),
        Why.LAPSED: (_("Inget samtycke gäller nu. Ingen annan ser ärendet."), "danger"),
        Why.UNSIGNED: (_("Ett muntligt ja ska skrivas under senast %(day)s.", day=day), "warning"),
        Why.ENDING: (
            _("Samtycket gäller till och med %(day)s. Fråga familjen om de vill förnya det.", day=day),
            "info",
        ),
    }[hit.why]


def concerns_for(session: Session, actor: Actor, today: date) -> list[Concern]:
    """Contacts about a worry that wait for the coordinator, the most pressing first."""
    return concerns.list_waiting(session, actor, today, limit=MOST)


def record_concerns_listed(session: Session, actor: Actor, shown: Iterable[Concern]) -> None:
    """Put on record which contacts the start page named."""
    record(session, actor.did(ConcernEvent.LISTED, *map(subject_of, shown), page="start"))


def newest_cases(session: Session, actor: Actor) -> list[Case]:
    """The newest cases, for the start page."""
    return cases.list_cases(session, actor, limit=MOST).cases


def record_listed(session: Session, actor: Actor, shown: Iterable[Case]) -> None:
    """Put on record which cases the start page named, each once."""
    case_ids = dict.fromkeys(case.id for case in shown)
    record(session, actor.did(CaseEvent.LISTED, *(Subject(case_id=case_id) for case_id in case_ids), page="start"))
