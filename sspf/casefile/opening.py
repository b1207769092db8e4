"""From what the coordinator typed to a case, or to what is wrong with it, field by field."""

from uuid import UUID

from sqlalchemy.orm import Session

from auth.actor import Actor
from sspf.casefile.forms import OpenCaseForm
from sspf.cases import service
from sspf.cases.models import Case
from sspf.db import clock
from sspf.errors import ValidationFailed
from sspf.law.consenters import turns_adult_on
from sspf.organisations import queries as organisations
from sspf.people.typed import PLACES, described_in, numbers_in


def open_case(session: Session, actor: Actor, form: OpenCaseForm, *, concern_id: UUID | None = None) -> Case:
    """Open the case, from a contact about a worry if one is named.

    Raises:
        ValidationFailed: a number is wrong, is nobody's in this installation, or is given twice; or a youth
            under 18 has no guardian. Who has turned 18 decides alone (föräldrabalken 9 kap. 1 §).
    """
    found = numbers_in(session, form)
    if lacking := form.lacking_of_guardian(is_adult=turns_adult_on(found["number"].born_on) <= clock.today(session)):
        raise ValidationFailed(**lacking)
    coordination = organisations.get_organisation(session, actor.municipality_id, actor.organisation_id)
    youth, *guardians = (described_in(form, found, place) for place in PLACES)
    return service.open_case(
        session,
        actor,
        coordination=coordination,
        youth=youth,
        guardians=[one for one in guardians if one.full_name],
        concern_id=concern_id,
    )
