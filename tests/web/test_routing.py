"""A route that does not say who may ask is not served."""

import pytest
from fastapi import APIRouter, Depends
from starlette.responses import Response

from sspf.web import Access, CurrentActor, MaybeActor, Router
from sspf.web.routing import MARKS, Undeclared, access_of, routes_of
from tests.web.edge_under_test import browser, edge_with
from tests.web.kitchen import kitchen
from tests.web.routes_under_test import feature


def anything() -> Response:
    return Response("hemligt")


def test_a_route_cannot_be_written_without_its_access():
    with pytest.raises(TypeError, match="access"):
        Router().get("/glomd")


def test_a_route_made_past_the_router_stops_the_start():
    router = Router()
    router.api.add_api_route("/forbi", anything)

    with pytest.raises(Undeclared, match="/forbi"):
        edge_with(router)


def test_a_router_inside_a_router_is_looked_into():
    inner = APIRouter()
    inner.add_api_route("/inre", anything)
    router = Router()
    router.api.include_router(inner)

    with pytest.raises(Undeclared):
        edge_with(router)


def test_a_mount_stops_the_start():
    router = Router()
    router.api.mount("/filer", Response("hemligt"))

    with pytest.raises(Undeclared):
        edge_with(router)


def test_a_route_for_all_that_needs_somebody_has_not_decided():
    router = Router()

    @router.get("/vem", access=Access.PUBLIC)
    def who(actor: CurrentActor) -> Response:
        return Response()

    with pytest.raises(Undeclared):
        edge_with(router)


def test_a_route_for_all_may_ask_whether_anybody_is_there():
    router = Router()

    @router.get("/vem", access=Access.PUBLIC)
    def who(actor: MaybeActor) -> Response:
        return Response(actor.name if actor else "ingen")

    app = edge_with(router)

    assert browser(app).get("/vem").text == "Sara Lind"
    assert browser(app, signed_in=False).get("/vem").text == "ingen"


def test_every_route_declares_what_its_dependencies_do():
    declared = {(route.path, *route.methods): access_of(route) for route in routes_of([feature, kitchen])}

    assert len(declared) == len(routes_of([feature, kitchen])) > 20
    assert declared["/oppet", "GET"] is Access.PUBLIC
    assert declared["/demo", "GET"] is Access.DEMO
    assert declared["/hej", "POST"] is Access.SIGNED_IN
    assert set(MARKS) == set(Access)


def test_the_demos_routes_exist_in_the_demo_alone():
    assert browser(edge_with(feature, is_demo=True), signed_in=False).get("/demo").status_code == 200
    assert browser(edge_with(feature)).get("/demo").status_code == 404


def test_nothing_is_served_that_no_feature_wrote():
    client = browser(edge_with(feature))

    for path in ("/docs", "/redoc", "/openapi.json", "/hej/", "/HEJ"):
        assert client.get(path).status_code == 404


def test_a_dependency_of_the_route_itself_is_asked_after_who_asks():
    asked = []
    router = Router()

    @router.get("/ordning", access=Access.SIGNED_IN)
    def ordered(late: None = Depends(lambda: asked.append("late"))) -> Response:
        return Response()

    browser(edge_with(router), signed_in=False).get("/ordning")

    assert asked == []
