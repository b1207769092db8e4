"""Errors become pages here and nowhere else; a refusal to somebody signed in is put on the record first."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import TypeVar, cast

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.orm.exc import StaleDataError
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from auth.decisions import NotPermitted
from sspf.errors import Conflict, NotFound, ValidationFailed
from sspf.texts import Text
from sspf.web import problems
from sspf.web.current_user import COOKIE, NotSignedIn, sign_in_path
from sspf.web.frame import Frame
from sspf.web.locks import as_id
from sspf.web.problems import Explained
from sspf.web.state import Edge, Refusal, actor_of, edge_of, frame_of
from sspf.web.templating import request_context
from sspf.web.ticket import ASK_FOR_ONE, NoTicket

# PostgreSQL: lock not available, cancelled by its time limit, deadlock, serialisation failure, too many connections
_PASSING = frozenset({"55P03", "57014", "40P01", "40001", "53300"})
RETRY = {"Retry-After": "30"}
DRAFTS = "/utkast"
MOST_FIELDS = 500

Error = TypeVar("Error", bound=Exception)


def install(app: FastAPI) -> None:
    """Register a page for each error that a request can end in."""
    _on(app, NotSignedIn, _not_signed_in)
    _on(app, NoTicket, _no_ticket)
    _on(app, NotFound, _not_found)
    _on(app, NotPermitted, _not_permitted)
    _on(app, Conflict, _conflict)
    _on(app, StaleDataError, _stale)
    _on(app, ValidationFailed, _invalid)
    _on(app, RequestValidationError, _unreadable_address)
    _on(app, DBAPIError, _database)
    _on(app, PoolTimeout, _pool)
    _on(app, HTTPException, _by_status)


def _on(app: FastAPI, kind: type[Error], handler: Callable[[Request, Error], Response | Awaitable[Response]]) -> None:
    # the framework's type forgets which error a handler is for
    app.add_exception_handler(kind, cast("Callable[[Request, Exception], Response]", handler))


def answer(
    request: Request,
    problem: Explained,
    *,
    reason: object = None,
    frame: Frame | None = None,
    headers: Mapping[str, str] | None = None,
) -> Response:
    """The page for ``problem``, or the piece of it that htmx puts above a page that is already there.

    ``reason`` is shown instead of the usual words if it is a sentence; a code is not.
    """
    environment = edge_of(request).environment
    template = environment.get_template("errors/problem.html")
    for_htmx = "HX-Request" in request.headers
    variables = template.new_context(
        {
            **request_context(request, frame or edge_of(request).bare_frame),
            "problem": problem,
            "text": reason if isinstance(reason, Text) else problem.text,
            "sign_in": sign_in_path("/"),
            "level": 2 if for_htmx else 1,
        }
    )
    block = template.blocks["problem"] if for_htmx else template.root_render_func
    retarget = {"HX-Retarget": "#problem", "HX-Reswap": "outerHTML show:top"} if for_htmx else {}
    return HTMLResponse(
        environment.concat(block(variables)),
        status_code=problem.status,
        headers={**retarget, "Vary": "HX-Target", **(headers or {})},
    )


def refuser(problem: Explained) -> ASGIApp:
    """What a middleware answers with when a request may not go on."""

    async def refuse(scope: Scope, receive: Receive, send: Send) -> None:
        response = answer(Request(scope), problem, headers=RETRY if problem is problems.BUSY else None)
        await response(scope, receive, send)

    return refuse


async def _not_signed_in(request: Request, error: NotSignedIn) -> Response:
    if "HX-Request" in request.headers:
        return answer(request, problems.SIGNED_OUT)
    if request.method == "POST" and await _is_kept(request):
        return RedirectResponse(f"{sign_in_path(DRAFTS)}&klart=utkast", status_code=303)
    return RedirectResponse(sign_in_path(error.back_to), status_code=303)


def _no_ticket(request: Request, error: NoTicket) -> Response:
    return RedirectResponse(ASK_FOR_ONE, status_code=303)


async def _is_kept(request: Request) -> bool:
    """Whether what was typed lies waiting for whoever's session this was."""
    edge, token = edge_of(request), request.cookies.get(COOKIE)
    if edge.drafts is None or not token:
        return False
    try:
        sent = await request.form(max_files=0, max_fields=MOST_FIELDS)
    except HTTPException:
        return False
    typed = [(name, text) for name, text in sent.multi_items() if isinstance(text, str)]
    return await run_in_threadpool(_kept, edge, token, request.url.path, typed)


def _kept(edge: Edge, token: str, path: str, typed: Sequence[tuple[str, str]]) -> bool:
    with edge.sessions.begin() as session:
        return edge.drafts is not None and edge.drafts.keep_typed(session, token, path, typed)


def _not_found(request: Request, error: NotFound) -> Response:
    # an address that holds no id is refused for what its route is; one that cannot be an id refuses nobody anything
    recorded = all(as_id(str(one)) for one in request.path_params.values())
    return _refused(request, problems.NOT_FOUND, recorded=recorded)


def _not_permitted(request: Request, error: NotPermitted) -> Response:
    return _refused(request, problems.NOT_PERMITTED, recorded=True, reason=error.reason)


def _refused(request: Request, problem: Explained, *, recorded: bool, reason: object = None) -> Response:
    actor = actor_of(request)
    if actor is None:
        return answer(request, problem, reason=reason)
    edge = edge_of(request)
    with edge.sessions.begin() as session:
        if recorded:
            edge.record_refusal(session, actor, _refusal(request, problem, reason))
        frame = frame_of(request, session)
    return answer(request, problem, reason=reason, frame=frame)


def _refusal(request: Request, problem: Explained, reason: object) -> Refusal:
    ids = {name: found for name, value in request.path_params.items() if (found := as_id(str(value)))}
    return Refusal(status=problem.status, route=request.scope["route"].name, ids=ids, reason=reason)


def _conflict(request: Request, error: Conflict) -> Response:
    return _refused(request, problems.CONFLICT, recorded=False, reason=error.reason)


def _stale(request: Request, error: StaleDataError) -> Response:
    return _refused(request, problems.CONFLICT, recorded=False)


def _invalid(request: Request, error: ValidationFailed) -> Response:
    return _refused(request, problems.INVALID, recorded=False, reason=next(iter(error.errors.values()), None))


def _unreadable_address(request: Request, error: RequestValidationError) -> Response:
    in_path = any(detail["loc"][0] == "path" for detail in error.errors())
    return _refused(request, problems.NOT_FOUND if in_path else problems.INVALID, recorded=False)


def _database(request: Request, error: DBAPIError) -> Response:
    state = getattr(error.orig, "sqlstate", "")
    if state is None or state in _PASSING:  # none: the server could not be reached
        return answer(request, problems.BUSY, headers=RETRY)
    raise error


def _pool(request: Request, error: PoolTimeout) -> Response:
    return answer(request, problems.BUSY, headers=RETRY)


def _by_status(request: Request, error: HTTPException) -> Response:
    problem = problems.BY_STATUS.get(error.status_code, problems.UNREADABLE)
    return answer(request, problem, headers=error.headers)
