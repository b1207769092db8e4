"""What the parts of a note are called on pages."""

from sspf.notes.drafts import SOMEBODY_ELSE
from sspf.notes.models import Basis
from sspf.texts import Text, _
from sspf.vault.models import AboutKind

BASES: dict[Basis, Text] = {
    Basis.OWN_OBSERVATION: _("Egen iakttagelse"),
    Basis.YOUTH_TELLS: _("Den unge berättar"),
    Basis.OTHER_TELLS: _("Någon annan berättar"),
    Basis.ASSESSMENT: _("Bedömning"),
}

ABOUT_BASES: dict[Basis, Text] = {
    Basis.OWN_OBSERVATION: _("Du eller en kollega har sett eller hört det."),
    Basis.YOUTH_TELLS: _("Det är den unges egna ord eller uppgifter."),
    Basis.OTHER_TELLS: _("En vårdnadshavare, en kamrat eller en annan organisation."),
    Basis.ASSESSMENT: _("Det är en slutsats, inte något som har hänt."),
}

ABOUT: dict[AboutKind, Text] = {
    AboutKind.YOUTH: _("Om den unge"),
    AboutKind.GUARDIAN: _("Om en vårdnadshavare"),
    AboutKind.OTHER: _("Om någon annan"),
}

ABOUT_WHOM: dict[str, Text] = {
    SOMEBODY_ELSE: _("Delas aldrig med någon."),
}
