"""What the parts of a note are called on pages."""

from sspf.notes.drafts import SOMEBODY_ELSE
from sspf.people.basis import ABOUT_BASES as ABOUT_BASES
from sspf.people.basis import BASES as BASES
from sspf.texts import Text, _
from sspf.vault.models import AboutKind

ABOUT: dict[AboutKind, Text] = {
    AboutKind.YOUTH: _("Om den unge"),
    AboutKind.GUARDIAN: _("Om en vårdnadshavare"),
    AboutKind.OTHER: _("Om någon annan"),
}

ABOUT_WHOM: dict[str, Text] = {
    SOMEBODY_ELSE: _("Delas aldrig med någon."),
}
