"""Planning a meeting, in a form and again in a form."""

import re
from uuid import uuid4

from sqlalchemy import func, select

from sspf.meetings.models import AgendaItem, Meeting
from tests.meetings.served import Town, tomorrow
from tests.pages import words


def test_a_meeting_is_planned_from_a_form_and_those_named_are_asked_to_come(town: Town) -> None:
    first, second = town.case("school"), town.case("police")
    leader = town.served.client("coordinator")
    form = leader.get("/moten/nytt")

    saved = leader.post(
        "/moten/nytt",
        data={"day": tomorrow(town), "at": "09:30", "place": "Rådhuset", "cases": [str(first), str(second)]},
    )
    page = leader.get(saved.headers["location"])

    assert "Kurator Rönn, Enheten school" in words(form)
    assert saved.status_code == 303
    said = words(page)
    assert "kl. 09:30" in said
    assert "Mötet är planerat" in said
    assert "Kurator Rönn, Enheten school" in said
    assert "Kommunpolis Alm, Enheten police" in said
    assert f"{town.alias(second)}" in said
    assert "Utan samtycke för ärendet: Enheten school" in said


def test_a_meeting_can_be_planned_from_a_case(town: Town) -> None:
    case_id = town.case()

    form = town.served.client("coordinator").get(f"/moten/nytt?arende={case_id}")

    assert f'value="{case_id}" checked' in form.text


WRONG: list[tuple[dict[str, object], str]] = [
    ({"day": ""}, "Skriv vilken dag mötet är."),
    ({"day": "i morgon"}, "Skriv dagen som 2026-11-24."),
    ({"day": "2046-01-01"}, "Dagen är mer än två år bort. Kontrollera årtalet."),
    ({"at": "nio"}, "Skriv klockslaget som 09:00."),
    ({"at": "25:00"}, "Skriv klockslaget som 09:00."),
    ({"place": ""}, "Skriv var mötet är, eller klistra in länken."),
    ({"place": "x" * 201}, "Skriv kortare: högst 200 tecken."),
    ({"place": "Hemma, ring 070-174 06 05"}, "Det ser ut som ett telefonnummer."),
    ({"cases": []}, "Välj minst ett ärende."),
    ({"cases": [str(uuid4())]}, "Ett av ärendena finns inte längre. Välj om."),
]


def test_what_is_wrong_with_the_form_stands_first_and_nothing_typed_is_lost(town: Town) -> None:
    right = {"day": tomorrow(town), "at": "09:30", "place": "Vita huset", "cases": [str(town.case())]}
    leader = town.served.client("coordinator")

    for wrong, sentence in WRONG:
        page = leader.post("/moten/nytt", data=right | wrong)

        assert page.status_code == 422
        said = words(page)
        assert said.index(sentence) < said.index("Börjar klockan"), sentence
        assert said.count(sentence) == 2, sentence
        assert ("place" in wrong) or 'value="Vita huset"' in page.text
    with town.session() as session:
        assert session.scalar(select(func.count()).select_from(Meeting)) == 0


def test_a_case_that_a_colleague_has_just_put_on_the_agenda_is_not_lost(town: Town) -> None:
    first, theirs, ours = town.case(), town.case(), town.case()
    meeting_id = town.meeting(first)
    leader = town.served.client("coordinator")
    when = {"day": tomorrow(town), "at": "10:00", "place": "Stadshuset"}
    leader.post(f"/moten/{meeting_id}/andra", data=when | {"cases": [str(first)], "version": "1"})
    (version,) = re.findall(r'name="version" value="(\d+)"', leader.get(f"/moten/{meeting_id}/andra").text)
    as_it_was = when | {"version": version}

    leader.post(f"/moten/{meeting_id}/andra", data=as_it_was | {"cases": [str(first), str(theirs)]})
    late = leader.post(f"/moten/{meeting_id}/andra", data=as_it_was | {"cases": [str(first), str(ours)]})

    assert late.status_code == 409
    assert town.alias(theirs) in words(late)
    with town.session() as session:
        on_it = session.scalars(select(AgendaItem.case_id).where(AgendaItem.meeting_id == meeting_id))
        assert set(on_it) == {first, theirs}


def test_two_who_change_a_meeting_at_once_see_both_versions(town: Town) -> None:
    case_id = town.case()
    meeting_id = town.meeting(case_id)
    leader = town.served.client("coordinator")
    typed = {"day": tomorrow(town), "at": "10:00", "cases": [str(case_id)], "version": "1"}
    leader.post(f"/moten/{meeting_id}/andra", data=typed | {"place": "Stadshuset"})

    late = leader.post(f"/moten/{meeting_id}/andra", data=typed | {"place": "Biblioteket"})
    again = leader.post(f"/moten/{meeting_id}/andra", data=typed | {"place": "Biblioteket", "version": "2"})

    assert late.status_code == 409
    assert "Stadshuset" in words(late)
    assert "Biblioteket" in words(late)
    assert 'name="version" value="2"' in late.text
    assert again.status_code == 303
