"""Marking that somebody in a case has protected identity. It can be raised here, and never taken off."""

from dataclasses import dataclass
from uuid import UUID

from starlette.responses import Response

from auth.decisions import require
from sspf.casefile import labels
from sspf.casefile.forms import ProtectForm
from sspf.casefile.routes.registry import router
from sspf.cases import policy
from sspf.cases import queries as cases
from sspf.cases.models import Case
from sspf.cases.protecting import protect
from sspf.cases.service import record_shown
from sspf.consents.household import place_of
from sspf.errors import ValidationFailed
from sspf.people.models import LEVELS, Protection
from sspf.people.queries import people_by_id
from sspf.texts import _
from sspf.web import Access, CurrentActor, CurrentPage, DbSession, Page, Sent, Submitted, blank, exclusive, shared

NOTICES = {"markerad": _("Markeringen gäller nu.")}


@dataclass(frozen=True, slots=True)
class Marked:
    """One of the family by their place in the case, and how far they are protected."""

    person_id: UUID
    name: str
    level: Protection


@router.get("/arenden/{case_id}/skydd", access=Access.SIGNED_IN, lock=shared("case_id"))
def edit_protection(page: CurrentPage, session: DbSession, actor: CurrentActor, case_id: UUID) -> Response:
    case = cases.get_case(session, actor, case_id)
    require(policy.can_protect(actor))
    record_shown(session, actor, case)
    return _show(page, session, case, blank())


@router.post("/arenden/{case_id}/skydd", access=Access.SIGNED_IN, lock=exclusive("case_id"))
def protect_person(
    page: CurrentPage,
    session: DbSession,
    actor: CurrentActor,
    case_id: UUID,
    form: Sent[ProtectForm],
) -> Response:
    case = cases.get_case(session, actor, case_id)
    require(policy.can_protect(actor))
    if form.data is None:
        return _show(page, session, case, form, status=422)
    try:
        protect(session, actor, case, person_id=form.data.person, level=form.data.level)
    except ValidationFailed as failed:
        return _show(page, session, case, form.refused(failed), status=422)
    return page.see_other("edit_protection", case_id=case_id, query={"klart": "markerad"})


def _show(page: Page, session: DbSession, case: Case, form: Submitted[ProtectForm], *, status: int = 200) -> Response:
    people = people_by_id(session, [person.person_id for person in case.people])
    family = [Marked(one.person_id, place_of(one), people[one.person_id].protection) for one in case.people]
    return page.render(
        "casefile/protection.html",
        status=status,
        case=case,
        form=form,
        family=family,
        choices=[(str(one.person_id), one.name) for one in family if one.level is not LEVELS[-1]],
        levels=[(level.value, labels.PROTECTIONS[level]) for level in LEVELS[1:]],
        labels=labels,
        notice=page.notice(NOTICES),
    )
