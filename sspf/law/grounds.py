"""Why an organisation may be shown something: the ground every disclosure is bound to.

A rule's version is bound into the key beside the ground, so that a disclosure
made under an older wording can be told from one made under the new.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Ground(StrEnum):
    """The grounds this version of the product knows."""

    OWN_RECORD = "own_record"
    CONSENT = "consent"
    UNNAMED = "unnamed"


@dataclass(frozen=True, slots=True)
class Rule:
    """One wording of a ground.

    ``provision`` names the statute (SFS number, chapter and section), ``valid_from``
    the day from which this wording is used, both for people to check.
    """

    ground: Ground
    version: int
    provision: str
    valid_from: date


RULES = {
    Ground.OWN_RECORD: Rule(
        Ground.OWN_RECORD, 1, "Offentlighets- och sekretesslagen (2009:400) 8 kap. 1–2 §§", date(2009, 6, 30)
    ),
    Ground.CONSENT: Rule(
        Ground.CONSENT,
        1,
        "Offentlighets- och sekretesslagen (2009:400) 10 kap. 1 § och 12 kap. 2–3 §§",
        date(2009, 6, 30),
    ),
    # What is told without saying whom it is about discloses nobody, as long as nobody can be recognised in it.
    Ground.UNNAMED: Rule(
        Ground.UNNAMED,
        1,
        "Offentlighets- och sekretesslagen (2009:400) 8 kap. 1 §: utan identitet röjs ingen. "
        "När någon ändå kan kännas igen avgör kommunens jurist.",
        date(2026, 11, 1),
    ),
}
