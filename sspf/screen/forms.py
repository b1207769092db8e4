"""What is typed on the computer that is to be the screen."""

from sspf.texts import _
from sspf.web import FormModel, entry


class CodeForm(FormModel):
    code: str = entry(_("Skriv koden som visas hos den som leder mötet."), most=40)
