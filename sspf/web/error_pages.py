"""Errors become pages here and nowhere else; a refusal to somebody signed in is put on the record first."""

from collections.abc import Mapping

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.orm.exc import StaleDataError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from auth.decisions import NotPermitted
from sspf.errors import Conflict, NotFound, ValidationFailed
from sspf.texts import Text
from sspf.web import problems
from sspf.web.current_user import NotSignedIn, sign_in_path
from sspf.web.frame import Frame
from sspf.web.locks import as_id
from sspf.web.problems import Explained
from sspf.web.state import Refusal, actor_of, edge_of, frame_of
from sspf.web.templating import request_context

# PostgreSQL: lock not available, cancelled by its time limit, deadlock, serialisation failure, too many connections
_PASSING = frozenset({"55P03", "57014", "40P01", "40001", "53300"})
RETRY = {"Retry-After": "30"}


def install(app: FastAPI) -> None:
    """Register a page for each error that a request can end in."""
    app.add_exception_handler(NotSignedIn, _not_signed_in)
    app.add_exception_handler(NotFound, _not_found)
    app.add_exception_handler(NotPermitted, _not_permitted)
    app.add_exception_handler(Conflict, _conflict)
    app.add_exception_handler(StaleDataError, _conflict)
    app.add_exception_handler(ValidationFailed, _invalid)
    app.add_exception_handler(RequestValidationError, _unreadable_address)
    app.add_exception_handler(DBAPIError, _database)
    app.add_exception_handler(PoolTimeout, _database)
    app.add_exception_handler(HTTPException, _by_status)


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


def _not_signed_in(request: Request, error: Exception) -> Response:
    assert isinstance(error, NotSignedIn)
    if "HX-Request" in request.headers:
        return answer(request, problems.SIGNED_OUT)
    return RedirectResponse(sign_in_path(error.back_to), status_code=303)


def _not_found(request: Request, error: Exception) -> Response:
    ids = request.path_params.values()
    return _refused(request, problems.NOT_FOUND, recorded=bool(ids) and all(as_id(str(one)) for one in ids))


def _not_permitted(request: Request, error: Exception) -> Response:
    assert isinstance(error, NotPermitted)
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


def _conflict(request: Request, error: Exception) -> Response:
    reason = error.reason if isinstance(error, Conflict) else None
    return _refused(request, problems.CONFLICT, recorded=False, reason=reason)


def _invalid(request: Request, error: Exception) -> Response:
    assert isinstance(error, ValidationFailed)
    return _refused(request, problems.INVALID, recorded=False, reason=next(iter(error.errors.values()), None))


def _unreadable_address(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    in_path = any(detail["loc"][0] == "path" for detail in error.errors())
    return _refused(request, problems.NOT_FOUND if in_path else problems.INVALID, recorded=False)


def _database(request: Request, error: Exception) -> Response:
    state = getattr(getattr(error, "orig", None), "sqlstate", "")
    if isinstance(error, PoolTimeout) or state is None or state in _PASSING:
        return answer(request, problems.BUSY, headers=RETRY)
    raise error


def _by_status(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    problem = problems.BY_STATUS.get(error.status_code, problems.UNREADABLE)
    return answer(request, problem, headers=error.headers)
