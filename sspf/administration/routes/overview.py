"""The administrator's first page: what can be set, and how the installation is doing."""

from starlette.responses import Response

from auth.decisions import require
from sspf.administration import policy
from sspf.administration.health import health_on_page
from sspf.administration.labels import CHECKS
from sspf.administration.routes.registry import router
from sspf.administration.sections import SECTIONS
from sspf.web import Access, CurrentActor, CurrentPage, DbSession


@router.get("/administration", access=Access.SIGNED_IN)
def show_administration(page: CurrentPage, session: DbSession, actor: CurrentActor) -> Response:
    require(policy.can_administer(actor))
    return page.render(
        "administration/overview.html", sections=SECTIONS, checks=health_on_page(session), check_names=CHECKS
    )
