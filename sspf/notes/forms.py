"""A note as it is typed in: recipients first, then what they need to know."""

from datetime import date
from typing import Literal
from uuid import UUID

from sspf.law.kinds import Kind
from sspf.notes.drafts import LONGEST
from sspf.notes.models import Basis
from sspf.texts import _
from sspf.web import FormModel, entry

_AGAIN = _("Ladda sidan och försök igen.")


class NoteForm(FormModel):
    """``about`` and ``source`` are among the choices that the page gave; no source is the writer's own organisation.

    ``step`` says which button was pressed on the way to a preview, or back from it.
    """

    recipients: list[UUID] = entry(_AGAIN, default=[], most=40)
    kind: Kind = entry(_("Välj vilket slags uppgift det är."))
    about: str = entry(_("Välj vem det handlar om."), most=40)
    basis: Basis = entry(_("Välj hur du vet det."))
    source: UUID | None = entry(_AGAIN, wrong=_("Välj vem som har berättat det."), default=None)
    observed_on: date = entry(_("Skriv vilken dag det var."), wrong=_("Skriv dagen som 2026-11-24."))
    statement: str = entry(_("Skriv vad mottagaren behöver veta."), most=LONGEST)
    step: Literal["check", "edit"] = entry(_AGAIN, default="check")
