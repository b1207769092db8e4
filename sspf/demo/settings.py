"""What the administrator has looked over: the lawyer's ages, and words that are good as they are. Some is left."""

from sqlalchemy.orm import Session

from auth.actor import Actor
from sspf.consents.labels import LABELS
from sspf.law.consenters import AGE_TABLE
from sspf.organisations import ages, words
from sspf.organisations.terms import OURS
from sspf.overtaken import mark_of


def look_over(session: Session, administrator: Actor) -> None:
    """Everything stays as it comes with the product; what is saved is that somebody has said so."""
    ages.decide(session, administrator, table=AGE_TABLE, decided_by="Kommunens jurist")
    for names in ([f"term.{key}" for key in OURS], [f"kind.{kind.value}" for kind in LABELS]):
        read = mark_of(*words.standing(session, administrator, names).values())
        words.set_words(session, administrator, dict.fromkeys(names, ""), read=read)
