"""One entry, opened: all that it commits to, in words, and no word about the family."""

import re

import pytest

from audit.events import SYSTEM_LOG
from audit.merkle import leaf_hash
from tests.oversight.make import Desk
from tests.world import CALLED, CONTACT, FULL_NAME, GUARDIANS, YOUTH_9


def seq_of(desk: Desk, event: str, **wanted: object) -> int:
    return desk.entries(event=event, **wanted)[0].seq


def test_a_reading_says_who_where_in_which_role_why_and_what(desk: Desk):
    seq = seq_of(desk, "envelope:read", organisation_id=desk.world.id_of("school"))

    page = desk.browser().get(f"/logg/{seq}")

    assert page.status_code == 200
    for words in (
        "Kurator Rönn",
        "Enheten school",
        "kontaktperson",
        f"{desk.case.reference} {desk.case.alias}",
        "Ändamål",
        "ärendesidan",
        "Tilltalsnamn och ålder",
        "samtycke",
    ):
        assert words in page.text, words


def test_no_entry_of_either_log_says_anything_about_the_family(desk: Desk):
    browser = desk.browser()
    words = (CALLED, FULL_NAME, CONTACT, "Prövdotter", "Vuxen", YOUTH_9, YOUTH_9[2:], *GUARDIANS)

    for log, log_id in (("municipality", desk.log_id), ("system", SYSTEM_LOG)):
        for line in desk.entries(log_id):
            page = browser.get(f"/logg/{line.seq}?log={log}")
            assert page.status_code == 200, line.event
            assert not [word for word in words if word in page.text], line.event


def test_the_leaf_is_shown_as_it_is_stored_with_its_hash(desk: Desk):
    seq = seq_of(desk, "case:opened")
    leaf = desk.as_superuser(
        "SELECT leaf FROM audit_leaf WHERE log_id = :log AND seq = :seq", log=desk.log_id, seq=seq
    )[0].leaf

    page = desk.browser().get(f"/logg/{seq}").text

    assert leaf.decode().replace('"', "&#34;") in page
    assert leaf_hash(leaf).hex() in page


def test_opening_an_entry_is_in_the_log_with_the_case_it_is_about(desk: Desk):
    seq = seq_of(desk, "case:opened")

    desk.browser().get(f"/logg/{seq}")

    newest = desk.entries()[0]
    assert newest.event == "trail:entry_opened"
    assert newest.user_id == desk.world.auditor.user_id
    assert newest.case_ids == (desk.case.id,)


def test_an_entry_of_the_system_log_is_opened_from_there(desk: Desk):
    seq = seq_of(desk, "session:signed_in", log_id=SYSTEM_LOG)

    page = desk.browser().get(f"/logg/{seq}?log=system")

    assert "Loggade in" in page.text
    assert "demo, utan lösenord" in page.text
    assert desk.entries()[0].event == "trail:entry_opened", "the auditor's reading is in the municipality's log"


def test_what_the_system_did_is_by_the_system(desk: Desk):
    seq = seq_of(desk, "organisation:added")

    page = desk.browser().get(f"/logg/{seq}").text

    assert re.search(r"<dt>Vem</dt>\s*<dd>tests</dd>", page)


@pytest.mark.parametrize("seq", ["999999", "-1", "01", "1e3", "x", "9" * 40, "٣"])
def test_what_is_no_entry_is_not_found(desk: Desk, seq: str):
    assert desk.browser().get(f"/logg/{seq}").status_code == 404


def test_a_log_that_is_not_there_is_not_found(desk: Desk):
    assert desk.browser().get("/logg/0?log=tredje").status_code == 404


def test_the_last_entry_has_none_after_it(desk: Desk):
    browser = desk.browser()
    last = desk.entries(SYSTEM_LOG)[0].seq

    assert "Nästa post" in browser.get("/logg/0?log=system").text
    assert "Nästa post" not in browser.get(f"/logg/{last}?log=system").text
    assert "Föregående post" not in browser.get("/logg/0?log=system").text


def test_an_entry_that_was_changed_says_so_and_shows_nothing_of_it(own_desk: Desk):
    seq = seq_of(own_desk, "envelope:read", organisation_id=own_desk.world.id_of("school"))
    own_desk.as_superuser(
        "UPDATE audit_entry_facts SET user_id = :other WHERE log_id = :log AND seq = :seq",
        other=own_desk.world.police.user_id,
        log=own_desk.log_id,
        seq=seq,
    )

    page = own_desk.browser().get(f"/logg/{seq}")

    assert page.status_code == 200
    assert "Vem som gjorde det har ändrats." in page.text
    assert "Kommunpolis Alm" not in page.text
    assert own_desk.entries()[0].event == "trail:entry_opened"
