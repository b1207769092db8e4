"""From a code that somebody typed to a ticket: throttled before it is looked for, and used up when it is found."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from sqlalchemy.orm import Session
from starlette.requests import Request

from auth import throttle, throttle_key
from auth.limits import Limit
from sspf.db import locks
from sspf.meetings import queries as meetings
from sspf.screen import codes, queries, service
from sspf.screen.holding import ticket_sealer
from sspf.screen.policy import has_ended
from sspf.screen.showing import leader_of
from sspf.web.state import edge_of


@dataclass(frozen=True, slots=True)
class Attempt:
    """One code typed somewhere, counted; with ``wait`` seconds left it is not to be looked at.

    ``next_in`` is how many there will be until the next one is, should it be wrong.
    """

    wait: int
    next_in: int
    key: bytes = field(repr=False)
    limits: Mapping[bytes, Limit] = field(repr=False)


def counted(request: Request) -> Attempt:
    """Count the attempt in a short transaction of its own: before the request's session has been used.

    By address alone, since a code belongs to no account: nobody is slowed down by what others guess elsewhere.
    """
    address = request.client.host if request.client else ""
    with edge_of(request).sessions.begin() as short:
        key = throttle_key.load(short, short.info["totp_sealer"])
        limits = throttle.buckets(key, f"screen at {address}", address)
        admission = throttle.admit(short, limits)
    return Attempt(admission.wait, admission.next_in, key, limits)


def ticket_for(session: Session, typed: str, attempt: Attempt) -> str | None:
    """A ticket to the screen that waits for the code; None if none does, whatever the reason, and that is recorded."""
    token = _connected(session, typed, attempt)
    if token is None:
        service.record_code_refused(session, next_in=attempt.next_in)
    return token


def _connected(session: Session, typed: str, attempt: Attempt) -> str | None:
    code = codes.code_in(typed)
    digest = codes.digest(attempt.key, code or "")
    waiting = queries.find_by_code(session, digest)
    if waiting is None:
        return None
    locks.shared(session, waiting.meeting_id, *meetings.case_ids_to_lock(session, waiting.meeting_id))
    screen = queries.lock_screen(session, waiting.id)
    found, leader = queries.find_screen(session, screen.id), leader_of(session, screen)
    if found is None or leader is None or screen.code_digest != digest:
        return None
    if has_ended(queries.situation_of(session, found, is_led=True)):
        return None
    token = service.connect(session, leader, screen, sealer=ticket_sealer(session))
    session.flush()
    throttle.forgive(session, attempt.limits)
    return token
