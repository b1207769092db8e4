"""What was answered before helps with the typing, and never says yes for anybody."""

import re
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sspf.cases.models import CaseRole
from sspf.consents import queries
from sspf.consents.agreement import Row
from sspf.consents.answers import Answer, Answers
from sspf.consents.service import receive_withdrawal, withdraw
from sspf.db import clock
from tests.conftest import Served
from tests.consents.family import ASKED, COORDINATION, OTHERS
from tests.consents.make import a_fact, answers, refresh, sign, told
from tests.consents.served import SCHOOL_TO_POLICE, Desk, filled, hidden
from tests.world import GUARDIANS

given_answers = st.builds(
    Answers,
    wants=st.just(Answer.YES),
    organisations=st.dictionaries(st.sampled_from(OTHERS), st.sampled_from(Answer)),
    rows=st.dictionaries(st.sampled_from(ASKED), st.sampled_from(Answer)),
)


@given(before=given_answers, taken=st.sets(st.integers(0, 40)))
def test_nothing_that_was_taken_back_is_filled_in_again(before: Answers, taken: set[int]) -> None:
    rows = sorted(before.yes_rows(COORDINATION), key=str)
    gone = {row for place, row in enumerate(rows) if place in taken}

    again = before.without(gone, COORDINATION)

    assert again.yes_rows(COORDINATION) <= frozenset(rows) - gone
    assert again.rows_answered(Answer.YES) <= before.rows_answered(Answer.YES)
    assert again.rows_answered(Answer.NO) == before.rows_answered(Answer.NO)


def test_renewing_fills_in_what_was_answered_and_shares_again_without_typing(desk: Desk) -> None:
    consent = _signed(desk, days=5)
    with desk.served.sessions.begin() as session:
        case = refresh(session, desk.world, desk.case)
        assert told(session, desk.world, case, a_fact(session, desk.world, case), "police")
    client = desk.client()

    overview = client.get(f"{desk.base}/samtycke").text
    form = client.get(_href(overview, "Förnya")).text
    checked = client.post(f"{desk.base}/samtycke/granska", data=_everything(form)).text
    saved = client.post(f"{desk.base}/samtycke", data=hidden(checked))

    assert "Ifyllt med det Vuxen1 svarade förra gången" in form
    assert filled(form)[desk.row(*SCHOOL_TO_POLICE)] == "yes"
    assert "Delas även i fortsättningen" in checked
    assert "Stängs direkt" not in checked
    assert saved.status_code == 303
    with desk.served.sessions.begin() as session:
        newest = queries.list_consents(session, desk.case)[0]
        assert newest.id != consent
        assert newest.valid_until > clock.now(session) + timedelta(days=100)
        assert {row.as_row for row in newest.rows} == _rows_of(session, desk, consent)


def test_what_has_been_taken_back_is_not_filled_in(desk: Desk) -> None:
    consent = _signed(desk, days=5)
    with desk.served.sessions.begin() as session:
        case = refresh(session, desk.world, desk.case)
        row = Row(*(desk.world.id_of(name) for name in SCHOOL_TO_POLICE[:2]), SCHOOL_TO_POLICE[2])
        given_ = next(one for one in queries.list_consents(session, case) if one.id == consent)
        withdraw(session, desk.world.coordinator, case, given_, rows=[row])

    form = desk.client().get(f"{desk.base}/samtycke/nytt?person={desk.guardians[0]}&fran={consent}").text

    assert filled(form)[desk.row(*SCHOOL_TO_POLICE)] == ""
    assert filled(form)["wants"] == "yes"


@pytest.mark.parametrize("how", ["by the coordinator", "received by a contact"])
def test_what_was_taken_back_whole_begins_empty(desk: Desk, how: str) -> None:
    consent = _signed(desk, days=5)
    with desk.served.sessions.begin() as session:
        case = refresh(session, desk.world, desk.case)
        given_ = next(one for one in queries.list_consents(session, case) if one.id == consent)
        if how == "by the coordinator":
            withdraw(session, desk.world.coordinator, case, given_)
            case.state = "meeting"
        else:
            receive_withdrawal(session, desk.world.school, case, role=CaseRole.GUARDIAN)

    form = desk.client().get(f"{desk.base}/samtycke/nytt?person={desk.guardians[0]}&fran={consent}").text

    assert "yes" not in filled(form).values()
    assert "Ifyllt" not in form
    assert "Förnya" not in desk.client().get(f"{desk.base}/samtycke").text


def test_somebody_elses_answers_are_nobodys_until_they_have_been_read(house: Served) -> None:
    desk = Desk(house, guardians=GUARDIANS)
    mother, father = desk.guardians
    (first,) = desk.sign(SCHOOL_TO_POLICE, person=mother)
    client = desk.client()
    start = client.get(f"{desk.base}/samtycke/nytt?person={father}").text

    form = client.get(_href(start, "Börja med samma svar som Vuxen1")).text
    checked = client.post(f"{desk.base}/samtycke/granska", data=_everything(form)).text
    unread = client.post(f"{desk.base}/samtycke", data=hidden(checked))
    before = desk.count("consent")
    read = client.post(f"{desk.base}/samtycke", data=hidden(unread.text) | {"was_read": "on"})

    assert "Inget här är Vuxen2s svar" in form
    assert filled(form)[desk.row(*SCHOOL_TO_POLICE)] == "yes"
    assert "Svaren är ifyllda från Vuxen1" in checked
    assert unread.status_code == 422
    assert "Läs varje rad mot den här personens egna svar" in unread.text
    assert before == 1
    assert read.status_code == 303
    assert hidden(form)["began_from"] == str(first)


def test_answers_of_another_family_are_not_there_to_begin_from(house: Served) -> None:
    other, desk = Desk(house), Desk(house)
    (theirs,) = other.sign(SCHOOL_TO_POLICE)

    form = desk.client().get(f"{desk.base}/samtycke/nytt?person={desk.guardians[0]}&fran={theirs}")
    sent = desk.client().post(f"{desk.base}/samtycke/granska", data=desk.paper(began_from=str(theirs)))

    assert "yes" not in filled(form.text).values()
    assert sent.status_code == 422


def test_what_was_said_is_signed_with_two_days_and_nothing_else(desk: Desk) -> None:
    client = desk.client()
    spoken = client.get(f"{desk.base}/samtycke/nytt?person={desk.guardians[0]}&satt=spoken").text
    said = desk.paper(way="spoken", told_to=filled(spoken)["told_to"], valid_to=str(desk.today + timedelta(days=14)))
    checked = client.post(f"{desk.base}/samtycke/granska", data=said).text
    saved = client.post(f"{desk.base}/samtycke", data=hidden(checked))
    overview = client.get(saved.headers["location"]).text

    sign_page = client.get(_href(overview, "Skriv in underskriften")).text
    days = hidden(sign_page) | {"given_on": str(desk.today), "valid_to": str(desk.today + timedelta(days=90))}
    check_again = client.post(f"{desk.base}/samtycke/granska", data=days).text
    signed = client.post(f"{desk.base}/samtycke", data=hidden(check_again))

    assert "Koordinator Ek" in checked
    assert "Stämmer det med det som sades?" in checked
    assert "Det muntliga svaret är registrerat" in overview
    assert "ska skrivas under senast" in overview
    assert "Stämmer det med blanketten?" in check_again
    assert signed.status_code == 303
    with desk.served.sessions.begin() as session:
        paper, word = queries.list_consents(session, desk.case)
        assert {row.as_row for row in paper.rows} == {row.as_row for row in word.rows}
        assert (paper.way, word.way, word.end_reason) == ("paper", "spoken", "replaced")
    assert client.get(f"{desk.base}/samtycke/{word.id}/underskrift").status_code == 403


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"told_to": ""}, "Välj vem som tog emot svaret."),
        ({"told_to": "11111111-1111-4111-8111-111111111111"}, "Välj vem som tog emot svaret."),
        ({"days": 15}, "ska skrivas under inom 14 dagar"),
    ],
)
def test_what_is_said_to_nobody_or_for_too_long_is_answered_beside_the_field(desk: Desk, wrong, sentence: str) -> None:
    last = desk.today + timedelta(days=wrong.get("days", 14))
    told_to = wrong.get("told_to", str(desk.world.coordinator.user_id))

    page = desk.client().post(
        f"{desk.base}/samtycke/granska", data=desk.paper(way="spoken", told_to=told_to, valid_to=str(last))
    )

    assert page.status_code == 422
    assert sentence in page.text
    assert desk.count("consent") == 0


def test_what_was_said_to_an_auditor_was_said_to_nobody_who_works_with_the_family(desk: Desk) -> None:
    page = desk.client().get(f"{desk.base}/samtycke/nytt?person={desk.guardians[0]}&satt=spoken").text

    assert "Kurator Rönn, Enheten school" in page
    assert "Granskare Hägg" not in page
    assert "Administratör Sälg" not in page


def _signed(desk: Desk, *, days: int):
    with desk.served.sessions.begin() as session:
        given_ = answers(desk.world, SCHOOL_TO_POLICE, present=("school", "police"))
        return sign(session, desk.world, desk.case, desk.guardians[0], given_, lasting=timedelta(days=days)).id


def _rows_of(session, desk: Desk, consent_id) -> set[Row]:
    return {row.as_row for one in queries.list_consents(session, desk.case) if one.id == consent_id for row in one.rows}


def _everything(form: str) -> dict[str, str]:
    """What the browser would send: every field of the form as it stands."""
    return hidden(form) | filled(form)


def _href(page: str, words: str) -> str:
    found = re.search(rf'href="([^"]+)"[^>]*>{words}', page)
    assert found is not None, words
    return found[1].replace("&amp;", "&")
