"""The forms of meetings. Field names differ from form to form: several stand on the leader's page at once."""

import re
from datetime import date, time
from typing import Annotated, Literal
from uuid import UUID

from pydantic import AfterValidator, BeforeValidator, field_validator

from sspf.concerns.unnamed import names_somebody
from sspf.meetings.acting import Press
from sspf.meetings.arranging import Way
from sspf.meetings.models import NAME_LENGTH, PLACE_LENGTH, MeetingKind, Presence
from sspf.plans.forms import Who
from sspf.plans.service import LONGEST
from sspf.texts import _
from sspf.web import FormModel, Ticked, Whole, Wrong, entry

DECISION_LENGTH = 300
NOTE_LENGTH = 420
SENTENCES = 3
# where one sentence ends and another begins; "kl. 9" and "t.ex. skolan" are not it
_BETWEEN_SENTENCES = re.compile(r"[.!?]\s+(?=[A-ZÅÄÖ])|\n+")
_CLOCK = re.compile(r"([01]?\d|2[0-3])[:.]?([0-5]\d)")


def _clock(typed: object) -> object:
    found = _CLOCK.fullmatch(typed) if isinstance(typed, str) else None
    return time(int(found[1]), int(found[2])) if found else typed


# 09:00, also as people type it: 9.00, 0900
OnTheClock = Annotated[time, BeforeValidator(_clock)]


def _few_sentences(typed: str) -> str:
    if len(typed) > NOTE_LENGTH:
        raise Wrong(_("Skriv kortare: högst %(most)s tecken.", most=NOTE_LENGTH))
    if len(_BETWEEN_SENTENCES.split(typed)) > SENTENCES:
        raise Wrong(_("Skriv högst tre meningar."))
    return typed


Sentences = Annotated[str, AfterValidator(_few_sentences)]


class MeetingForm(FormModel):
    """When, where and about which cases. ``kind`` is chosen once, when the meeting is planned."""

    kind: MeetingKind = entry(_("Välj vilka mötet är för."), default=MeetingKind.GROUP)
    day: date = entry(_("Skriv vilken dag mötet är."), wrong=_("Skriv dagen som 2026-11-24."))
    at: OnTheClock = entry(_("Skriv när mötet börjar."), wrong=_("Skriv klockslaget som 09:00."))
    place: str = entry(_("Skriv var mötet är, eller klistra in länken."), most=PLACE_LENGTH)
    cases: list[UUID] = entry(_("Välj minst ett ärende."), most=40)
    version: Whole = entry(_("Ladda sidan och försök igen."), default=0)

    @field_validator("place")
    @classmethod
    def on_one_line(cls, value: str) -> str:
        if "\n" in value:
            raise Wrong(_("Skriv platsen på en rad."))
        if not value.startswith("https://") and (says_who := names_somebody(value)):
            raise Wrong(says_who)  # the place is not sealed
        return value


class BeginForm(FormModel):
    """The tick without which no meeting begins."""

    recording_off: Ticked = False


class MoveForm(FormModel):
    """One press that moves a case on the agenda."""

    way: Way = entry(_("Välj upp eller ned."))


class NotesForm(FormModel):
    """The sentences by case, and the wordings that the page showed; ``then`` is the button that was pressed.

    ``was_here`` are those at the meeting, of the people that the page ``listed``.
    """

    sentences: dict[UUID, Sentences] = entry(_("Skriv vad mötet kom fram till."), default={})
    was: dict[UUID, UUID] = entry(_("Ladda sidan och försök igen."), default={})
    listed: list[UUID] = entry(_("Ladda sidan och försök igen."), default=[], most=200)
    was_here: list[UUID] = entry(_("Välj vilka som var med."), default=[], most=200)
    then: Literal["spara", "granska"] = entry(_("Ladda sidan och försök igen."), default="spara")


class PresenceForm(FormModel):
    """One press on somebody's name; ``shown`` is the case in front of the leader, here and below."""

    presence: Presence = entry(_("Välj om personen är här."))
    shown: UUID | None = entry(_("Ladda sidan och försök igen."), default=None)


class NobodyElseForm(FormModel):
    """The press that says that those who are not here will not come."""

    shown: UUID | None = entry(_("Ladda sidan och försök igen."), default=None)


class AttendeeForm(FormModel):
    """Somebody who was not asked, but is here or will come."""

    attendee: str = entry(_("Skriv vem det är."), most=NAME_LENGTH)
    attendee_from: UUID = entry(_("Välj var personen arbetar."))
    shown: UUID | None = entry(_("Ladda sidan och försök igen."), default=None)


class DecisionForm(FormModel):
    decision: str = entry(_("Skriv vad ni har bestämt."), most=DECISION_LENGTH)


class NextDateForm(FormModel):
    """``next_was`` is the date that the page showed."""

    next_date: date | None = entry(_("Skriv dagen."), wrong=_("Skriv dagen som 2026-11-24."), default=None)
    next_was: date | None = entry(_("Ladda sidan och försök igen."), default=None)


class EndForm(FormModel):
    """Which cases were talked about; none is an answer too."""

    taken_up: list[UUID] = entry(_("Välj vilka ärenden ni tog upp."), default=[], most=100)


class ActionForm(FormModel):
    """A new action on one line."""

    what: str = entry(_("Skriv vad som ska göras."), most=LONGEST)
    who: Who = entry(_("Välj vem som gör det."))
    due: date = entry(_("Skriv när det ska vara gjort."), wrong=_("Skriv dagen som 2026-11-24."))


class PressForm(FormModel):
    """One press on an action; ``later`` is the day that stands on the button which moves it."""

    press: Press = entry(_("Välj vad som ska hända."))
    version: Whole = entry(_("Ladda sidan och försök igen."))
    later: date | None = entry(_("Ladda sidan och försök igen."), default=None)


class ListForm(FormModel):
    """Where a list goes on, and what was just done."""

    fore: UUID | None = entry(_("Gå till första sidan."), default=None)
    klart: str = entry(_("Gå till första sidan."), default="")


class NewForm(FormModel):
    """The case that a new meeting is planned from."""

    arende: UUID | None = entry(_("Välj ett ärende."), default=None)


class ShowForm(FormModel):
    """The case to put in front of the leader, what was just done, and the action it was done with."""

    arende: UUID | None = entry(_("Välj ett ärende."), default=None)
    klart: str = entry(_("Ladda sidan och försök igen."), default="")
    nyss: UUID | None = entry(_("Ladda sidan och försök igen."), default=None)
