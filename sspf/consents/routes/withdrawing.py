"""Taking back one person's consent, whole or in part, and the list of what had been shared."""

from collections.abc import Collection
from uuid import UUID

from starlette.responses import Response

from auth.actor import Actor
from sspf.consents import labels, policy, queries, sharing
from sspf.consents.agreement import Row, taking_part
from sspf.consents.desk import Desk, open_desk
from sspf.consents.forms import Scope, WithdrawalForm
from sspf.consents.matrix import pairs
from sspf.consents.models import Consent
from sspf.consents.recalling import was_taken_back
from sspf.consents.routes.registry import router
from sspf.consents.service import withdraw
from sspf.consents.sheet import row_key
from sspf.errors import ValidationFailed
from sspf.law.kinds import TAKING_PART
from sspf.texts import Text, _
from sspf.web import Access, CurrentActor, CurrentPage, DbSession, Page, Sent, Submitted, blank, exclusive, shared

NOTICES: dict[str, Text] = {
    "allt": _("Samtycket är återkallat. Det som vilade på det är stängt från och med nu."),
    "del": _("Det valda är återkallat. Det som vilade på det är stängt från och med nu."),
}


@router.get("/arenden/{case_id}/samtycke/{consent_id}/aterkalla", access=Access.SIGNED_IN, lock=shared("case_id"))
def show_withdrawal(
    page: CurrentPage, session: DbSession, actor: CurrentActor, case_id: UUID, consent_id: UUID
) -> Response:
    desk = open_desk(session, actor, case_id)
    return _page(page, actor, desk, queries.get_consent(session, actor, desk.case, consent_id), blank())


@router.post("/arenden/{case_id}/samtycke/{consent_id}/aterkalla", access=Access.SIGNED_IN, lock=exclusive("case_id"))
def withdraw_consent(
    page: CurrentPage,
    session: DbSession,
    actor: CurrentActor,
    case_id: UUID,
    consent_id: UUID,
    form: Sent[WithdrawalForm],
) -> Response:
    desk = open_desk(session, actor, case_id)
    consent = queries.get_consent(session, actor, desk.case, consent_id)
    if form.data is None:
        return _page(page, actor, desk, consent, form, status=422)
    is_whole = form.data.scope is Scope.ALL
    rows = None if is_whole else _chosen(form.data, consent, desk)
    try:
        withdraw(session, actor, desk.case, consent, rows=rows, family=desk.household.family)
    except ValidationFailed as failed:
        return _page(page, actor, desk, consent, form.refused(failed), status=422)
    done = "allt" if is_whole else "del"
    return page.see_other("show_withdrawal", case_id=case_id, consent_id=consent_id, query={"klart": done})


def _chosen(data: WithdrawalForm, consent: Consent, desk: Desk) -> set[Row]:
    """The rows that were ticked, and those of the seats that were."""
    rows = {row.as_row for row in consent.rows if row_key(row.as_row) in data.rows}
    return rows.union(*(taking_part(desk.case.coordination_id, organisation) for organisation in data.seats))


def _page(
    page: Page, actor: Actor, desk: Desk, consent: Consent, form: Submitted[WithdrawalForm], *, status: int = 200
) -> Response:
    standing = [row.as_row for row in consent.rows if row.ended_at is None]
    return page.render(
        "consents/withdraw.html",
        status=status,
        case=desk.case,
        household=desk.household,
        giver=desk.household[consent.person_id],
        consent=consent,
        is_live=consent.is_live(desk.now),
        seats=_seats(desk, standing),
        rows=_rows(desk, standing),
        open_now=sharing.tallied(sharing.shared_now(page.session, [consent.id])),
        may_print=policy.can_print_recall(actor, desk.case),
        was_taken_back=was_taken_back(consent),
        closed=sharing.tallied(sharing.no_longer_shared(page.session, consent.id)),
        names=desk.names,
        labels=labels,
        may_withdraw=policy.can_withdraw(actor, desk.case),
        form=form,
        notice=page.notice(NOTICES),
    )


def _seats(desk: Desk, standing: Collection[Row]) -> list[tuple[str, str, Text]]:
    """The organisations this person wants at the table, and what goes with each."""
    coordination = desk.case.coordination_id
    return [
        (str(one.id), one.name, _("Då berättas inget mer för eller av %(name)s.", name=one.name))
        for one in desk.parties
        if not taking_part(coordination, one.id).isdisjoint(standing)
    ]


def _rows(desk: Desk, standing: Collection[Row]) -> list[tuple[str, Text]]:
    """The rows this person has said yes to, in words."""
    told = [row for row in standing if row.kind not in TAKING_PART]
    return [
        (
            row_key(Row(pair.source_id, pair.recipient_id, kind)),
            _(
                "%(source)s får berätta för %(recipient)s: %(kind)s",
                source=desk.names[pair.source_id],
                recipient=desk.names[pair.recipient_id],
                kind=labels.kind_label(kind),
            ),
        )
        for pair in pairs(told, desk.names)
        for kind in pair.kinds
    ]
