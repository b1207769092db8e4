"""The demo's families. Every name is made up; the numbers are from Skatteverket's test series."""

from dataclasses import dataclass
from datetime import date
from typing import cast

from sspf.demo.numbers import test_numbers
from sspf.people import numbers
from sspf.people.models import Protection
from sspf.people.numbers import Number
from sspf.people.service import Described


@dataclass(frozen=True, slots=True)
class Family:
    """One youth and their guardians, as the coordinator would type them in."""

    youth: Described
    guardians: tuple[Described, ...]

    @property
    def born_on(self) -> date:
        """When the youth was born; everyone here has a number."""
        return cast(Number, self.youth.number).born_on


HIDDEN = Protection.PROTECTED_REGISTRATION


def _described(
    called: str, full_name: str, number: str, contact: str = "", protection: Protection = Protection.NONE
) -> Described:
    return Described(called, full_name, numbers.parse(number), contact, protection)


def aged(age: int, today: date, place: int = 0) -> str:
    """A test number of somebody who has been ``age`` for half a year: the demo's young people never grow older.

    ``place`` tells apart those of one age.
    """
    months = today.year * 12 + today.month - 1 - age * 12 - 6
    born_from = f"{months // 12:04}{months % 12 + 1:02}01"
    return sorted(number for number in test_numbers() if number >= born_from)[place]


def families(today: date) -> dict[str, Family]:
    """By the part each plays in the demo. The young are as old as their part on ``today``."""
    return {
        "meeting_today": Family(
            _described("Elis", "Elis Granfelt Exempelsson", aged(13, today), "070-1740606, helst efter skolan"),
            (
                _described("Mirja", "Mirja Granfelt", "198003052381", "070-1740607"),
                _described("Tor", "Tor Exempelsson", "197903052384", "070-1740608"),
            ),
        ),
        "nine_years": Family(
            _described("Lo", "Lo Tallbacka", aged(9, today)),
            (_described("Disa", "Disa Tallbacka", "198804122383", "070-1740609"),),
        ),
        "sixteen_years": Family(
            _described("Nova", "Nova Silverskog", aged(16, today), "070-1740610"),
            (
                _described("Ravn", "Ravn Silverskog", "198105122389"),
                _described("Ylva", "Ylva Silverskog", "198205122388"),
            ),
        ),
        "eleven_years": Family(
            _described("Vide", "Vide Brunnsgård", aged(11, today)),
            (_described("Siv", "Siv Brunnsgård", "198602012380", "070-1740612"),),
        ),
        "fourteen_years": Family(
            _described("Tindra", "Tindra Åsmark", aged(14, today, 2), "070-1740613"),
            (
                _described("Bo", "Bo Åsmark", "197807012385"),
                _described("Lykke", "Lykke Åsmark", "197904022386"),
            ),
        ),
        "seventeen_years": Family(
            _described("Sture", "Sture Fjällgren", aged(17, today), "070-1740614"),
            (_described("Moa", "Moa Fjällgren", "198011022384"),),
        ),
        "protected": Family(
            _described("Ronja", "Ronja Mossvik", aged(10, today), protection=HIDDEN),
            (_described("Signe", "Signe Mossvik", "198307012388", protection=HIDDEN),),
        ),
        "association": Family(
            _described("Melker", "Melker Näckdal", aged(12, today, 1)),
            (_described("Tuva", "Tuva Näckdal", "198307022387", "070-1740615"),),
        ),
        "closed": Family(
            _described("Liv", "Liv Ängsmark", aged(13, today, 1)),
            (_described("Rut", "Rut Ängsmark", "198401012383", "070-1740616"),),
        ),
        "waiting": Family(
            _described("Tage", "Tage Månberg", aged(12, today)),
            (_described("Saga", "Saga Månberg", "198503082383", "070-1740611"),),
        ),
        "partial": Family(
            _described("Freja", "Freja Havsdal", aged(14, today)),
            (
                _described("Egil", "Egil Havsdal", "198009142384"),
                _described("Runa", "Runa Havsdal", "198109142383"),
            ),
        ),
        "withdrawn": Family(
            _described("Alve", "Alve Stenmyr", aged(15, today)),
            (_described("Hilma", "Hilma Stenmyr", "198210172386"),),
        ),
        "expired": Family(
            _described("Idun", "Idun Videfors", aged(14, today, 1)),
            (_described("Loke", "Loke Videfors", "198106212387"),),
        ),
    }
