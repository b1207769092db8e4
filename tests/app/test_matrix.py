"""Every route and everybody: who gets which answer, and what must be true of all of them.

``APPROVED`` is the decision. A route that is not in it fails, and so does one that is gone.
404 is said to whoever may not know that something exists, 403 to whoever may see it but not do that;
nobody is sent to sign in (303). A form is sent empty, but for what the page itself would have put in it.
Nothing stays: each request is undone, so one that went through (303) is answered the same the next time.
"""

import re
from collections.abc import Iterator
from uuid import uuid4

import pytest

from sspf.app.web import ROUTERS
from sspf.demo.routes import router as demo
from sspf.web.routing import routes_of
from tests.app.house import ROLES, SIGNED_IN, shown_in

# nobody, coordinator, social, school, police, leisure, outsider, auditor, administrator
APPROVED = {
    "GET /": "303 200 200 200 200 200 200 200 303",
    # signing in and one's own account
    "GET /logga-in": "200 303 303 303 303 303 303 303 303",
    "POST /logga-in": "422 422 422 422 422 422 422 422 422",
    "GET /logga-in/uppdrag": "303 303 303 303 303 303 303 303 303",
    "POST /logga-in/uppdrag": "303 303 303 303 303 303 303 303 303",
    "POST /logga-ut": "303 303 303 303 303 303 303 303 303",
    "GET /konto": "303 200 200 200 200 200 200 200 200",
    "POST /konto/inloggningar/{session_id}/avsluta": "303 303 404 404 404 404 404 404 404",
    "POST /konto/installningar": "303 422 422 422 422 422 422 422 422",
    "POST /fortsatt": "303 303 303 303 303 303 303 303 303",
    # drafts: the school's own
    "POST /utkast": "303 422 422 422 422 422 422 422 422",
    "GET /utkast": "303 200 200 200 200 200 200 200 200",
    "GET /utkast/{draft_id}": "303 404 404 200 404 404 404 404 404",
    "POST /utkast/{draft_id}/slang": "303 404 404 303 404 404 404 404 404",
    "POST /sprak": "422 422 422 422 422 422 422 422 422",
    "POST /utseende": "422 422 422 422 422 422 422 422 422",
    "GET /valkommen": "200 200 200 200 200 200 200 200 200",
    "POST /valkommen": "422 422 422 422 422 422 422 422 422",
    "GET /valkommen/losenord": "303 303 303 303 303 303 303 303 303",
    "POST /valkommen/losenord": "303 303 303 303 303 303 303 303 303",
    "GET /valkommen/app": "303 303 303 303 303 303 303 303 303",
    "POST /valkommen/app": "303 303 303 303 303 303 303 303 303",
    "GET /logga-in/vantar": "303 303 303 303 303 303 303 303 303",
    "POST /konto/uppdrag/{assignment_id}": "303 404 404 404 404 404 404 404 404",
    # somebody at the school waits for a yes
    "GET /bekrafta": "303 200 200 200 200 200 200 200 403",
    "POST /bekrafta/{user_id}/ja": "303 409 404 409 404 404 404 404 403",
    "POST /bekrafta/{user_id}/nej": "303 409 404 409 404 404 404 404 403",
    # contacts about a worry: the school's, and two of coordination's
    "GET /kontakter": "303 200 200 200 200 200 200 403 403",
    "GET /kontakter/ny": "303 200 200 200 200 200 200 403 403",
    "POST /kontakter/ny": "303 422 422 422 422 422 422 403 403",
    "GET /kontakter/{concern_id}": "303 200 404 200 404 404 404 404 404",
    "GET /kontakter/{concern_id}/orosanmalan": "303 200 404 200 404 404 404 404 404",
    "POST /kontakter/{concern_id}/orosanmalan": "303 422 404 422 404 404 404 404 404",
    "GET /kontakter/{concern_id}/ratta": "303 403 404 200 404 404 404 404 404",
    "POST /kontakter/{concern_id}/ratta": "303 403 404 422 404 404 404 404 404",
    "GET /kontakter/{concern_id}/rad": "303 200 404 403 404 404 404 404 404",
    "POST /kontakter/{concern_id}/rad": "303 422 404 403 404 404 404 404 404",
    "GET /kontakter/{concern_id}/kontakt": "303 200 404 403 404 404 404 404 404",
    "POST /kontakter/{concern_id}/kontakt": "303 422 404 403 404 404 404 404 404",
    "GET /kontakter/{concern_id}/avsluta": "303 200 404 403 404 404 404 404 404",
    "POST /kontakter/{concern_id}/avsluta": "303 303 404 403 404 404 404 404 404",
    "GET /kontakter/{concern_id}/vem": "303 200 404 404 404 404 404 404 404",
    "POST /kontakter/{concern_id}/vem": "303 422 404 404 404 404 404 404 404",
    "GET /kontakter/{concern_id}/personer/{person_id}": "303 200 404 404 404 404 404 404 404",
    "GET /kontakter/{concern_id}/informerat": "303 200 404 404 404 404 404 404 404",
    "POST /kontakter/{concern_id}/informerat": "303 422 404 404 404 404 404 404 404",
    "GET /kontakter/{concern_id}/arende": "303 200 404 404 404 404 404 404 404",
    "POST /kontakter/{concern_id}/arende": "303 422 404 404 404 404 404 404 404",
    # cases
    "GET /arenden": "303 200 200 200 200 200 200 404 404",
    "GET /arenden/nytt": "303 200 404 404 404 404 404 404 404",
    "POST /arenden": "303 422 404 404 404 404 404 404 404",
    "GET /arenden/{case_id}": "303 200 200 200 200 200 404 404 404",
    "POST /arenden/{case_id}/lage": "303 422 403 403 403 403 404 404 404",
    "GET /arenden/{case_id}/tackade-nej": "303 403 403 403 403 403 404 404 404",
    "GET /arenden/{case_id}/avsluta": "303 200 403 403 403 403 404 404 404",
    "POST /arenden/{case_id}/avsluta/granska": "303 422 403 403 403 403 404 404 404",
    "POST /arenden/{case_id}/avsluta": "303 422 403 403 403 403 404 404 404",
    "GET /arenden/{case_id}/oppna-igen": "303 403 403 403 403 403 404 404 404",
    "POST /arenden/{case_id}/oppna-igen": "303 403 403 403 403 403 404 404 404",
    "GET /arenden/{case_id}/skydd": "303 200 403 403 403 403 404 404 404",
    "POST /arenden/{case_id}/skydd": "303 422 403 403 403 403 404 404 404",
    "GET /arenden/{case_id}/personer/{person_id}": "303 200 404 404 404 404 404 404 404",
    "GET /arenden/{case_id}/deltagare": "303 200 403 403 403 403 404 404 404",
    "POST /arenden/{case_id}/deltagare": "303 422 403 403 403 403 404 404 404",
    "POST /arenden/{case_id}/deltagare/ta-bort": "303 422 403 403 403 403 404 404 404",
    "POST /arenden/{case_id}/deltagare/utan-inloggning": "303 422 403 403 403 403 404 404 404",
    "POST /arenden/{case_id}/deltagare/utan-inloggning/ta-bort": "303 422 403 403 403 403 404 404 404",
    "GET /arenden/{case_id}/utsagor": "303 200 403 403 403 403 404 404 404",
    "POST /arenden/{case_id}/utsagor": "303 422 403 403 403 403 404 404 404",
    "GET /arenden/{case_id}/plan": "303 200 403 403 403 403 404 404 404",
    "GET /arenden/{case_id}/plan.pdf": "303 200 403 403 403 403 404 404 404",
    # consents
    "GET /arenden/{case_id}/samtycke": "303 200 403 403 403 403 404 404 404",
    "GET /arenden/{case_id}/samtycke/nytt": "303 200 403 403 403 403 404 404 404",
    "POST /arenden/{case_id}/samtycke/blankett": "303 200 403 403 403 403 404 404 404",
    "POST /arenden/{case_id}/samtycke/granska": "303 422 403 403 403 403 404 404 404",
    "POST /arenden/{case_id}/samtycke": "303 422 403 403 403 403 404 404 404",
    "GET /arenden/{case_id}/samtycke/{consent_id}/aterkalla": "303 200 403 403 403 403 404 404 404",
    "POST /arenden/{case_id}/samtycke/{consent_id}/aterkalla": "303 422 403 403 403 403 404 404 404",
    "GET /arenden/{case_id}/samtycke/{consent_id}/brev": "303 200 403 403 403 403 404 404 404",
    "GET /arenden/{case_id}/samtycke/{consent_id}/underskrift": "303 403 403 403 403 403 404 404 404",
    "GET /arenden/{case_id}/aterkallelse": "303 303 200 200 200 200 404 404 404",
    "POST /arenden/{case_id}/aterkallelse": "303 422 422 422 422 422 404 404 404",
    "GET /aterkallelse-mottagen": "303 200 200 200 200 200 200 200 200",
    # notes: the school's, which the police were told and may not correct
    "GET /arenden/{case_id}/anteckningar/ny": "303 200 200 200 200 200 404 404 404",
    "POST /arenden/{case_id}/anteckningar/granska": "303 422 422 422 422 422 404 404 404",
    "POST /arenden/{case_id}/anteckningar": "303 422 422 422 422 422 404 404 404",
    "GET /arenden/{case_id}/anteckningar/{note_id}/ratta": "303 404 404 200 403 404 404 404 404",
    "POST /arenden/{case_id}/anteckningar/{note_id}/ratta/granska": "303 404 404 422 403 404 404 404 404",
    "POST /arenden/{case_id}/anteckningar/{note_id}/ratta": "303 404 404 422 403 404 404 404 404",
    # actions: the school's, which everyone in the case is shown
    "GET /arenden/{case_id}/mal": "303 200 403 403 403 403 404 404 404",
    "POST /arenden/{case_id}/mal": "303 422 403 403 403 403 404 404 404",
    "GET /atgarder": "303 200 200 200 200 200 200 404 404",
    "POST /arenden/{case_id}/atgarder": "303 422 422 422 422 422 404 404 404",
    "GET /arenden/{case_id}/atgarder/{action_id}": "303 200 200 200 200 200 404 404 404",
    "POST /arenden/{case_id}/atgarder/{action_id}/kommentar": "303 422 422 422 422 422 404 404 404",
    "POST /arenden/{case_id}/atgarder/{action_id}/kommentar/{comment_id}/angra": "303 403 403 200 403 403 404 404 404",
    "POST /arenden/{case_id}/atgarder/{action_id}/besked": "303 422 403 403 403 403 404 404 404",
    "GET /arenden/{case_id}/atgarder/{action_id}/mer": "303 200 403 200 403 403 404 404 404",
    "POST /arenden/{case_id}/atgarder/{action_id}/mer/granska": "303 422 403 422 403 403 404 404 404",
    "POST /arenden/{case_id}/atgarder/{action_id}/mer": "303 422 403 422 403 403 404 404 404",
    "GET /arenden/{case_id}/atgarder/{action_id}/andra": "303 200 403 200 403 403 404 404 404",
    "POST /arenden/{case_id}/atgarder/{action_id}/andra": "303 422 403 422 403 403 404 404 404",
    "POST /arenden/{case_id}/atgarder/{action_id}/klar": "303 303 403 303 403 403 404 404 404",
    "POST /arenden/{case_id}/atgarder/{action_id}/angra": "303 303 403 303 403 403 404 404 404",
    "POST /arenden/{case_id}/atgarder/{action_id}/ta-bort": "303 303 403 303 403 403 404 404 404",
    "POST /arenden/{case_id}/atgarder/{action_id}/flytta": "303 422 403 422 403 403 404 404 404",
    # meetings
    "GET /moten": "303 200 200 200 200 200 200 403 403",
    "GET /moten/nytt": "303 200 403 403 403 403 403 403 403",
    "POST /moten/nytt": "303 422 403 403 403 403 403 403 403",
    "GET /moten/{meeting_id}": "303 200 200 200 200 200 404 404 404",
    "GET /moten/{meeting_id}/andra": "303 200 403 403 403 403 404 404 404",
    "POST /moten/{meeting_id}/andra": "303 422 403 403 403 403 404 404 404",
    "POST /moten/{meeting_id}/stall-in": "303 303 403 403 403 403 404 404 404",
    "POST /moten/{meeting_id}/ordna": "303 303 403 403 403 403 404 404 404",
    "POST /moten/{meeting_id}/borja": "303 422 403 403 403 403 404 404 404",
    "POST /moten/{meeting_id}/narvaro": "303 422 403 403 403 403 404 404 404",
    "POST /moten/{meeting_id}/narvaro/{attendance_id}": "303 422 403 403 403 403 404 404 404",
    "POST /moten/{meeting_id}/kommer-inte": "303 303 403 403 403 403 404 404 404",
    "POST /moten/{meeting_id}/arenden/{case_id}/plats": "303 422 403 403 403 403 404 404 404",
    "GET /moten/{meeting_id}/arenden/{case_id}/samtalskort": "303 200 403 403 403 403 404 404 404",
    "POST /moten/{meeting_id}/arenden/{case_id}/ta-upp": "303 303 403 403 403 403 404 404 404",
    "POST /moten/{meeting_id}/arenden/{case_id}/atgarder": "303 422 403 403 403 403 404 404 404",
    "POST /moten/{meeting_id}/arenden/{case_id}/atgarder/{action_id}": "303 422 403 403 403 403 404 404 404",
    "POST /moten/{meeting_id}/arenden/{case_id}/beslut": "303 422 403 403 403 403 404 404 404",
    "POST /moten/{meeting_id}/arenden/{case_id}/nasta-gang": "303 303 403 403 403 403 404 404 404",
    "GET /moten/{meeting_id}/beslut/{decision_id}": "303 200 403 403 403 403 404 404 404",
    "POST /moten/{meeting_id}/beslut/{decision_id}": "303 422 403 403 403 403 404 404 404",
    "POST /moten/{meeting_id}/beslut/{decision_id}/ta-bort": "303 303 403 403 403 403 404 404 404",
    "GET /moten/{meeting_id}/avsluta": "303 200 403 403 403 403 404 404 404",
    "POST /moten/{meeting_id}/avsluta": "303 303 403 403 403 403 404 404 404",
    "GET /moten/{meeting_id}/anteckningar": "303 200 403 403 403 403 404 404 404",
    "POST /moten/{meeting_id}/anteckningar": "303 409 403 403 403 403 404 404 404",
    "GET /moten/{meeting_id}/publicera": "303 200 403 403 403 403 404 404 404",
    "POST /moten/{meeting_id}/publicera": "303 303 403 403 403 403 404 404 404",
    # the screen: the leader's window and buttons, and another computer's, which needs a ticket whoever is signed in
    "GET /moten/{meeting_id}/skarm": "303 200 403 403 403 403 404 404 404",
    "GET /moten/{meeting_id}/skarm/nytt": "303 200 403 403 403 403 404 404 404",
    "GET /moten/{meeting_id}/skarm/styr": "303 200 403 403 403 403 404 404 404",
    "POST /moten/{meeting_id}/skarm": "303 303 403 403 403 403 404 404 404",
    "POST /moten/{meeting_id}/skarm/kod": "303 200 403 403 403 403 404 404 404",
    "POST /moten/{meeting_id}/skarm/paus": "303 303 403 403 403 403 404 404 404",
    "POST /moten/{meeting_id}/skarm/fortsatt": "303 303 403 403 403 403 404 404 404",
    "POST /moten/{meeting_id}/skarm/avsluta": "303 303 403 403 403 403 404 404 404",
    "GET /skarm": "200 200 200 200 200 200 200 200 200",
    "POST /skarm": "422 422 422 422 422 422 422 422 422",
    "GET /skarm/visa": "303 303 303 303 303 303 303 303 303",
    "GET /skarm/visa/nytt": "303 303 303 303 303 303 303 303 303",
    # the log
    "GET /logg": "303 403 403 403 403 403 403 200 403",
    "GET /logg/{seq}": "303 403 403 403 403 403 403 200 403",
    "POST /logg/verifiera": "303 403 403 403 403 403 403 303 403",
    # administration
    "GET /administration": "303 403 403 403 403 403 403 403 200",
    "GET /administration/halsa": "303 403 403 403 403 403 403 403 200",
    "GET /administration/kommun": "303 403 403 403 403 403 403 403 200",
    "POST /administration/kommun": "303 403 403 403 403 403 403 403 403",
    "GET /administration/ord": "303 403 403 403 403 403 403 403 200",
    "POST /administration/ord": "303 403 403 403 403 403 403 403 303",
    "GET /administration/uppgifter": "303 403 403 403 403 403 403 403 200",
    "POST /administration/uppgifter": "303 403 403 403 403 403 403 403 303",
    "GET /administration/aldrar": "303 403 403 403 403 403 403 403 200",
    "POST /administration/aldrar": "303 403 403 403 403 403 403 403 422",
    "GET /administration/organisationer": "303 403 403 403 403 403 403 403 200",
    "GET /administration/organisationer/ny": "303 403 403 403 403 403 403 403 200",
    "POST /administration/organisationer/ny": "303 403 403 403 403 403 403 403 422",
    "GET /administration/organisationer/{organisation_id}": "303 403 403 403 403 403 403 403 200",
    "POST /administration/organisationer/{organisation_id}": "303 403 403 403 403 403 403 403 422",
    "POST /administration/organisationer/{organisation_id}/ta-ur-bruk": "303 403 403 403 403 403 403 403 303",
    "POST /administration/organisationer/{organisation_id}/ta-i-bruk": "303 403 403 403 403 403 403 403 303",
    "GET /administration/myndigheter/ny": "303 403 403 403 403 403 403 403 200",
    "POST /administration/myndigheter/ny": "303 403 403 403 403 403 403 403 422",
    "GET /administration/myndigheter/{authority_id}": "303 403 403 403 403 403 403 403 200",
    "POST /administration/myndigheter/{authority_id}": "303 403 403 403 403 403 403 403 422",
    "GET /administration/anvandare": "303 403 403 403 403 403 403 403 200",
    "GET /administration/anvandare/ny": "303 403 403 403 403 403 403 403 200",
    "POST /administration/anvandare/ny": "303 403 403 403 403 403 403 403 422",
    "GET /administration/anvandare/{user_id}": "303 403 403 403 403 403 403 403 200",
    "GET /administration/anvandare/{user_id}/andra": "303 403 403 403 403 403 403 403 200",
    "POST /administration/anvandare/{user_id}/andra": "303 403 403 403 403 403 403 403 422",
    "POST /administration/anvandare/{user_id}/uppdrag": "303 403 403 403 403 403 403 403 422",
    "POST /administration/anvandare/{user_id}/uppdrag/{assignment_id}/avsluta": "303 403 403 403 403 403 403 403 303",
    "POST /administration/anvandare/{user_id}/kod": "303 403 403 403 403 403 403 403 200",
    "POST /administration/anvandare/{user_id}/logga-ut": "303 403 403 403 403 403 403 403 303",
    "POST /administration/anvandare/{user_id}/stang": "303 403 403 403 403 403 403 403 303",
    "GET /administration/blanketter": "303 403 403 403 403 403 403 403 200",
    "GET /administration/blanketter/ny": "303 403 403 403 403 403 403 403 200",
    "POST /administration/blanketter": "303 403 403 403 403 403 403 403 422",
    "GET /administration/blanketter/{form_id}": "303 403 403 403 403 403 403 403 200",
    "POST /administration/blanketter/{form_id}/sluta": "303 403 403 403 403 403 403 403 303",
    "GET /administration/kontaktslag": "303 403 403 403 403 403 403 403 200",
    "POST /administration/kontaktslag": "303 403 403 403 403 403 403 403 422",
    "GET /administration/kontaktslag/{kind_id}": "303 403 403 403 403 403 403 403 200",
    "POST /administration/kontaktslag/{kind_id}": "303 403 403 403 403 403 403 403 422",
    "POST /administration/kontaktslag/{kind_id}/ordning": "303 403 403 403 403 403 403 403 422",
    # the demo, which this is not
    "GET /demo": "404 404 404 404 404 404 404 404 404",
    "POST /demo/sign-in": "404 404 404 404 404 404 404 404 404",
}
UNSAFE = [line for line in APPROVED if line.startswith("POST")]
WITH_IDS = [line for line in APPROVED if "{" in line]
OF_A_CASE = [line for line in APPROVED if " /arenden/{case_id}" in line]

# Buttons: no page of ours sends anything that they do not accept.
PRESSES = {
    "POST /utkast",
    "POST /administration/kontaktslag/{kind_id}/ordning",
    "POST /sprak",
    "POST /utseende",
    "POST /arenden/{case_id}/lage",
    "POST /arenden/{case_id}/deltagare/ta-bort",
    "POST /arenden/{case_id}/deltagare/utan-inloggning/ta-bort",
    "POST /moten/{meeting_id}/narvaro/{attendance_id}",
    "POST /moten/{meeting_id}/arenden/{case_id}/plats",
    "POST /moten/{meeting_id}/arenden/{case_id}/atgarder/{action_id}",
}

# What a page may write: the trail, and that its reader is still there
STILL_HERE = frozenset({"audit_log", "audit_leaf", "audit_entry_facts", "audit_entry_subject", "session.last_seen"})

HEADERS = {
    "Cache-Control": "no-store",
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "Strict-Transport-Security": "max-age=63072000; includeSubDomains",
    "X-Content-Type-Options": "nosniff",
}


def lines() -> Iterator[str]:
    for route in routes_of([*ROUTERS, demo]):
        for method in sorted(route.methods):
            yield f"{method} {route.path}"


def test_every_route_is_in_the_table_and_nothing_else():
    there = list(lines())

    assert len(there) == len(set(there)) > 60
    assert set(there) == set(APPROVED)


@pytest.mark.parametrize("line", APPROVED)
def test_everybody_gets_the_approved_answer(house, line):
    approved = dict(zip(ROLES, map(int, APPROVED[line].split()), strict=True))

    assert {who: answer.status for who, answer in house.everybody(line).items()} == approved


@pytest.mark.parametrize("line", APPROVED)
def test_every_answer_has_the_security_headers(house, line):
    for who, answer in house.everybody(line).items():
        assert {name: answer.headers.get(name) for name in HEADERS} == HEADERS, who
        policy = answer.headers["Content-Security-Policy"]
        assert policy.startswith("default-src 'none'; script-src 'nonce-"), who
        assert "require-trusted-types-for 'script'" in policy, who
        assert "unsafe" not in policy, who


@pytest.mark.parametrize("line", APPROVED)
def test_titles_and_addresses_say_nothing_of_anybody(house, line):
    for who, answer in house.everybody(line).items():
        for said in (answer.title, answer.headers.get("Location", "")):
            assert shown_in(said) == set(), who
        if answer.status == 200 and " /arenden/{case_id}" in line and not line.endswith(".pdf"):
            assert answer.title.startswith(house.case.reference), who


@pytest.mark.parametrize("line", [line for line in APPROVED if line.startswith("GET")])
def test_looking_changes_nothing_but_the_trail(house, line):
    for who, answer in house.everybody(line).items():
        assert answer.wrote <= STILL_HERE, who


@pytest.mark.parametrize("line", UNSAFE)
def test_a_form_that_is_not_accepted_stores_nothing(house, line):
    for who, answer in house.everybody(line).items():
        if answer.status >= 400:
            assert answer.wrote <= STILL_HERE | {"throttle_key"}, who


@pytest.mark.parametrize("line", [line for line in UNSAFE if "422" in APPROVED[line] and line not in PRESSES])
def test_a_form_that_is_not_accepted_says_what_to_mend_and_where(house, line):
    for who, answer in house.everybody(line).items():
        if answer.status == 422:
            (summary,) = re.findall(r'<div class="ds-error-summary".*?</div>', answer.page, re.DOTALL)
            fields = re.findall(r'href="#([\w-]+)"', summary)
            assert fields, who
            assert set(fields) <= set(re.findall(r'id="([\w-]+)"', answer.page)), who


@pytest.mark.parametrize("line", APPROVED)
def test_a_refusal_is_on_the_record_and_nobody_elses(house, line):
    for who, answer in house.everybody(line).items():
        refusals = answer.entries("request:refused")
        is_refused = answer.status in {403, 404} and who in SIGNED_IN and "/demo" not in line
        assert len(refusals) == is_refused, who
        if refusals:
            assert refusals[0].facts["status"] == answer.status, who
            assert refusals[0].facts["route"], who
            assert answer.shows() == set(), who
        if is_refused:
            assert [entry.leaf.event for entry in answer.recorded] == ["request:refused"], who


@pytest.mark.parametrize("line", OF_A_CASE)
def test_a_case_that_nobody_has_agreed_to_is_there_for_coordination_alone(house, line):
    for who in ("social", "police", "auditor"):
        assert house.asked(who, line, instead={"case_id": house.quiet.id}).status == 404, who


@pytest.mark.parametrize("line", WITH_IDS)
def test_ids_that_are_unknown_or_malformed_are_not_found(house, line):
    by_part = {"/logg/": "auditor", "/administration/": "administrator"}
    who = next((who for part, who in by_part.items() if part in line), "coordinator")
    filled = {"data": {"press": "klart", "version": "1"}} if line.endswith("/atgarder/{action_id}") else {}
    for name in re.findall(r"\{(\w+)\}", line):
        for wrong in ("999999999999999999999" if name == "seq" else uuid4(), "elva"):
            answer = house.asked(who, line, instead={name: wrong}, **filled)
            assert answer.status == 404, (name, wrong)
            assert answer.shows() == set(), (name, wrong)


@pytest.mark.parametrize("line", UNSAFE)
def test_a_body_that_is_too_large_is_refused(house, line):
    answer = house.asked("coordinator", line, data={"note": "a" * 257 * 1024})

    assert answer.status == 413
    assert answer.wrote == frozenset()


@pytest.mark.parametrize("line", UNSAFE)
def test_another_site_changes_nothing(house, line):
    for headers in ELSEWHERE:
        answer = house.asked("coordinator", line, headers=headers)
        assert (answer.status, answer.wrote, answer.recorded) == (403, frozenset(), ()), headers


def test_nor_is_anything_got_for_a_script_of_another_site(house):
    for headers in ELSEWHERE:
        answer = house.asked("coordinator", "GET /arenden/{case_id}", headers={**headers, "HX-Request": "true"})
        assert (answer.status, answer.wrote, answer.shows()) == (403, frozenset(), set()), headers


ELSEWHERE = (
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site"},
    {"Sec-Fetch-Site": "cross-site", "Content-Type": "text/plain"},
    {"Origin": "https://annanstans.example"},
    {"Origin": "null"},
)
