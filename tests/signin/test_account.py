"""One's own sessions: seen, ended, and explained to whoever comes back to one that is over."""

from sqlalchemy import create_engine, text

from audit.events import SYSTEM_LOG
from auth import sessions as auth_sessions
from sspf.web.current_user import COOKIE
from tests.signin.make import Site, where


def another_session(site: Site, name: str) -> tuple[str, str]:
    """Sign somebody in on another computer: its token and its session's id."""
    actor = site.actor(name)
    with site.served.sessions.begin() as session:
        started = auth_sessions.start(session, actor.user_id, actor.assignment_id, device="Firefox, Linux")
        return started.token, str(started.session_id)


def as_superuser(site: Site, statement: str, **values: object) -> None:
    engine = create_engine(site.served.database.superuser_url)
    with engine.begin() as connection:
        connection.execute(text(statement), values)
    engine.dispose()


def test_the_page_says_who_one_is_and_where_one_is_signed_in(site: Site):
    token, _ = another_session(site, "school")

    page = site.browser(token).get("/konto")

    assert page.status_code == 200
    for words in ("Kurator Rönn", "Kontaktperson", "Enheten school", "Firefox, Linux", "Det här är den du använder nu"):
        assert words in page.text
    assert page.text.count("Firefox, Linux") == 1
    assert "Okänd webbläsare" in page.text, "the other one, whose browser said nothing"


def test_a_session_ended_elsewhere_is_over_at_its_next_request_and_says_why(site: Site):
    token, session_id = another_session(site, "school")
    here, there = site.browser(site.served.tokens["school"]), site.browser(token)
    assert there.get("/").status_code == 200

    ended = here.post(f"/konto/inloggningar/{session_id}/avsluta")
    refused = there.get("/konto")
    told = there.get(refused.headers["location"])

    assert where(ended) == "/konto"
    assert where(refused) == "/logga-in"
    assert "avslutades från en annan av dina inloggningar" in told.text
    assert 'name="back_to" value="/konto"' in told.text
    assert here.get("/konto").status_code == 200
    assert site.events(SYSTEM_LOG)[-1] == "session:ended"


def test_nobody_ends_somebody_elses_session(site: Site):
    police, session_id = another_session(site, "police")

    answer = site.browser(site.served.tokens["school"]).post(f"/konto/inloggningar/{session_id}/avsluta")

    assert answer.status_code == 404
    assert site.browser(police).get("/").status_code == 200


def test_a_session_left_alone_says_so(site: Site):
    token, session_id = another_session(site, "school")
    as_superuser(
        site, "UPDATE session SET last_seen_at = last_seen_at - interval '16 minutes' WHERE id = :id", id=session_id
    )
    browser = site.browser(token)

    told = browser.get(browser.get("/konto").headers["location"])

    assert "15 minuter sedan du gjorde något" in told.text


def test_a_cookie_that_never_was_a_session_is_told_nothing(site: Site):
    page = site.browser("A" * 43).get("/logga-in")

    assert "inte längre inloggad" not in page.text


def test_signing_out_ends_the_session_and_has_the_browser_forget(site: Site):
    token = site.served.tokens["school"]
    browser = site.browser(token)

    answer = browser.post("/logga-ut")
    page = browser.get(answer.headers["location"])

    assert where(answer) == "/logga-in"
    assert answer.headers["clear-site-data"] == '"cache", "cookies", "storage"'
    assert f'{COOKIE}=""' in answer.headers["set-cookie"]
    assert "Du är utloggad." in page.text
    assert where(site.browser(token).get("/")) == "/logga-in"
    assert site.events(SYSTEM_LOG)[-1] == "session:signed_out"


def test_a_link_cannot_sign_anybody_out(site: Site):
    browser = site.browser(site.served.tokens["school"])

    assert browser.get("/logga-ut").status_code == 405
    assert browser.post("/logga-ut", headers={"Sec-Fetch-Site": "cross-site"}).status_code == 403
    assert browser.get("/").status_code == 200


def test_looking_at_ones_sessions_changes_nothing(site: Site):
    browser = site.browser(site.served.tokens["school"])
    browser.get("/konto")
    before = site.events(SYSTEM_LOG)

    browser.get("/konto")

    assert site.events(SYSTEM_LOG) == before
