"""The administrator's first page, what has to be in place and what can be set; and how the installation is doing."""

from starlette.responses import Response

from auth.decisions import require
from sspf.administration import checklist, policy
from sspf.administration.health import health_on_page, is_fit
from sspf.administration.labels import CHECKS
from sspf.administration.routes.registry import router
from sspf.administration.sections import SECTIONS
from sspf.web import Access, CurrentActor, CurrentPage, DbSession


@router.get("/administration", access=Access.SIGNED_IN)
def show_administration(page: CurrentPage, session: DbSession, actor: CurrentActor) -> Response:
    require(policy.can_administer(actor))
    return page.render("administration/overview.html", steps=checklist.steps(session, actor), sections=SECTIONS)


@router.get("/administration/halsa", access=Access.SIGNED_IN)
def show_health(page: CurrentPage, session: DbSession, actor: CurrentActor) -> Response:
    """The same as the command ``sspf check``."""
    require(policy.can_administer(actor))
    checks = health_on_page(session)
    return page.render("administration/health.html", checks=checks, check_names=CHECKS, is_fit=is_fit(checks))
