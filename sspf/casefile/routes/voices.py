"""What the youth says, and why this is good for the child: written down by the coordinator."""

from typing import Any
from uuid import UUID

from starlette.responses import Response

from auth.decisions import require
from sspf.casefile import labels
from sspf.casefile.forms import StatementsForm
from sspf.casefile.routes.registry import router
from sspf.cases import policy, service
from sspf.cases import queries as cases
from sspf.cases.models import Case, StatementKind
from sspf.db import clock
from sspf.law.kinds import Kind
from sspf.law.purposes import Purpose
from sspf.overtaken import mark_of
from sspf.vault import door
from sspf.web import Access, Compared, CurrentActor, CurrentPage, DbSession, Sent, Submitted, blank, exclusive, shared


@router.get("/arenden/{case_id}/utsagor", access=Access.SIGNED_IN, lock=shared("case_id"))
def edit_statements(page: CurrentPage, session: DbSession, actor: CurrentActor, case_id: UUID) -> Response:
    case = cases.get_case(session, actor, case_id)
    require(policy.can_write_statement(actor, case))
    return _show(page, case, _standing(session, actor, case))


@router.post("/arenden/{case_id}/utsagor", access=Access.SIGNED_IN, lock=exclusive("case_id"))
def write_statements(
    page: CurrentPage,
    session: DbSession,
    actor: CurrentActor,
    case_id: UUID,
    form: Sent[StatementsForm],
) -> Response:
    case = cases.get_case(session, actor, case_id)
    require(policy.can_write_statement(actor, case))
    if form.data is None:
        return _show(page, case, form, status=422)
    standing = _standing(session, actor, case)
    if form.data.read != standing.value("read"):
        fields: list[Compared] = [(kind.value, labels.STATEMENTS[kind], {}) for kind in StatementKind]
        return _show(page, case, form.overtaken(standing, fields), status=409)
    for kind in StatementKind:
        said = getattr(form.data, kind.value)
        if said and said != standing.value(kind.value):
            service.write_statement(session, actor, case, kind=kind, statement=said)
    return page.see_other("show_case", case_id=case_id, query={"klart": "sparat"})


def _standing(session: DbSession, actor: CurrentActor, case: Case) -> Submitted[Any]:
    """The form as it begins."""
    access = policy.access_to(actor, case, clock.now(session))
    reading = door.open(session, access, Purpose.CORRECTION, kinds=(Kind.FAMILY_VIEW,))
    rows = cases.current_statements(session, reading, case)
    read = mark_of(*sorted(row.id for row in rows.values()))
    return blank(read=read, **{kind: reading.reveal(row, "statement") for kind, row in rows.items()})


def _show(page: CurrentPage, case: Case, form: Submitted[StatementsForm], *, status: int = 200) -> Response:
    return page.render(
        "casefile/statements.html", status=status, case=case, form=form, labels=labels, kinds=StatementKind
    )
