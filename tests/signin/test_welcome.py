"""From a one-time code to a password and an app, with nothing secret in any address."""

import base64
import re
import time
from urllib.parse import unquote

import pyotp
from httpx2 import Response
from sqlalchemy import create_engine, text

from auth.totp import provisioning_uri
from sspf.signin.codes import token_of
from sspf.signin.cookies import LINK_COOKIE
from sspf.signin.qr import image, spelled
from tests.signin.make import PASSWORD, Site, where


def secret_in(page: Response) -> str:
    found = re.search(r"<code>([A-Z2-7 ]+)</code>", page.text)
    assert found is not None
    return found[1].replace(" ", "")


def test_the_whole_way_in(site: Site):
    browser = site.browser()
    answers = []

    def step(answer: Response) -> Response:
        answers.append(answer)
        return answer

    page = step(browser.get("/valkommen"))
    code = site.code_for("school")
    given = step(browser.post("/valkommen", data={"code": code.lower().replace("-", " ")}))
    greeted = step(browser.get(given.headers["location"]))
    chosen = step(browser.post("/valkommen/losenord", data={"password": PASSWORD, "repeated": PASSWORD}))
    shown = step(browser.get(chosen.headers["location"]))
    secret = secret_in(shown)
    done = step(browser.post("/valkommen/app", data={"code": pyotp.TOTP(secret).now()}))
    last = step(browser.get(done.headers["location"]))

    assert page.status_code == 200
    assert "Kurator Rönn" in greeted.text
    assert site.email("school") in greeted.text
    assert where(chosen) == "/valkommen/app"
    assert where(done) == "/logga-in"
    assert "Lösenordet och appen är klara" in last.text
    secrets = {code, code.replace("-", ""), token_of(code), secret, PASSWORD}
    addresses = [str(answer.request.url) + answer.headers.get("location", "") for answer in answers]
    assert not [address for address in addresses if any(unquote(one or "") in address for one in secrets)]

    site.seeds["school"] = secret
    site.used["school"] = int(time.time()) // 30
    site.confirm("school")
    assert where(site.sign_in(browser, "school")) == "/"


def test_a_code_is_good_once(site: Site):
    code = site.code_for("school")
    first, second = site.browser(), site.browser()
    first.post("/valkommen", data={"code": code})
    second.post("/valkommen", data={"code": code})
    first.post("/valkommen/losenord", data={"password": PASSWORD, "repeated": PASSWORD})
    secret = secret_in(first.get("/valkommen/app"))
    first.post("/valkommen/app", data={"code": pyotp.TOTP(secret).now()})

    late = second.post("/valkommen/losenord", data={"password": PASSWORD, "repeated": PASSWORD})
    again = site.browser().post("/valkommen", data={"code": code})

    assert where(late) == "/valkommen"
    assert "Koden gäller inte." in second.get(late.headers["location"]).text
    assert again.status_code == 422
    assert "Koden gäller inte." in again.text


def test_what_is_no_code_opens_nothing_and_stays_in_the_field(site: Site):
    for typed in ("ABCD-EFGH", "åäö", "0000" * 13):
        answer = site.browser().post("/valkommen", data={"code": typed})

        assert answer.status_code == 422
        assert "Koden gäller inte." in answer.text
        assert f'value="{typed}"' in answer.text
        assert "set-cookie" not in answer.headers


def test_a_code_older_than_a_day_opens_nothing(site: Site):
    code = site.code_for("school")
    engine = create_engine(site.served.database.superuser_url)
    with engine.begin() as connection:
        connection.execute(text("UPDATE one_time_link SET expires_at = now() - interval '1 second'"))
    engine.dispose()

    answer = site.browser().post("/valkommen", data={"code": code})

    assert "Koden gäller inte." in answer.text


def test_the_steps_begin_with_the_code(site: Site):
    forms = {
        "/valkommen/losenord": {"password": PASSWORD, "repeated": PASSWORD},
        "/valkommen/app": {"code": "123456"},
    }
    for path, form in forms.items():
        assert where(site.browser().get(path)) == "/valkommen"
        assert where(site.browser().post(path, data=form)) == "/valkommen"


def test_the_app_comes_after_the_password(site: Site):
    browser = site.browser()
    browser.post("/valkommen", data={"code": site.code_for("school")})

    assert where(browser.get("/valkommen/app")) == "/valkommen/losenord"


WEAK = {
    "kort": "minst 15 tecken",
    "abcabcabcabcabcabc": "samma sak om och om igen",
    "Kurator Rönn lösenord": "för lätt att gissa",
    "x" * 257: "högst 256 tecken",
    "": "Välj ett lösenord.",
}


def test_a_weak_password_is_refused_with_what_helps(site: Site):
    browser = site.browser()
    browser.post("/valkommen", data={"code": site.code_for("school")})

    for password, told in WEAK.items():
        answer = browser.post("/valkommen/losenord", data={"password": password, "repeated": password})

        assert answer.status_code == 422
        assert told in answer.text
        assert not password or f'value="{password}"' not in answer.text


def test_a_password_mistyped_the_second_time_is_refused(site: Site):
    browser = site.browser()
    browser.post("/valkommen", data={"code": site.code_for("school")})

    answer = browser.post("/valkommen/losenord", data={"password": PASSWORD, "repeated": PASSWORD + "!"})

    assert answer.status_code == 422
    assert "inte samma lösenord" in answer.text
    assert where(browser.get("/valkommen/app")) == "/valkommen/losenord"


def test_a_wrong_code_from_the_app_changes_nothing_and_the_key_stays(site: Site):
    browser = site.browser()
    browser.post("/valkommen", data={"code": site.code_for("school")})
    browser.post("/valkommen/losenord", data={"password": PASSWORD, "repeated": PASSWORD})
    secret = secret_in(browser.get("/valkommen/app"))

    wrong = browser.post("/valkommen/app", data={"code": "000000"})

    assert wrong.status_code == 422
    assert "Koden stämmer inte." in wrong.text
    assert secret_in(wrong) == secret
    assert where(browser.post("/valkommen/app", data={"code": pyotp.TOTP(secret).now()})) == "/logga-in"


def test_the_link_cookie_is_as_strict_as_the_sessions_and_gone_at_the_end(site: Site):
    browser = site.browser()
    given = browser.post("/valkommen", data={"code": site.code_for("school")})
    browser.post("/valkommen/losenord", data={"password": PASSWORD, "repeated": PASSWORD})
    secret = secret_in(browser.get("/valkommen/app"))
    done = browser.post("/valkommen/app", data={"code": pyotp.TOTP(secret).now()})

    name, *attributes = given.headers["set-cookie"].split("; ")
    assert name.startswith(f"{LINK_COOKIE}=")
    assert {each.lower() for each in attributes} == {"httponly", "path=/", "samesite=strict", "secure"}
    assert f'{LINK_COOKIE}=""' in done.headers["set-cookie"]
    assert LINK_COOKIE not in browser.cookies


def test_the_picture_holds_the_key_and_is_part_of_the_page():
    uri = provisioning_uri("JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP", "kurator@provkoping.example")

    picture = image(uri)

    assert picture.startswith("data:image/svg+xml")
    assert image(uri + "A") != picture
    assert "<script" not in unquote(picture)
    assert base64.b32decode(spelled("JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP").replace(" ", ""))
    assert spelled("JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP") == "JBSW Y3DP EHPK 3PXP JBSW Y3DP EHPK 3PXP"
