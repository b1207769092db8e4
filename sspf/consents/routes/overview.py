"""How the family stands: who has answered what, who must, and what holds now."""

from collections.abc import Mapping
from uuid import UUID

from starlette.responses import Response

from sspf.consents import labels, policy, queries
from sspf.consents.desk import open_desk
from sspf.consents.matrix import told_of
from sspf.consents.paper import manner_in
from sspf.consents.routes.registry import router
from sspf.consents.standing import standings_of
from sspf.law.kinds import TAKING_PART, Kind
from sspf.texts import Text, _
from sspf.web import Access, CurrentActor, CurrentPage, DbSession, shared

NOTICES: Mapping[str, Text] = {
    "samtycke": _("Blanketten är registrerad och gäller från och med nu."),
    "muntligt": _("Det muntliga svaret är registrerat och gäller från och med nu, tills det ska vara underskrivet."),
}


@router.get("/arenden/{case_id}/samtycke", access=Access.SIGNED_IN, lock=shared("case_id"))
def show_consents(page: CurrentPage, session: DbSession, actor: CurrentActor, case_id: UUID) -> Response:
    desk = open_desk(session, actor, case_id)
    consents = queries.list_consents(session, desk.case)
    waivers = queries.live_waivers(session, actor, desk.case)
    return page.render(
        "consents/overview.html",
        case=desk.case,
        household=desk.household,
        parties=desk.parties,
        names=desk.names,
        standings=standings_of(desk.household, consents, desk.reading, desk.now),
        consents=consents,
        manners={one.id: manner_in(desk.reading, one) for one in consents},
        seats=[one for one in waivers if one.kind is Kind.ACTIONS and one.about_id == desk.case.youth_id],
        told=told_of(desk.household, [one for one in waivers if one.kind not in TAKING_PART], desk.names),
        age_table=desk.household.ages,
        labels=labels,
        now=desk.now,
        may_record=policy.can_record(actor, desk.case),
        notice=page.notice(NOTICES),
    )
