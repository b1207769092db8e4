"""A family as it is typed in: in a contact and in a case the fields are called the same, by place.

The youth stands in the first place, and their fields have no prefix: a contact's fill a case's form as they are.
"""

from sqlalchemy.orm import Session

from sspf.db import clock
from sspf.people import numbers
from sspf.people.models import Protection
from sspf.people.numbers import Number
from sspf.people.service import Described

# the youth, and up to two guardians
PLACES = range(3)


def prefix_of(place: int) -> str:
    """What the fields of somebody in this place begin with."""
    return f"guardian_{place}_" if place else ""


def numbers_in(session: Session, form: object) -> dict[str, Number]:
    """The numbers that were filled in, by field, if this installation takes them: the demo takes no real person's.

    Raises:
        ValidationFailed: as ``numbers.parse_all``.
    """
    fields = [f"{prefix_of(place)}number" for place in PLACES]
    typed = {field: getattr(form, field) for field in fields}
    return numbers.parse_all(typed, only=session.info.get("only_numbers"), today=clock.today(session))


def described_in(form: object, found: dict[str, Number], place: int) -> Described:
    """Whoever was typed in at this place; ``found`` are the numbers of the form."""
    prefix = prefix_of(place)
    return Described(
        getattr(form, f"{prefix}called_name"),
        getattr(form, f"{prefix}full_name"),
        found.get(f"{prefix}number"),
        getattr(form, f"{prefix}contact"),
        # a contact is not asked about it
        getattr(form, f"{prefix}protection", Protection.NONE),
    )
