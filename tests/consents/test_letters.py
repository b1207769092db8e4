"""The letters after a withdrawal: to whom, about what kinds and when; never what it said, nor whose name."""

import re

import pytest
from sqlalchemy import text

from sspf.cases.models import CaseRole
from sspf.consents import queries
from sspf.consents.agreement import Row
from sspf.consents.recalling import letters_of
from sspf.consents.service import receive_withdrawal, withdraw
from sspf.law.kinds import Kind
from tests.consents.make import FACT, a_fact, answers, refresh, sign, told
from tests.consents.served import SCHOOL_TO_POLICE, Desk
from tests.world import CALLED, FULL_NAME, a_case

SCHOOL_TO_SOCIAL = ("school", "social", Kind.SCHOOL)


def a_told_case(session, world):
    """The school has told the police and Socialtjänsten, and everyone was told of the actions by coordination."""
    case = a_case(session, world)
    (mother,) = case.guardian_ids
    consent = sign(session, world, case, mother, answers(world, SCHOOL_TO_POLICE, SCHOOL_TO_SOCIAL))
    for to in ("police", "social"):
        assert told(session, world, case, a_fact(session, world, case), to)
    return case, consent


def recalled(session, world, case, consent) -> dict[str, set[Kind]]:
    names = {one.id: one.name for one in world.organisations.values()}
    letters = letters_of(session, refresh(session, world, case), consent, names)
    by_id = {world.id_of(name): name for name in ("school", "police", "social", "leisure", "coordinator")}
    return {by_id[one.recipient_id]: {tally.row.kind for tally in one.tallies} for one in letters}


def test_everyone_who_could_read_gets_one_about_what_they_could_read(session, world) -> None:
    case, consent = a_told_case(session, world)

    withdraw(session, world.coordinator, refresh(session, world, case), consent)

    letters = recalled(session, world, case, consent)
    assert letters["police"] == letters["social"] == {Kind.SCHOOL, Kind.IDENTITY}
    assert letters["leisure"] == {Kind.IDENTITY}
    assert "coordinator" not in letters


def test_one_row_taken_back_is_recalled_from_whom_it_was_told(session, world) -> None:
    case, consent = a_told_case(session, world)
    row = Row(world.id_of("school"), world.id_of("police"), Kind.SCHOOL)

    withdraw(session, world.coordinator, refresh(session, world, case), consent, rows=[row])

    assert recalled(session, world, case, consent) == {"police": {Kind.SCHOOL}}


def test_what_a_contact_received_is_recalled_too(session, world) -> None:
    case, consent = a_told_case(session, world)

    receive_withdrawal(session, world.school, refresh(session, world, case), role=CaseRole.GUARDIAN)

    assert "police" in recalled(session, world, case, consent)


def test_nothing_is_recalled_because_a_new_paper_was_signed(session, world) -> None:
    case, consent = a_told_case(session, world)

    sign(session, world, case, case.guardian_ids[0], answers(world))

    assert recalled(session, world, case, consent) == {}


@pytest.fixture
def told_desk(desk: Desk):
    with desk.served.sessions.begin() as session:
        consent = sign(session, desk.world, desk.case, desk.guardians[0], answers(desk.world, SCHOOL_TO_POLICE))
        case = refresh(session, desk.world, desk.case)
        assert told(session, desk.world, case, a_fact(session, desk.world, case), "police")
        desk.consent_id = consent.id
    with desk.served.sessions.begin() as session:
        case = refresh(session, desk.world, desk.case)
        withdraw(session, desk.world.coordinator, case, queries.list_consents(session, case)[0])
    return desk


def test_the_page_has_a_sheet_each_and_nothing_of_what_was_said(told_desk: Desk) -> None:
    page = told_desk.client().get(f"{told_desk.base}/samtycke/{told_desk.consent_id}/brev").text

    letters = re.findall(r"<article.*?</article>", page, re.DOTALL)
    to = [re.search(r"Till <strong>(.*?)</strong>", letter)[1] for letter in letters]
    assert to == sorted(f"Enheten {name}" for name in ("social", "school", "police", "leisure"))
    for letter in letters:
        assert told_desk.case.alias in letter
        assert told_desk.case.reference in letter
        assert "Nyckeln som öppnade uppgifterna för er är förstörd" in letter
        for sealed in (CALLED, FULL_NAME, FACT, "Vuxen1"):
            assert sealed not in letter
    police = next(letter for letter in letters if "Till <strong>Enheten police" in letter)
    assert "Hur skolan fungerar" in police
    assert all("Hur skolan fungerar" not in letter for letter in letters if letter is not police)


def test_the_letters_are_swedish_whoever_prints_them(told_desk: Desk) -> None:
    path = f"{told_desk.base}/samtycke/{told_desk.consent_id}/brev"

    page = told_desk.client().get(path, headers={"Accept-Language": "en"}).text

    assert "A letter to each of those" in page
    (letters,) = re.findall(r'<div class="letters" lang="sv">.*</article>', page, re.DOTALL)
    assert "Det här behöver ni göra" in letters
    assert "How school is going" not in letters


def test_the_letters_are_found_where_the_consent_was_taken_back(told_desk: Desk) -> None:
    page = told_desk.client().get(f"{told_desk.base}/samtycke/{told_desk.consent_id}/aterkalla").text

    assert f"/samtycke/{told_desk.consent_id}/brev" in page


def test_making_them_is_on_the_record(told_desk: Desk) -> None:
    count = text("SELECT count(*) FROM audit_entry_facts WHERE event = 'consent:recall_printed'")
    with told_desk.served.sessions.begin() as session:
        before = session.scalar(count)

    told_desk.client().get(f"{told_desk.base}/samtycke/{told_desk.consent_id}/brev")

    with told_desk.served.sessions.begin() as session:
        assert session.scalar(count) == before + 1


def test_nothing_is_printed_where_an_identity_is_protected(told_desk: Desk) -> None:
    with told_desk.served.sessions.begin() as session:
        session.execute(text('UPDATE "case" SET is_protected = true WHERE id = :id'), {"id": told_desk.case.id})

    letters = told_desk.client().get(f"{told_desk.base}/samtycke/{told_desk.consent_id}/brev")
    withdrawn = told_desk.client().get(f"{told_desk.base}/samtycke/{told_desk.consent_id}/aterkalla").text

    assert letters.status_code == 403
    assert "<article" not in letters.text
    assert "skyddade personuppgifter" in letters.text
    assert f"/samtycke/{told_desk.consent_id}/brev" not in withdrawn
