"""From what the coordinator typed to a case, or to what is wrong with it, field by field."""

from collections.abc import Container
from uuid import UUID

from sqlalchemy.orm import Session

from auth.actor import Actor
from sspf.casefile.forms import GUARDIANS, OpenCaseForm
from sspf.cases import service
from sspf.cases.models import Case
from sspf.db import clock
from sspf.errors import ValidationFailed
from sspf.law.consenters import turns_adult_on
from sspf.organisations import queries as organisations
from sspf.people import numbers
from sspf.people.numbers import Number
from sspf.people.service import Described


def open_case(session: Session, actor: Actor, form: OpenCaseForm, *, concern_id: UUID | None = None) -> Case:
    """Open the case, from a contact about a worry if one is named.

    Raises:
        ValidationFailed: a number is wrong, is nobody's in this installation, or is given twice; or a youth
            under 18 has no guardian. Who has turned 18 decides alone (föräldrabalken 9 kap. 1 §).
    """
    only: Container[str] | None = session.info.get("only_numbers")
    typed = {"number": form.number} | {
        f"guardian_{place}_number": getattr(form, f"guardian_{place}_number") for place in range(1, GUARDIANS + 1)
    }
    today = clock.today(session)
    found = numbers.parse_all(typed, only=only, today=today)
    if lacking := form.lacking_of_guardian(is_adult=turns_adult_on(found["number"].born_on) <= today):
        raise ValidationFailed(**lacking)
    coordination = organisations.get_organisation(session, actor.municipality_id, actor.organisation_id)
    return service.open_case(
        session,
        actor,
        coordination=coordination,
        youth=Described(form.called_name, form.full_name, found["number"], form.contact, form.protection),
        guardians=_guardians(form, found),
        concern_id=concern_id,
        is_demo=only is not None,
    )


def _guardians(form: OpenCaseForm, found: dict[str, Number]) -> list[Described]:
    described = (
        Described(
            getattr(form, f"guardian_{place}_called_name"),
            getattr(form, f"guardian_{place}_full_name"),
            found.get(f"guardian_{place}_number"),
            getattr(form, f"guardian_{place}_contact"),
            getattr(form, f"guardian_{place}_protection"),
        )
        for place in range(1, GUARDIANS + 1)
    )
    return [one for one in described if one.full_name]
