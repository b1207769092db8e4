"""What is sent about plans: the goal; an action, a press on a button; a comment, a report, a detail."""

from datetime import date
from typing import Annotated, Literal
from uuid import UUID

from pydantic import AfterValidator, field_validator, model_validator

from sspf.law.kinds import Kind
from sspf.plans.commenting import LONGEST as COMMENT_LONGEST
from sspf.plans.detailing import LONGEST as DETAIL_LONGEST
from sspf.plans.goals import LONGEST as GOAL_LONGEST
from sspf.plans.queries import Cursor
from sspf.plans.reporting import LONGEST_NAME
from sspf.plans.responsible import parse
from sspf.plans.returning import Back, Place
from sspf.plans.service import LONGEST
from sspf.texts import _
from sspf.web import FormModel, OneLine, Whole, Wrong, entry

_AGAIN = _("Ladda sidan och försök igen.")


def _one_of_the_choices(value: str) -> str:
    try:
        parse(value)
    except ValueError:
        raise Wrong(_("Välj ett av alternativen.")) from None
    return value


# the value of a choice of "Vem?"; ``responsible.parse`` reads it
Who = Annotated[str, AfterValidator(_one_of_the_choices)]


class PressForm(FormModel):
    """A press on a button: the page that it stands on, and which version of what is pressed the page showed."""

    back: Place = entry(_AGAIN, default=Place.CASE)
    meeting: UUID | None = entry(_AGAIN, default=None)
    after: str = entry(_AGAIN, default="", most=60)
    version: Whole | None = entry(_AGAIN, default=None)

    @field_validator("after")
    @classmethod
    def is_a_place_in_the_list(cls, value: str) -> str:
        return _checked(value)

    @property
    def page(self) -> Back:
        return Back(self.back, self.meeting, self.after)


class MoveForm(PressForm):
    """Another day. ``was`` is the one that the page showed; None takes what stands."""

    due_on: date = entry(_("Skriv den nya dagen."), wrong=_("Skriv dagen som 2026-11-24."))
    was: date | None = entry(_AGAIN, default=None)


class GoalForm(FormModel):
    """Where the case is going. ``replaces`` is the goal that the page showed."""

    goal: str = entry(_("Skriv vad den unge vill."), most=GOAL_LONGEST)
    replaces: UUID | None = entry(_AGAIN, default=None)


class AskForm(PressForm):
    """What, who and by when."""

    what: OneLine = entry(_("Skriv vad som ska göras."), most=LONGEST)
    who: Who = entry(_("Välj vem som gör det."))
    due_on: date = entry(_("Skriv när det ska vara gjort."), wrong=_("Skriv dagen som 2026-11-24."))


class ChangeForm(AskForm):
    """``version`` is the action's as the page showed it."""

    version: Whole = entry(_AGAIN)


class ListForm(FormModel):
    """What the list is asked for in its address."""

    visa: Literal["alla"] | None = entry(_AGAIN, default=None)
    efter: str = entry(_AGAIN, default="", most=60)
    nyss: UUID | None = entry(_AGAIN, default=None)

    @field_validator("efter")
    @classmethod
    def is_a_place_in_the_list(cls, value: str) -> str:
        return _checked(value)

    @property
    def after(self) -> Cursor | None:
        return Cursor.parse(self.efter) if self.efter else None


class ShownForm(FormModel):
    """What the page of an action is asked for in its address: the action or comment changed a moment ago."""

    nyss: UUID | None = entry(_AGAIN, default=None)


class CommentForm(FormModel):
    comment: str = entry(_("Skriv en kommentar."), most=COMMENT_LONGEST)


class TakeBackForm(FormModel):
    """What the comment said, sent along: pressed twice, nobody but coordination can read it any more."""

    comment: str = ""


class ReportForm(FormModel):
    """What somebody said by word of mouth. ``new_day`` goes with ``moved``."""

    became: Literal["done", "moved"] = entry(_("Välj vad beskedet var."))
    new_day: date | None = entry(_AGAIN, wrong=_("Skriv dagen som 2026-11-24."), default=None)
    source: Who = entry(_("Välj varifrån beskedet kom."))
    teller: str = entry(_("Skriv vem som lämnade beskedet."), most=LONGEST_NAME)
    said_on: date = entry(_("Skriv vilken dag det var."), wrong=_("Skriv dagen som 2026-11-24."))

    @model_validator(mode="after")
    def _a_day_if_it_is_moved(self) -> "ReportForm":
        if self.became == "moved" and self.new_day is None:
            raise Wrong(_("Skriv den nya dagen."), field="new_day")
        if self.became == "done" and self.new_day is not None:
            raise Wrong(_("Skriv ingen ny dag om det är klart."), field="new_day")
        return self


class DetailForm(FormModel):
    """More about an action. ``replaces`` is the detail that the page showed; ``step`` the button that was pressed."""

    recipients: list[UUID] = entry(_AGAIN, default=[], most=40)
    kind: Kind = entry(_("Välj vilket slags uppgift det är."))
    detail: str = entry(_("Skriv vad mottagaren behöver veta."), most=DETAIL_LONGEST)
    replaces: UUID | None = entry(_AGAIN, default=None)
    step: Literal["check", "edit"] = entry(_AGAIN, default="check")


def _checked(cursor: str) -> str:
    try:
        Cursor.parse(cursor)
    except ValueError:
        raise Wrong(_AGAIN) from None
    return cursor
