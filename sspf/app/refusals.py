"""What was refused to somebody signed in, on the record: who tried the door says as much as who went in."""

from sqlalchemy.orm import Session

from audit.events import EventTag, Subject
from audit.log import record
from auth.actor import Actor
from sspf.texts import Text
from sspf.web.state import Refusal


class RefusalEvent(EventTag):
    REFUSED = "request:refused"


def record_refusal(session: Session, actor: Actor, refusal: Refusal) -> None:
    """Record a refusal by the route's name and the ids in its address; a sentence by its words without values."""
    reason = _without_values(refusal.reason) if isinstance(refusal.reason, Text) else str(refusal.reason or "")
    ids = {name: str(value) for name, value in refusal.ids.items() if name != "case_id"}
    subjects = [Subject(case_id=refusal.ids.get("case_id"), ids=ids)] if refusal.ids else []
    event = actor.did(RefusalEvent.REFUSED, *subjects, status=refusal.status, route=refusal.route, reason=reason)
    record(session, event)


def _without_values(sentence: Text) -> str:
    """The sentence as it is written; what stands in it only where that is a word of ours."""
    return sentence.message % {
        name: value.message if isinstance(value, Text) else "…" for name, value in sentence.values.items()
    }
