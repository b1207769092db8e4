"""Full name, number and contact of one person: opened on purpose, and on the record as a reveal."""

from uuid import UUID

from starlette.responses import Response

from sspf.casefile import labels
from sspf.casefile.routes.registry import router
from sspf.cases import policy
from sspf.cases import queries as cases
from sspf.db import clock
from sspf.errors import NotFound
from sspf.law.purposes import Purpose
from sspf.people import queries as people
from sspf.people.models import Part
from sspf.vault import door
from sspf.web import Access, CurrentActor, CurrentPage, DbSession, shared


@router.get("/arenden/{case_id}/personer/{person_id}", access=Access.SIGNED_IN, lock=shared("case_id"))
def reveal_person(
    page: CurrentPage, session: DbSession, actor: CurrentActor, case_id: UUID, person_id: UUID
) -> Response:
    """What the reading shows of the person beyond the called name, or nothing at all."""
    case = cases.get_case(session, actor, case_id)
    person = next((one for one in case.people if one.person_id == person_id), None)
    if person is None:
        raise NotFound
    access = policy.access_to(actor, case, clock.now(session))
    reading = door.open(session, access, Purpose.REVEAL, envelope_ids=people.envelope_ids(session, person_id))
    parts = people.parts_of(session, reading, [person_id]).get(person_id)
    if parts is None or (parts[Part.FULL_NAME] is None and parts[Part.NUMBER] is None):
        raise NotFound
    role = labels.CASE_ROLES[person.role]
    return page.render("casefile/person.html", case=case, role=role, person=people.revealed(reading, parts))
