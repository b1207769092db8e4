""" "Kontrollera nu": the whole log recomputed, the answer in words, and the asking on the record."""

import re

from audit.events import SYSTEM_LOG
from audit.verification import Noted, verify
from tests.oversight.make import Desk


def verified(desk: Desk, log: str = "municipality") -> str:
    """Press the button and read the page it leads to."""
    browser = desk.browser()
    answer = browser.post("/logg/verifiera", data={"log": log})
    assert answer.headers["location"] == f"/logg?log={log}"
    return browser.get(answer.headers["location"]).text


def test_nothing_is_said_before_anybody_has_verified(own_desk: Desk):
    page = own_desk.browser().get("/logg").text

    assert "Ingen har kontrollerat den här loggen på sista tiden." in page
    assert "Loggen är obruten" not in page


def test_a_whole_log_is_unbroken_with_its_size_and_root(own_desk: Desk):
    with own_desk.served.sessions.begin() as session:
        report = verify(session, own_desk.log_id)

    page = verified(own_desk)

    assert "Loggen är obruten" in page
    assert f"{report.size} poster, rot {report.root.hex()}" in page.replace("\xa0", "")
    assert "av Granskare Hägg" in page


def test_verifying_is_itself_in_the_log(own_desk: Desk):
    verified(own_desk)

    newest = own_desk.entries()[1]  # the page that was read afterwards is newer
    assert newest.event == "trail:verified"
    assert newest.user_id == own_desk.world.auditor.user_id


def test_a_superusers_edit_beside_a_leaf_is_found_and_named(own_desk: Desk):
    line = own_desk.entries(event="envelope:read")[1]
    own_desk.as_superuser(
        "UPDATE audit_entry_facts SET organisation_id = :other WHERE log_id = :log AND seq = :seq",
        other=own_desk.world.id_of("police"),
        log=own_desk.log_id,
        seq=line.seq,
    )

    page = verified(own_desk)

    assert f"Loggen är bruten vid post {line.seq}" in page
    assert "Vem som gjorde det har ändrats." in page
    assert f"/logg/{line.seq}?log=municipality" in page
    assert "Loggen är obruten" not in page


def test_a_superusers_edit_of_what_is_sealed_is_found(own_desk: Desk):
    line = own_desk.entries(event="consent:recorded")[0]
    own_desk.as_superuser(
        "UPDATE audit_entry_facts SET facts_sealed = set_byte(facts_sealed, 60, 255 - get_byte(facts_sealed, 60))"
        " WHERE log_id = :log AND seq = :seq",
        log=own_desk.log_id,
        seq=line.seq,
    )

    page = verified(own_desk)

    assert f"Loggen är bruten vid post {line.seq}" in page
    assert "Uppgifterna om händelsen har ändrats." in page


def test_a_deleted_entry_is_found(own_desk: Desk):
    line = own_desk.entries(event="envelope:read")[0]
    for table in ("audit_entry_subject", "audit_entry_facts", "audit_leaf"):
        own_desk.as_superuser(
            f"DELETE FROM {table} WHERE log_id = :log AND seq = :seq", log=own_desk.log_id, seq=line.seq
        )

    page = verified(own_desk)

    assert f"Loggen är bruten vid post {line.seq}" in page
    assert "Posten finns inte kvar." in page


def test_each_log_is_verified_for_itself(own_desk: Desk):
    line = own_desk.entries(SYSTEM_LOG)[0]
    own_desk.as_superuser(
        "UPDATE audit_entry_facts SET user_id = NULL WHERE log_id = :log AND seq = :seq", log=SYSTEM_LOG, seq=line.seq
    )

    system, municipality = verified(own_desk, "system"), verified(own_desk)

    assert f"Loggen är bruten vid post {line.seq}" in system
    assert "Loggen är obruten" in municipality
    assert f"Loggen är bruten vid post {line.seq}" in own_desk.browser().get("/logg?log=system").text


def test_a_log_that_is_not_there_cannot_be_verified(own_desk: Desk):
    answer = own_desk.browser().post("/logg/verifiera", data={"log": "tredje"})

    assert answer.status_code == 422
    assert not own_desk.entries(event="trail:verified")


def test_the_root_on_the_page_is_the_one_an_outsider_computes(own_desk: Desk):
    """The page's size and root, noted by hand, hold against the log later on."""
    shown = re.search(r"(\d+) poster, rot ([0-9a-f]{64})", verified(own_desk).replace("\xa0", ""))
    assert shown is not None

    with own_desk.served.sessions.begin() as session:
        later = verify(session, own_desk.log_id, since=Noted.parse(f"{shown[1]}:{shown[2]}"))

    assert later.ok
    assert later.size > int(shown[1])
