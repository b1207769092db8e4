"""What reaches the log: names on a list, and nothing that anybody typed or is called."""

import io
import json
import logging

import pytest

from sspf.web.log import configure_logging, logger
from tests.web.edge_under_test import SARA, browser, edge_with
from tests.web.routes_under_test import KNOWN, SECRET, feature


@pytest.fixture
def lines():
    stream = io.StringIO()
    handlers = logging.getLogger().handlers[:]
    configure_logging(stream)
    yield lambda: [json.loads(line) for line in stream.getvalue().splitlines()]
    logging.getLogger().handlers[:] = handlers


def test_an_answer_leaves_one_line_without_its_address(lines):
    browser(edge_with(feature)).post(f"/saker/{KNOWN}?till=Kim")

    [line] = lines()
    assert line["event"] == "request"
    assert (line["method"], line["route"], line["status"]) == ("POST", "/saker/{thing_id}", 403)
    assert line["ms"] > 0
    assert line["request_id"]
    assert str(KNOWN) not in json.dumps(line)
    assert "Kim" not in json.dumps(line)


def test_the_one_who_asked_is_a_pseudonym(lines):
    client = browser(edge_with(feature))
    client.get("/hej")
    client.get("/hej")

    first, second = lines()
    assert first["actor"] == second["actor"]
    assert SARA.name not in json.dumps(first)
    assert str(SARA.user_id) not in json.dumps(first)


def test_an_error_leaves_its_class_and_its_place(lines):
    browser(edge_with(feature)).get("/trasig")

    error, request = lines()
    assert error["error"] == "RuntimeError"
    assert error["where"].startswith("routes_under_test.py:")
    assert error["request_id"] == request["request_id"]
    assert "Exempelsson" not in json.dumps([error, request])


def test_a_statement_that_failed_leaves_no_values(lines):
    browser(edge_with(feature)).get("/fullt")

    assert "Exempelsson" not in json.dumps(lines())
    assert "INSERT" not in json.dumps(lines())


def test_a_name_that_nobody_has_allowed_is_dropped(lines):
    logger.info("request", status=200, name=SECRET, path=f"/saker/{KNOWN}")

    [line] = lines()
    assert set(line) == {"event", "status", "time", "level"}


def test_a_librarys_line_keeps_its_form_and_loses_what_was_put_in(lines):
    logging.getLogger("some.library").warning("could not reach %s", SECRET)
    logging.getLogger("some.library").error(f"could not reach {SECRET}")  # noqa: G004 - as libraries do
    try:
        int(SECRET)
    except ValueError:
        logging.getLogger("uvicorn.error").exception("Exception in ASGI application\n")

    with_arguments, put_together, with_error = lines()
    assert with_arguments["event"] == "could not reach %s"
    assert with_arguments["logger"] == "some.library"
    assert put_together["event"] == "a library's message"
    assert with_error["error"] == "ValueError"
    assert "Exempelsson" not in json.dumps(lines())


def test_addresses_are_not_logged_by_the_server(lines):
    logging.getLogger("uvicorn.access").info('%s - "%s %s"', "127.0.0.1", "GET", f"/saker/{KNOWN}")

    assert lines() == []
