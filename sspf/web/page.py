"""The answer of a route: a page, the one block of it that htmx asked for, or the way to another page."""

from collections.abc import Mapping, Sequence
from typing import Annotated
from urllib.parse import urlencode

from fastapi import Depends
from sqlalchemy.orm import Session
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from sspf.texts import Text
from sspf.web.session import DbSession
from sspf.web.state import actor_of, edge_of, frame_of
from sspf.web.templating import request_context


class Page:
    """One request's answer, rendered to bytes while its transaction is open."""

    def __init__(self, request: Request, session: Session) -> None:
        self.request = request
        self.session = session

    def render(self, template: str, *, fragments: Sequence[str] = (), status: int = 200, **context: object) -> Response:
        """Answer with the page, or with the block of ``fragments`` that the request is for.

        htmx names the element it will replace; the element's id, the block and the
        fragment are one word. A name that the route did not list gets no block: the
        browser is told to load the page.
        """
        environment = edge_of(self.request).environment
        page = environment.get_template(template)
        frame = frame_of(self.request, self.session)
        variables = page.new_context({**request_context(self.request, frame), **context})
        target = self.asked_fragment()
        headers = {"Vary": "HX-Target"}
        if target is not None and target not in fragments:
            return self._load_whole(headers)
        block = page.root_render_func if target is None else page.blocks[target]
        return HTMLResponse(environment.concat(block(variables)), status_code=status, headers=headers)

    def _load_whole(self, headers: Mapping[str, str]) -> Response:
        if self.request.method != "GET":
            raise LookupError("a form asked htmx to replace something that its route does not list")
        url = self.request.url
        return HTMLResponse(headers={**headers, "HX-Redirect": f"{url.path}?{url.query}" if url.query else url.path})

    def asked_fragment(self) -> str | None:
        """The id of the element that htmx will replace; none when the browser asked for the page."""
        if "HX-Request" not in self.request.headers:
            return None
        return self.request.headers.get("HX-Target", "").rpartition("#")[2]

    def see_other(self, route: str, *, query: Mapping[str, str] | None = None, **ids: object) -> Response:
        """Send the browser to ``route`` after a change: loading that page again changes nothing."""
        self._forget_draft()
        path = str(edge_of(self.request).path_to(route, **ids))
        return RedirectResponse(f"{path}?{urlencode(query)}" if query else path, status_code=303)

    def _forget_draft(self) -> None:
        """The form that brought us here has been sent: its draft goes in the same transaction."""
        drafts, actor = edge_of(self.request).drafts, actor_of(self.request)
        if drafts is not None and actor is not None and self.request.method == "POST":
            drafts.forget_sent(self.session, actor, self.request.url.path)

    def notice(self, notices: Mapping[str, Text]) -> Text | None:
        """The sentence for what was just done: see_other's ``query={"klart": name}``, if ``notices`` has that name."""
        return notices.get(self.request.query_params.get("klart", ""))


def current_page(request: Request, session: DbSession) -> Page:
    return Page(request, session)


CurrentPage = Annotated[Page, Depends(current_page)]
