"""Whoever holds a ticket: the screen it names, its leader, and the locks of what it shows."""

from dataclasses import dataclass
from typing import Annotated, cast

from fastapi import Depends
from sqlalchemy.orm import Session

from audit.sealing import Sealer
from auth import clock
from auth.actor import Actor
from auth.ticket_keys import find_ring
from auth.tokens import SCREEN, NotATicket, Ticket, verify
from sspf.db import locks
from sspf.meetings import queries as meetings
from sspf.screen import queries
from sspf.screen.queries import Standing
from sspf.screen.showing import leader_of
from sspf.web import CurrentTicket, DbSession
from sspf.web.ticket import NoTicket


@dataclass(frozen=True, slots=True)
class Held:
    """The screen of a ticket that counts, and who leads it; nobody does when their session is over."""

    standing: Standing
    leader: Actor | None


def held_screen(session: DbSession, token: CurrentTicket) -> Held:
    """The screen that the request's ticket names, with the shared locks of its meeting and the cases on its agenda.

    Raises:
        NoTicket: the ticket is none, or not the one that counts.
    """
    ticket = _ticket(session, token)
    meeting_id = queries.meeting_of(session, ticket.subject)
    if meeting_id is None:
        raise NoTicket
    locks.shared(session, meeting_id, *meetings.case_ids_to_lock(session, meeting_id))
    return _held(session, ticket)


def polled_screen(session: DbSession, token: CurrentTicket) -> Held:
    """The same without locks, for a question that opens nothing: it waits for nobody."""
    return _held(session, _ticket(session, token))


def _held(session: Session, ticket: Ticket) -> Held:
    found = queries.find_screen(session, ticket.subject)
    if found is None or found.screen.ticket_id != ticket.ticket_id:
        raise NoTicket
    return Held(found, leader_of(session, found.screen))


def _ticket(session: Session, token: str) -> Ticket:
    ring = find_ring(session, ticket_sealer(session))
    if ring is None:
        raise NoTicket
    try:
        return verify(ring, SCREEN, token, now=clock.now(session))
    except NotATicket:
        raise NoTicket from None


def ticket_sealer(session: Session) -> Sealer:
    """The sealer of the keys that sign tickets."""
    return cast(Sealer, session.info["ticket_sealer"])


CurrentScreen = Annotated[Held, Depends(held_screen)]
PolledScreen = Annotated[Held, Depends(polled_screen)]
