"""The municipality says what it calls things: written here, said by ``texts.voice``."""

from collections.abc import Iterable, Mapping

from sqlalchemy.orm import Session

from audit.log import record
from auth.actor import Actor
from auth.decisions import require
from sspf.db import locks
from sspf.organisations import policy, queries
from sspf.organisations.events import SettingEvent
from sspf.organisations.models import OwnWord
from sspf.overtaken import require_read


def set_words(session: Session, actor: Actor, words: Mapping[str, str], *, read: str) -> None:
    """Call things by these words from now on, by the names of ``texts.named``; an empty one goes back to ours.

    Raises:
        Conflict: one of them is not what it was when it was ``read`` (``overtaken``).
    """
    require(policy.can_administer(actor))
    locks.exclusive(session, actor.municipality_id)
    kept = {word.name: word for word in queries.list_own_words(session, actor.municipality_id)}
    require_read(read, *standing(session, actor, words).values())
    changed = [name for name, said in words.items() if name not in kept or kept[name].words != said]
    for name in changed:
        if name in kept:
            kept[name].words = words[name]
        else:
            session.add(OwnWord(municipality_id=actor.municipality_id, name=name, words=words[name]))
    session.flush()  # what is said next uses them
    queries.forget_names(session)
    record(session, actor.did(SettingEvent.WORDS_SET, words=sorted(changed)))


def standing(session: Session, actor: Actor, names: Iterable[str]) -> dict[str, str]:
    """The municipality's own words by these names, in their order; empty where it has none."""
    kept = {word.name: word.words for word in queries.list_own_words(session, actor.municipality_id)}
    return {name: kept.get(name, "") for name in sorted(names)}
