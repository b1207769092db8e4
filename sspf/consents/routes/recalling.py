"""The letters that recall what had been shared, one sheet to each organisation."""

from uuid import UUID

from starlette.responses import Response

from auth import queries as accounts
from auth.decisions import require
from sspf.cases import queries as cases
from sspf.cases.models import CaseRole
from sspf.consents import labels, policy, queries
from sspf.consents.recalling import letters_of, record_printed
from sspf.consents.routes.registry import router
from sspf.db import clock
from sspf.organisations import queries as organisations
from sspf.web import Access, CurrentActor, CurrentPage, DbSession, shared


@router.get("/arenden/{case_id}/samtycke/{consent_id}/brev", access=Access.SIGNED_IN, lock=shared("case_id"))
def print_recall(
    page: CurrentPage, session: DbSession, actor: CurrentActor, case_id: UUID, consent_id: UUID
) -> Response:
    case = cases.get_case(session, actor, case_id)
    require(policy.can_see_answers(actor))
    consent = queries.get_consent(session, actor, case, consent_id)
    require(policy.can_print_recall(actor, case))
    names = organisations.names(session, actor.municipality_id)
    letters = letters_of(session, case, consent, names)
    record_printed(session, actor, consent, letters)
    return page.render(
        "consents/letters.html",
        case=case,
        letters=letters,
        names=names,
        sender=names[case.coordination_id],
        coordinator=accounts.names_of(session, [case.coordinator_id]).get(case.coordinator_id, ""),
        roles={person.person_id: person.role for person in case.people},
        role_words={CaseRole.YOUTH: labels.ROLES[CaseRole.YOUTH], CaseRole.GUARDIAN: labels.ROLES[CaseRole.GUARDIAN]},
        kind_label=labels.kind_label,
        today=clock.today(session),
    )
