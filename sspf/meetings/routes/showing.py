"""One meeting's page, which is three: the leader's before and during it, its notes afterwards, and everyone else's."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session
from starlette.responses import Response

from auth import queries as accounts
from auth.actor import Actor
from sspf.db import clock
from sspf.meetings import locking, policy, queries, service
from sspf.meetings.attendees import Attendee, attendees_of, called_names
from sspf.meetings.leading import leading_of
from sspf.meetings.models import Attendance, Meeting
from sspf.meetings.room import CaseInRoom, cases_in_room, present_by_case
from sspf.meetings.routes.finding import Led, stay_signed_in
from sspf.organisations import queries as organisations
from sspf.plans.policy import can_write_goal
from sspf.texts import Text, _
from sspf.web import Page, Submitted, blank

# what was just done, as the page says it where it was done
NOTICES: dict[str, Text] = {
    "planerat": _("Mötet är planerat. De som är namngivna i ärendena är inbjudna. Tryck på någon som inte kommer."),
    "andrat": _("Mötet är ändrat."),
    "hallet": _("Mötet är avslutat."),
    "anteckningar": _("Mötesanteckningarna är sparade."),
    "publicerat": _("Mötesanteckningarna är publicerade. De som är med i ett ärende läser det som gäller det ärendet."),
    "ordning": _("Ordningen är ändrad."),
    "atagande": _("Det är tillagt."),
    "beslut": _("Beslutet är sparat."),
    "rattat": _("Beslutet är rättat."),
    "borttaget": _("Beslutet är borttaget."),
    "datum": _("Dagen är sparad."),
    "narvaro": _("Personen är tillagd."),
    "ingen-mer": _("Ingen mer väntas. Tryck på den som ändå kommer."),
}

FRAGMENTS = ("meeting_attendance", "meeting_actions", "meeting_decisions", "meeting_next")


def leaders_page(
    page: Page,
    session: Session,
    actor: Actor,
    led: Led,
    *,
    asked_for: UUID | None = None,
    said: str = "",
    just: UUID | None = None,
    status: int = 200,
    forms: Mapping[str, Submitted[Any]] | None = None,
) -> Response:
    """The page that a meeting is led from, or after it its notes.

    ``said`` is what was just done (a key of ``NOTICES``), ``just`` the action that it was done
    with; ``forms`` replace the empty ones.
    """
    meeting = led.meeting
    names = organisations.names(session, actor.municipality_id)
    staff = accounts.names_of(session, _mentioned(led))
    service.record_shown(session, actor, meeting, led.agenda)
    shared: dict[str, Any] = {
        "meeting": meeting,
        "leader": staff[meeting.leader_id],
        "organisations": names,
        "said": said,
        "notice": NOTICES.get(said),
    }
    if meeting.state in queries.OVER:
        return _notes_page(page, session, actor, led, names, shared)
    leading = leading_of(
        session, actor, meeting, led.agenda, led.attendance, asked_for=asked_for, names=names, now=led.now
    )
    shown = leading.shown
    blanks = {
        "action_form": blank(who=leading.who, due=leading.next_time),
        "decision_form": blank(),
        "next_form": blank(next_date=shown.entry.item.next_date if shown else None),
        "attendee_form": blank(),
        "begin_form": blank(),
    }
    return page.render(
        "meetings/lead.html",
        fragments=_fragments(page, asked_for, shown),
        status=status,
        leading=leading,
        just=just,
        may_begin=policy.can_begin(actor, meeting),
        may_change=policy.can_change(actor, meeting),
        may_order=policy.can_order(actor, meeting),
        may_work=policy.can_work(actor, meeting),
        may_write_goal=shown is not None and can_write_goal(actor, shown.entry.case),
        **shared,
        **(blanks | dict(forms or {})),
    )


def _notes_page(
    page: Page, session: Session, actor: Actor, led: Led, names: Mapping[UUID, str], shared: Mapping[str, Any]
) -> Response:
    return page.render(
        "meetings/notes.html",
        cases=cases_in_room(session, actor, led.meeting, led.agenda, names=names, now=led.now),
        came=came_to(session, actor, led, names),
        may_publish=policy.can_publish(actor, led.meeting),
        may_write_notes=policy.can_write_notes(actor, led.meeting),
        **shared,
    )


def followers_page(page: Page, session: Session, actor: Actor, meeting: Meeting) -> Response:
    """What somebody else sees of the meeting: when and where, and the cases on the agenda that they may know of."""
    agenda = queries.agenda_of(session, actor, meeting)
    locking.require_locked(page.request, agenda)
    now = clock.now(session)
    stay_signed_in(session, actor, meeting, now)
    names = organisations.names(session, actor.municipality_id)
    service.record_shown(session, actor, meeting, agenda)
    was_here = queries.came_to(session, meeting) if meeting.published_at else []
    return page.render(
        "meetings/follow.html",
        meeting=meeting,
        cases=cases_in_room(session, actor, meeting, agenda, names=names, now=now),
        was_here=present_by_case(agenda, was_here, names, now),
    )


def came_to(session: Session, actor: Actor, led: Led, names: Mapping[UUID, str]) -> list[Attendee]:
    """Everyone who was at the meeting, by name."""
    return by_name(session, actor, led, names, [row for row in led.attendance if row.came_at])


def by_name(
    session: Session, actor: Actor, led: Led, names: Mapping[UUID, str], rows: Sequence[Attendance]
) -> list[Attendee]:
    """These of the list as the leader calls them."""
    called = called_names(session, actor, led.meeting, led.agenda, rows, led.now)
    return attendees_of(rows, names, called, [entry.case for entry in led.agenda])


def _fragments(page: Page, asked_for: UUID | None, shown: CaseInRoom | None) -> tuple[str, ...]:
    """Which blocks may be sent alone: never one case's into a page that shows another."""
    matches = asked_for == (shown.entry.case.id if shown else None)
    if matches and shown:
        return FRAGMENTS
    return ("meeting_attendance",) if matches or page.request.method == "POST" else ()


def _mentioned(led: Led) -> set[UUID]:
    """Everyone whose name the page needs, asked for at once."""
    members = {member.user_id for entry in led.agenda for party in entry.case.parties for member in party.members}
    return {led.meeting.leader_id, *(entry.case.coordinator_id for entry in led.agenda), *members}
