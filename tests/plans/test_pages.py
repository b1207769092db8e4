"""What is pressed and written about actions, as a browser does it without JavaScript."""

import re

import pytest
from sqlalchemy import select

from sspf.cases.models import State
from sspf.plans.models import ActionText, Status
from sspf.web import dates
from tests.plans.house import House, words
from tests.plans.make import TEXT
from tests.world import CONTACTS, a_case


def test_klar_with_undo_beside_it(house: House) -> None:
    case_id, action_id = house.prepared()
    client = house.client("school")

    pressed = client.post(f"/arenden/{case_id}/atgarder/{action_id}/klar", data={"back": "mina"})
    page = client.get(pressed.headers["location"])

    assert pressed.status_code == 303
    assert pressed.headers["location"] == f"/atgarder?nyss={action_id}"
    assert house.action(action_id).status is Status.DONE
    assert f"/arenden/{case_id}/atgarder/{action_id}/angra" in page.text
    assert page.text.count("data-focus") == 1

    client.post(f"/arenden/{case_id}/atgarder/{action_id}/angra", data={"back": "mina"})

    assert house.action(action_id).status is Status.OPEN


@pytest.mark.parametrize(
    ("sent", "path"),
    [
        ({}, "/arenden/{case}?nyss={action}"),
        ({"back": "arende"}, "/arenden/{case}?nyss={action}"),
        ({"back": "mina"}, "/atgarder?nyss={action}"),
        ({"back": "mina", "after": "0.2026-11-24.0190163d-8694-739b-aea5-966c26f8ad91"},
         "/atgarder?efter=0.2026-11-24.0190163d-8694-739b-aea5-966c26f8ad91&nyss={action}"),
        ({"back": "alla"}, "/atgarder?visa=alla&nyss={action}"),
        ({"back": "mote", "meeting": "0190163d-8694-739b-aea5-966c26f8ad91"},
         "/moten/0190163d-8694-739b-aea5-966c26f8ad91?arende={case}&nyss={action}"),
        ({"back": "https://annanstans.example/"}, "/arenden/{case}?nyss={action}"),
        ({"back": "//annanstans.example"}, "/arenden/{case}?nyss={action}"),
        ({"back": "mina", "after": "//annanstans.example"}, "/arenden/{case}?nyss={action}"),
    ],
)  # fmt: skip
def test_the_way_back_is_one_of_our_pages(house: House, sent: dict[str, str], path: str) -> None:
    case_id, action_id = house.prepared()

    pressed = house.client("school").post(f"/arenden/{case_id}/atgarder/{action_id}/klar", data=sent)

    assert pressed.headers["location"] == path.format(case=case_id, action=action_id)


ACTS = ("klar", "angra", "flytta", "ta-bort", "andra")


@pytest.mark.parametrize("act", ACTS)
def test_somebody_elses_action_is_refused_with_the_reason(house: House, act: str) -> None:
    case_id, action_id = house.prepared(of="police")

    refused = house.client("school").post(
        f"/arenden/{case_id}/atgarder/{action_id}/{act}", data={"due_on": str(house.day(9)), "back": "mina"}
    )

    assert refused.status_code == 403
    assert "av den som har åtagandet" in words(refused)
    assert house.action(action_id).status is Status.OPEN


@pytest.mark.parametrize("name", ["outsider", "auditor", "administrator"])
def test_for_whoever_takes_no_part_there_is_no_action(house: House, name: str) -> None:
    case_id, action_id = house.prepared()
    client = house.client(name)

    for act in ACTS:
        assert client.post(f"/arenden/{case_id}/atgarder/{action_id}/{act}", data={}).status_code == 404, act
    assert client.get(f"/arenden/{case_id}/atgarder/{action_id}/andra").status_code == 404
    assert client.post(f"/arenden/{case_id}/atgarder", data={}).status_code == 404


def test_an_action_of_another_case_is_not_found_in_this_one(house: House) -> None:
    case_id, _one = house.prepared()
    _other_case, other = house.prepared()

    assert house.client("coordinator").post(f"/arenden/{case_id}/atgarder/{other}/klar").status_code == 404
    assert house.client("coordinator").get(f"/arenden/{case_id}/atgarder/{other}/andra").status_code == 404


def test_what_who_and_when_on_one_line(house: House) -> None:
    case_id, _action_id = house.prepared()
    school = house.world.id_of("school")

    added = house.client("school").post(
        f"/arenden/{case_id}/atgarder",
        data={"what": "Följa upp frånvaron", "who": str(school), "due_on": str(house.day(5))},
    )

    assert added.status_code == 303
    assert re.fullmatch(rf"/arenden/{case_id}\?nyss=[0-9a-f-]+", added.headers["location"])
    assert "Följa upp frånvaron" in words(house.client("police").get(f"/arenden/{case_id}"))


WRONG = [
    ({"what": ""}, "Skriv vad som ska göras.", "what"),
    ({"what": "x" * 141}, "Skriv kortare: högst 140 tecken.", "what"),
    ({"what": "två\nrader"}, "Skriv på en rad.", "what"),
    ({"who": ""}, "Välj vem som gör det.", "who"),
    ({"who": "vem som helst"}, "Välj ett av alternativen.", "who"),
    ({"due_on": ""}, "Skriv när det ska vara gjort.", "due_on"),
    ({"due_on": "i morgon"}, "Skriv dagen som 2026-11-24.", "due_on"),
    ({"due_on": "2001-01-01"}, "Skriv i dag eller en senare dag.", "due_on"),
    ({"due_on": "2106-01-01"}, "Dagen är mer än två år bort.", "due_on"),
]


@pytest.mark.parametrize(("wrong", "sentence", "name"), WRONG)
def test_bad_input_is_said_first_and_beside_the_field_and_nothing_is_lost(
    house: House, wrong: dict[str, str], sentence: str, name: str
) -> None:
    case_id, _action_id = house.prepared()
    typed = {"what": "Det jag skrev", "who": str(house.world.id_of("school")), "due_on": str(house.day(5))} | wrong

    page = house.client("school").post(f"/arenden/{case_id}/atgarder", data=typed)

    assert page.status_code == 422
    assert f'href="#{name}">{sentence}' in page.text
    assert words(page).count(sentence) == 2
    if "what" not in wrong:
        assert 'value="Det jag skrev"' in page.text
    assert house.actions_of(case_id) == 1


def test_a_stranger_cannot_be_asked(house: House) -> None:
    case_id, _action_id = house.prepared()

    page = house.client("coordinator").post(
        f"/arenden/{case_id}/atgarder",
        data={"what": "Något", "who": str(house.world.id_of("outsider")), "due_on": str(house.day(5))},
    )

    assert page.status_code == 422
    assert "Välj någon som är med i ärendet nu." in words(page)


def test_moving_an_action_to_another_day(house: House) -> None:
    case_id, action_id = house.prepared()
    client = house.client("school")
    path = f"/arenden/{case_id}/atgarder/{action_id}/flytta"

    wrong = client.post(path, data={"due_on": "2001-01-01", "back": "mina"})
    right = client.post(path, data={"due_on": str(house.day(10)), "back": "mina"})

    assert wrong.status_code == 422
    assert "Skriv i dag eller en senare dag." in words(wrong)
    assert 'name="back" value="mina"' in wrong.text
    assert right.status_code == 303
    moved = house.action(action_id)
    assert (moved.status, moved.due_on) == (Status.POSTPONED, house.day(10))


def test_two_who_move_an_action_at_once_see_both_days(house: House) -> None:
    case_id, action_id = house.prepared()
    path, read = f"/arenden/{case_id}/atgarder/{action_id}/flytta", {"was": str(house.action(action_id).due_on)}
    house.client("coordinator").post(path, data=read | {"due_on": str(house.day(12))})

    late = house.client("school").post(path, data=read | {"due_on": str(house.day(9))})

    assert late.status_code == 409
    assert dates.date_words(house.day(12)) in words(late)
    assert dates.date_words(house.day(9)) in words(late)
    assert house.action(action_id).due_on == house.day(12)
    read = {"was": re.findall(r'name="was" value="([^"]*)"', late.text)[0]}
    assert house.client("school").post(path, data=read | {"due_on": str(house.day(9))}).status_code == 303
    assert house.action(action_id).due_on == house.day(9)


def test_nobody_undoes_what_somebody_else_has_done_since(house: House) -> None:
    case_id, action_id = house.prepared()
    path = f"/arenden/{case_id}/atgarder/{action_id}"
    house.client("school").post(f"{path}/flytta", data={"due_on": str(house.day(10))})
    read = {"version": str(house.action(action_id).version)}
    house.client("coordinator").post(f"{path}/klar", data={})

    late = house.client("school").post(f"{path}/angra", data=read)

    assert late.status_code == 409
    assert house.action(action_id).status is Status.DONE


def edit_fields(house: House, **more) -> dict[str, str]:
    fields = {"what": TEXT, "who": house.world.id_of("school"), "due_on": house.day(3), "version": 1}
    return {name: str(value) for name, value in (fields | more).items()}


def test_changing_the_wording(house: House) -> None:
    case_id, action_id = house.prepared()
    client = house.client("school")
    path = f"/arenden/{case_id}/atgarder/{action_id}/andra"

    page = client.get(f"{path}?back=mina")
    changed = client.post(path, data=edit_fields(house, what="Boka i stället provsamtalet", back="mina"))

    assert f'value="{TEXT}"' in page.text
    assert 'name="back" value="mina"' in page.text
    assert changed.headers["location"] == f"/atgarder?nyss={action_id}"
    assert "Boka i stället provsamtalet" in words(house.client("police").get(f"/arenden/{case_id}"))


def test_a_text_left_as_it_was_is_not_sealed_again(house: House) -> None:
    case_id, action_id = house.prepared()

    house.client("school").post(
        f"/arenden/{case_id}/atgarder/{action_id}/andra", data=edit_fields(house, due_on=house.day(12))
    )

    with house.session() as session:
        assert len(session.scalars(select(ActionText).where(ActionText.action_id == action_id)).all()) == 1
    assert house.action(action_id).due_on == house.day(12)


def test_two_people_changing_the_same_action_see_both_versions(house: House) -> None:
    case_id, action_id = house.prepared()
    path = f"/arenden/{case_id}/atgarder/{action_id}/andra"
    house.client("coordinator").post(path, data=edit_fields(house, what="Koordinatorns ord"))

    second = house.client("school").post(path, data=edit_fields(house, what="Skolans ord"))

    assert second.status_code == 409
    assert "Koordinatorns ord" in words(second)
    assert 'value="Skolans ord"' in second.text
    assert 'name="version" value="2"' in second.text

    again = house.client("school").post(path, data=edit_fields(house, what="Skolans ord", version=2))

    assert again.status_code == 303
    assert "Skolans ord" in words(house.client("coordinator").get(f"/arenden/{case_id}"))


def test_a_changed_action_that_is_over_keeps_what_was_typed(house: House) -> None:
    case_id, action_id = house.prepared()
    client = house.client("school")
    client.post(f"/arenden/{case_id}/atgarder/{action_id}/klar")

    page = client.post(
        f"/arenden/{case_id}/atgarder/{action_id}/andra", data=edit_fields(house, what="För sent", version=2)
    )

    assert page.status_code == 422
    assert "Det här är inte öppet längre." in words(page)
    assert 'value="För sent"' in page.text


@pytest.mark.parametrize(("wrong", "sentence", "name"), WRONG)
def test_a_change_is_checked_like_a_new_one(house: House, wrong: dict[str, str], sentence: str, name: str) -> None:
    case_id, action_id = house.prepared()

    page = house.client("school").post(
        f"/arenden/{case_id}/atgarder/{action_id}/andra", data=edit_fields(house) | wrong
    )

    assert page.status_code == 422
    assert f'href="#{name}">{sentence}' in page.text
    assert house.action(action_id).version == 1


def test_a_late_action_can_be_reworded_without_a_new_day(house: House) -> None:
    case_id, action_id = house.prepared(in_=-4)

    changed = house.client("school").post(
        f"/arenden/{case_id}/atgarder/{action_id}/andra",
        data=edit_fields(house, what="Nya ord", due_on=house.day(-4)),
    )

    assert changed.status_code == 303


def test_the_case_page_shows_the_actions_and_the_line_for_a_new_one(house: House) -> None:
    case_id, action_id = house.prepared()

    for name in ("coordinator", *CONTACTS):
        page = house.client(name).get(f"/arenden/{case_id}")
        assert TEXT in words(page), name
        assert "Skriv så att familjen kan läsa det högt." in words(page)
        may_mark = f"/arenden/{case_id}/atgarder/{action_id}/klar" in page.text
        assert may_mark is (name in {"coordinator", "school"}), name


def test_a_withdrawn_case_asks_for_no_new_ones(house: House) -> None:
    with house.session() as session:
        case = a_case(session, house.world)
        case.state = State.WITHDRAWN
        case_id = case.id

    page = house.client("coordinator").get(f"/arenden/{case_id}")

    assert "Lägg till åtagande" not in words(page)
    assert "Familjen har tagit tillbaka sitt ja. Avsluta ärendet." in words(page)
    assert house.client("coordinator").post(f"/arenden/{case_id}/atgarder", data={}).status_code == 403


def test_nothing_is_promised_in_the_address_or_the_title(house: House) -> None:
    case_id, action_id = house.prepared()
    client = house.client("school")

    for path in (f"/arenden/{case_id}/atgarder/{action_id}/andra", "/atgarder"):
        page = client.get(path)
        title = re.search(r"<title>(.*?)</title>", page.text, re.DOTALL).group(1)
        assert "Pricken" not in title
        assert TEXT not in title


def test_a_malformed_id_is_not_found(house: House) -> None:
    client = house.client("school")

    assert client.post("/arenden/x/atgarder/y/klar").status_code == 404
    assert client.get("/arenden/x/atgarder/y/andra").status_code == 404
