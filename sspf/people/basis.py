"""How somebody knows what they tell of a person: a fact, somebody's word, or a judgement; never mixed up afterwards."""

from enum import StrEnum

from sspf.texts import Text, _


class Basis(StrEnum):
    """One of the four; it stands with what was told."""

    OWN_OBSERVATION = "own_observation"
    YOUTH_TELLS = "youth_tells"
    OTHER_TELLS = "other_tells"
    ASSESSMENT = "assessment"


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
