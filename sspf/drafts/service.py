"""Keeps drafts and lets them go. Never commits.

A user's drafts are changed one at a time: whoever changes them holds the user's own lock.
"""

import json
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import delete
from sqlalchemy.orm import Session

from auth.actor import Actor
from sspf.db import clock, locks, new_id
from sspf.drafts import policy, queries
from sspf.drafts.models import LONGEST_PATH, Draft
from sspf.law.purposes import Purpose
from sspf.vault import door
from sspf.vault.actors import Acting, SystemActor
from sspf.vault.ending import erase
from sspf.vault.writing import About, AboutKind, Unit, seal

KEPT = timedelta(hours=24)
KIND = "draft"
MOST_EACH = 30
MOST_FIELDS = 500
MOST_TYPED = 64 * 1024

# Forms whose content opens something, or says nothing that anybody would miss.
NEVER = ("/logga-in", "/logga-ut", "/valkommen", "/konto", "/sprak", "/utseende", "/utkast", "/fortsatt", "/demo")
SECRETS = frozenset({"password", "repeated", "code"})

Typed = Sequence[tuple[str, str]]


def keep(session: Session, actor: Actor, *, page: str, sent_to: str, typed: Typed) -> Draft | None:
    """Seal what is typed in the form that goes to ``sent_to``, for a day; what was kept of it before is gone.

    None, and nothing changed, if it is no form to keep, too much, or one of too many.
    """
    kept = [(name, text) for name, text in typed if name not in SECRETS]
    written = json.dumps(kept, ensure_ascii=False)
    too_much = len(kept) > MOST_FIELDS or len(written.encode()) > MOST_TYPED
    if too_much or not _may_be_kept(page, sent_to) or not any(text.strip() for _, text in kept):
        return None
    locks.exclusive(session, actor.user_id)
    drafts = queries.list_drafts(session, actor)
    before = next(iter(queries.list_sent_to(session, actor, [sent_to])), None)
    if before is None and len(drafts) >= MOST_EACH:
        return None
    now = clock.now(session)
    # the same unit as long as the form is not sent: what is saved twice a minute is let go in one act
    series_id = before.series_id if before is not None and before.until > now else new_id()
    if before is not None:
        _let_go(session, actor, [before], but=series_id)
    return _seal(session, actor, page, sent_to, written, series_id, now)


def open_draft(session: Session, actor: Actor, draft: Draft) -> Typed:
    """What was typed, by the names of its fields; on the record."""
    locks.shared(session, actor.user_id)
    reading = door.open(session, policy.access_to(actor, draft), Purpose.DRAFT, envelope_ids=[draft.envelope_id])
    return [(name, text) for name, text in json.loads(reading.reveal(draft, "typed"))]


def discard(session: Session, actor: Actor, draft: Draft) -> None:
    """Nobody opens it again."""
    policy.access_to(actor, draft)
    locks.exclusive(session, actor.user_id)
    _let_go(session, actor, [draft])


def forget_sent(session: Session, actor: Actor, path: str) -> None:
    """The form that goes to ``path`` has been sent, or the check page after it: its draft has done its part."""
    drafts = queries.list_sent_to(session, actor, [path, f"{path}/granska"])
    if drafts:
        locks.exclusive(session, actor.user_id)
        _let_go(session, actor, drafts)


def forget_about(session: Session, acting: Acting, record_id: UUID, *, of: UUID) -> None:
    """What anybody at ``of`` has typed in the forms of this record and not sent: it goes with what the record held."""
    drafts = queries.list_about(session, record_id, of)
    if drafts:
        locks.exclusive(session, *{one.user_id for one in drafts})
        _let_go(session, acting, queries.list_about(session, record_id, of))


def sweep(session: Session) -> int:
    """Let go of every draft whose day is over; how many."""
    now = clock.now(session)
    locks.exclusive(session, *{one.user_id for one in queries.list_over(session, now)})
    over = queries.list_over(session, now)  # those that nobody has let go of meanwhile
    for municipality_id, organisation_id in sorted({(one.municipality_id, one.organisation_id) for one in over}):
        theirs = [one for one in over if one.organisation_id == organisation_id]
        _let_go(session, SystemActor("sweep", organisation_id, municipality_id), theirs)
    return len(over)


def _seal(
    session: Session, actor: Actor, page: str, sent_to: str, written: str, series_id: UUID, now: datetime
) -> Draft:
    draft = Draft(
        municipality_id=actor.municipality_id,
        series_id=series_id,
        user_id=actor.user_id,
        organisation_id=actor.organisation_id,
        page=page,
        sent_to=sent_to,
        saved_at=now,
        until=now + KEPT,
    )
    seal(
        session,
        actor,
        draft,
        unit=Unit(KIND, series_id),
        owner=actor.organisation_id,
        source=actor.organisation_id,
        kind=KIND,
        about=About(AboutKind.OTHER),
        fields={"typed": written},
        until=draft.until,
    )
    session.add(draft)
    session.flush()
    return draft


def _let_go(session: Session, actor: Acting, drafts: Iterable[Draft], *, but: object = None) -> None:
    gone = list(drafts)
    session.execute(delete(Draft).where(Draft.id.in_([one.id for one in gone])))
    units = {(KIND, one.series_id) for one in gone if one.series_id != but}
    if units:
        erase(session, actor, units)


def _may_be_kept(page: str, sent_to: str) -> bool:
    return (
        all(len(path) <= LONGEST_PATH and path.isprintable() for path in (page, sent_to))
        and (not page or _is_ours(page))
        and _is_ours(sent_to)
        and not sent_to.startswith(NEVER)
    )


def _is_ours(path: str) -> bool:
    return path.startswith("/") and not path.startswith("//") and "\\" not in path and "?" not in path
