"""When what is written in a closed case may be erased at the earliest, or that it is preserved. Pure, dated data.

Whether a case's notes belong to a personakt at all is for the municipality's lawyer, who also
decides what is done; this says what the texts say and no more.
"""

from dataclasses import dataclass
from datetime import date

from sspf.law.consenters import nth_birthday

YEARS = 5
PRESERVED_BIRTHDAYS = frozenset({5, 15, 25})
PRESERVED_COUNTIES = frozenset({"05", "09", "22"})  # Östergötlands, Gotlands och Västernorrlands län
PRESERVED_MUNICIPALITIES = frozenset({"1480"})  # Göteborg
CHILD_FILES_TO_AGE = 30

ERASED_BY = "Socialtjänstlagen (2025:400) 16 kap. 1 §"
PRESERVED_BY = "Socialtjänstlagen (2025:400) 16 kap. 4 § och socialtjänstförordningen (2025:468) 13 kap. 1 §"
# Read on 2 April 2026 in the wordings of then: SoL as of SFS 2025:1501, SoF as of SFS 2025:1046.


@dataclass(frozen=True, slots=True)
class Place:
    """A municipality by its four-digit code, and the two-digit code of its county; None where it is in no list."""

    municipality: str
    county: str | None


@dataclass(frozen=True, slots=True)
class Retention:
    """What the law says of a case. ``earliest`` is None when everything is preserved.

    Erasure that has become due is to be finished by ``finished_by``. ``is_unsure``: the birth date or the
    county is not known, so that an exception may hold that cannot be seen from here.
    """

    earliest: date | None
    finished_by: date | None
    provision: str
    is_unsure: bool

    @property
    def is_preserved(self) -> bool:
        """Whether nothing of the case may ever be erased."""
        return self.earliest is None


def retention_of(
    last_note_on: date, born_on: date | None, place: Place, *, child_files_to_age_30: bool = False
) -> Retention:
    """What becomes of a case whose last note was made on ``last_note_on``.

    ``child_files_to_age_30`` keeps everything until the 30th birthday. Prop. 2025/26:12 announced such a rule for
    some child files; it is not in the texts above, so it is off until the municipality's lawyer says otherwise.
    """
    if place.municipality in PRESERVED_MUNICIPALITIES or place.county in PRESERVED_COUNTIES:
        return Retention(None, None, PRESERVED_BY, is_unsure=False)
    if born_on is not None and born_on.day in PRESERVED_BIRTHDAYS:
        return Retention(None, None, PRESERVED_BY, is_unsure=False)
    earliest = nth_birthday(last_note_on, YEARS)
    if child_files_to_age_30 and born_on is not None:
        earliest = max(earliest, nth_birthday(born_on, CHILD_FILES_TO_AGE))
    is_unsure = born_on is None or place.county is None
    return Retention(earliest, date(earliest.year + 1, 12, 31), ERASED_BY, is_unsure)
