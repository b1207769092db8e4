"""The demo's families. Every name is made up; the numbers are from Skatteverket's test series."""

from dataclasses import dataclass

from sspf.people import numbers
from sspf.people.service import Described


@dataclass(frozen=True, slots=True)
class Family:
    """One youth and their guardians, as the coordinator would type them in."""

    youth: Described
    guardians: tuple[Described, ...]


def _described(called: str, full_name: str, number: str, contact: str = "") -> Described:
    return Described(called, full_name, numbers.parse(number), contact)


def families() -> dict[str, Family]:
    """By the part each plays in the demo."""
    return {
        "meeting_today": Family(
            _described("Elis", "Elis Granfelt Exempelsson", "201303052383", "070-1740606, helst efter skolan"),
            (
                _described("Mirja", "Mirja Granfelt", "198003052381", "070-1740607"),
                _described("Tor", "Tor Exempelsson", "197903052384", "070-1740608"),
            ),
        ),
        "nine_years": Family(
            _described("Lo", "Lo Tallbacka", "201704122397"),
            (_described("Disa", "Disa Tallbacka", "198804122383", "070-1740609"),),
        ),
        "sixteen_years": Family(
            _described("Nova", "Nova Silverskog", "201005122385", "070-1740610"),
            (
                _described("Ravn", "Ravn Silverskog", "198105122389"),
                _described("Ylva", "Ylva Silverskog", "198205122388"),
            ),
        ),
        "waiting": Family(
            _described("Tage", "Tage Månberg", "201403082397"),
            (_described("Saga", "Saga Månberg", "198503082383", "070-1740611"),),
        ),
        "partial": Family(
            _described("Freja", "Freja Havsdal", "201209142387"),
            (
                _described("Egil", "Egil Havsdal", "198009142384"),
                _described("Runa", "Runa Havsdal", "198109142383"),
            ),
        ),
        "withdrawn": Family(
            _described("Alve", "Alve Stenmyr", "201110172382"),
            (_described("Hilma", "Hilma Stenmyr", "198210172386"),),
        ),
        "expired": Family(
            _described("Idun", "Idun Videfors", "201206212381"),
            (_described("Loke", "Loke Videfors", "198106212387"),),
        ),
    }
