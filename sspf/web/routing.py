"""Routes that say who may ask. One that does not say cannot be written, and one made elsewhere is not served."""

from collections.abc import Callable, Iterable
from enum import StrEnum
from typing import Any, TypeVar

from fastapi import APIRouter, Depends, params
from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute, iter_route_contexts
from starlette.datastructures import URLPath
from starlette.responses import Response
from starlette.routing import BaseRoute, NoMatchFound

from sspf.web.current_user import current_actor
from sspf.web.locks import Lock
from sspf.web.ticket import ticket_of

Handler = TypeVar("Handler", bound=Callable[..., Response])
PathTo = Callable[..., URLPath]


class Access(StrEnum):
    """Who may ask: everybody, whoever is signed in (policy decides the rest), whoever holds a screen's ticket,
    or everybody in the demo."""

    PUBLIC = "public"
    SIGNED_IN = "signed_in"
    SCREEN = "screen"
    DEMO = "demo"


def open_to_all() -> None:
    """Marks a route that needs no sign-in."""


def only_in_demo() -> None:
    """Marks a route that exists in the demo alone."""


MARKS: dict[Access, Callable[..., Any]] = {
    Access.PUBLIC: open_to_all,
    Access.SIGNED_IN: current_actor,
    Access.SCREEN: ticket_of,
    Access.DEMO: only_in_demo,
}


class Undeclared(Exception):  # noqa: N818
    """A route that does not say who may ask; the application must not start."""


class Router:
    """A feature's routes. Each names its access, and the lock it takes on the record in its address.
    A link names it by its function.

    Addresses are written out whole, so that a search for one finds its route.
    """

    def __init__(self) -> None:
        self.api = APIRouter(default_response_class=Response, redirect_slashes=False)

    def get(self, path: str, *, access: Access, lock: Lock | None = None) -> Callable[[Handler], Handler]:
        """A page. Changes nothing but the trail."""
        return self._route("GET", path, access, lock)

    def post(self, path: str, *, access: Access, lock: Lock | None = None) -> Callable[[Handler], Handler]:
        """A change, answered by ``page.see_other`` or by the same page with status 422 or 409."""
        return self._route("POST", path, access, lock)

    def _route(self, method: str, path: str, access: Access, lock: Lock | None) -> Callable[[Handler], Handler]:
        asked_first: list[params.Depends] = [Depends(MARKS[access])]
        if lock is not None:
            asked_first.append(Depends(lock))

        def add(handler: Handler) -> Handler:
            self.api.add_api_route(
                path,
                handler,
                methods=[method],
                dependencies=asked_first,
                response_model=None,
                include_in_schema=False,
            )
            return handler

        return add

    def served(self, *, is_demo: bool) -> APIRouter:
        """The routes that this installation has: those of the demo only there."""
        served = APIRouter()
        served.routes.extend(
            route
            for route in self.api.routes
            if is_demo or not isinstance(route, APIRoute) or access_of(route) is not Access.DEMO
        )
        return served


def access_of(route: APIRoute) -> Access:
    """The access that ``route`` declares.

    Raises:
        Undeclared: it declares none, or more than one.
    """
    called = set(_called_by(route.dependant))
    declared = [access for access, mark in MARKS.items() if mark in called]
    if len(declared) != 1:
        raise Undeclared(f"{route.name}: {route.path}")
    return declared[0]


def routes_of(routers: Iterable[Router]) -> list[APIRoute]:
    """Every route, flat; the application's own list holds routers."""
    return [route for router in routers for route in router.api.routes if isinstance(route, APIRoute)]


def path_finder(routers: Iterable[Router], *, is_demo: bool) -> PathTo:
    """The path of a route by its name, as the application's own ``url_path_for`` gives it.

    That one tries every route for every link, which on a page with a hundred links is most of the page.
    """
    by_name: dict[str, APIRoute] = {}
    for route in routes_of(routers):
        if is_demo or access_of(route) is not Access.DEMO:
            by_name.setdefault(route.name, route)

    def path_to(name: str, /, **ids: object) -> URLPath:
        found = by_name.get(name)
        if found is None:
            raise NoMatchFound(name, ids)
        return found.url_path_for(name, **ids)

    return path_to


def check_declared(routes: Iterable[BaseRoute]) -> None:
    """Refuse to start with a route that does not say who may ask.

    Raises:
        Undeclared: a route with no access, or of another kind than a feature's.
    """
    for context in iter_route_contexts(list(routes)):
        route = context.original_route
        if not isinstance(route, APIRoute):
            raise Undeclared(str(context.path))
        access_of(route)


def _called_by(dependant: Dependant) -> Iterable[object]:
    yield dependant.call
    for needed in dependant.dependencies:
        yield from _called_by(needed)
