"""From what the coordinator typed to a case, or to what is wrong with it, field by field."""

from collections.abc import Container

from sqlalchemy.orm import Session

from auth.actor import Actor
from sspf.casefile.forms import GUARDIANS, OpenCaseForm
from sspf.cases import service
from sspf.cases.models import Case
from sspf.db import clock
from sspf.errors import ValidationFailed
from sspf.organisations import queries as organisations
from sspf.people import numbers
from sspf.people.numbers import InvalidNumber, Number
from sspf.people.service import Described
from sspf.texts import Text, _


def open_case(session: Session, actor: Actor, form: OpenCaseForm) -> Case:
    """Open the case.

    Raises:
        ValidationFailed: a number is wrong, is nobody's in this installation, or is given twice.
    """
    only: Container[str] | None = session.info.get("only_numbers")
    typed = {"number": form.number} | {
        f"guardian_{place}_number": getattr(form, f"guardian_{place}_number") for place in range(1, GUARDIANS + 1)
    }
    found, errors = _numbers(typed, only)
    if "number" in found and found["number"].born_on > clock.today(session):
        errors["number"] = _("Födelsedagen har inte varit än.")
    if errors:
        raise ValidationFailed(**errors)
    coordination = organisations.get_organisation(session, actor.municipality_id, actor.organisation_id)
    return service.open_case(
        session,
        actor,
        coordination=coordination,
        youth=Described(form.called_name, form.full_name, found["number"], form.contact),
        guardians=_guardians(form, found),
        is_demo=only is not None,
    )


def _numbers(typed: dict[str, str], only: Container[str] | None) -> tuple[dict[str, Number], dict[str, Text]]:
    found: dict[str, Number] = {}
    errors: dict[str, Text] = {}
    for name, text in typed.items():
        if not text:
            continue
        try:
            number = numbers.parse(text, only=only)
        except InvalidNumber as invalid:
            errors[name] = invalid.reason
            continue
        if number in found.values():
            errors[name] = _("Samma nummer står på två ställen.")
        found[name] = number
    return found, errors


def _guardians(form: OpenCaseForm, found: dict[str, Number]) -> list[Described]:
    described = (
        Described(
            getattr(form, f"guardian_{place}_called_name"),
            getattr(form, f"guardian_{place}_full_name"),
            found.get(f"guardian_{place}_number"),
            getattr(form, f"guardian_{place}_contact"),
        )
        for place in range(1, GUARDIANS + 1)
    )
    return [one for one in described if one.full_name]
