"""The pages of actions, as a browser meets them; without JavaScript unless a test says otherwise."""

import re
from datetime import timedelta
from html import unescape
from uuid import UUID

import pytest
from httpx2 import Response
from sqlalchemy import select

from sspf.plans import service
from sspf.plans.models import Action, ActionText, Status
from sspf.plans.queries import current_texts
from tests.conftest import Served
from tests.plans.make import TEXT, an_agreed_case, fresh, in_days, promise
from tests.world import CONTACTS, a_case

HTMX = {"HX-Request": "true", "HX-Target": "section#my_actions"}


def prepared(served: Served, **action) -> tuple[UUID, UUID]:
    """A case in which everybody takes part, and an action in it."""
    with served.sessions.begin() as session:
        case = an_agreed_case(session, served.world)
        made = promise(session, served.world, case, **action)
        return case.id, made.id


def the_action(served: Served, action_id: UUID) -> Action:
    with served.sessions.begin() as session:
        return session.scalars(select(Action).where(Action.id == action_id)).one()


def day(served: Served, days: int) -> str:
    with served.sessions.begin() as session:
        return str(in_days(session, days))


def words(page: Response) -> str:
    """What a page says, without its tags."""
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", page.text)))


def test_my_actions_are_named_by_alias_and_never_by_name(served: Served) -> None:
    case_id, _action_id = prepared(served)
    with served.sessions.begin() as session:
        alias = fresh(session, served.world.school, an_existing(session, served, case_id)).alias

    page = served.client("school").get("/atgarder")

    assert page.status_code == 200
    assert TEXT in words(page)
    assert alias in words(page)
    assert "Pricken" not in page.text
    assert "<title>Mina åtaganden" in page.text


def an_existing(session, served: Served, case_id: UUID):
    from sspf.cases import queries as cases  # noqa: PLC0415

    return cases.get_case(session, served.world.coordinator, case_id)


def test_groups_stand_as_late_this_week_later_and_done(served: Served) -> None:
    with served.sessions.begin() as session:
        case = an_agreed_case(session, served.world)
        for text, in_ in (("Sent", -3), ("I dag", 0), ("Långt fram", 30)):
            promise(session, served.world, case, text=text, in_=in_)
        done = promise(session, served.world, case, text="Färdigt")
        service.mark_done(session, served.world.school, case, done)

    said = words(served.client("school").get("/atgarder"))

    places = [said.index(word) for word in ("Försenade", "Den här veckan", "Senare", "Klara (senaste 7 dagarna)")]
    assert places == sorted(places)
    assert "för 3 dagar sedan" in said


@pytest.mark.parametrize("name", ["auditor", "administrator"])
def test_whoever_is_not_in_casework_has_no_such_page(served: Served, name: str) -> None:
    assert served.client(name).get("/atgarder").status_code == 404


def test_klar_with_undo_beside_it(served: Served) -> None:
    case_id, action_id = prepared(served)
    client = served.client("school")

    pressed = client.post(f"/arenden/{case_id}/atgarder/{action_id}/klar", data={"back": "mina"})
    page = client.get(pressed.headers["location"])

    assert pressed.status_code == 303
    assert pressed.headers["location"] == f"/atgarder?nyss={action_id}"
    assert the_action(served, action_id).status is Status.DONE
    assert f"/arenden/{case_id}/atgarder/{action_id}/angra" in page.text
    assert page.text.count("data-focus") == 1

    client.post(f"/arenden/{case_id}/atgarder/{action_id}/angra", data={"back": "mina"})

    assert the_action(served, action_id).status is Status.OPEN


def test_htmx_is_given_the_block_and_the_focus_in_it(served: Served) -> None:
    _case_id, action_id = prepared(served)

    block = served.client("school").get(f"/atgarder?nyss={action_id}", headers=HTMX)

    assert block.text.strip().startswith('<section id="my_actions"')
    assert block.text.count("data-focus") == 1
    assert "<html" not in block.text


@pytest.mark.parametrize(
    ("sent", "path"),
    [
        ({}, "/arenden/{case}?nyss={action}"),
        ({"back": "arende"}, "/arenden/{case}?nyss={action}"),
        ({"back": "mina"}, "/atgarder?nyss={action}"),
        ({"back": "alla"}, "/atgarder?visa=alla&nyss={action}"),
        ({"back": "mote", "meeting": "0190163d-8694-739b-aea5-966c26f8ad91"},
         "/moten/0190163d-8694-739b-aea5-966c26f8ad91?nyss={action}&arende={case}"),
        ({"back": "https://annanstans.example/"}, "/arenden/{case}?nyss={action}"),
        ({"back": "//annanstans.example"}, "/arenden/{case}?nyss={action}"),
        ({"back": "mina", "after": "//annanstans.example"}, "/arenden/{case}?nyss={action}"),
    ],
)  # fmt: skip
def test_the_way_back_is_one_of_our_pages(served: Served, sent: dict[str, str], path: str) -> None:
    case_id, action_id = prepared(served)

    pressed = served.client("school").post(f"/arenden/{case_id}/atgarder/{action_id}/klar", data=sent)

    assert pressed.headers["location"] == path.format(case=case_id, action=action_id)


def test_on_a_later_page_of_the_list_one_stays_there(served: Served) -> None:
    with served.sessions.begin() as session:
        case = an_agreed_case(session, served.world)
        for number in range(27):
            promise(session, served.world, case, text=f"nr {number}", in_=number)
    client = served.client("school")

    first = client.get("/atgarder")
    (older,) = re.findall(r'href="(/atgarder\?efter=[^"]+)"', first.text)
    second = client.get(older)

    assert "nr 24" in words(first)
    assert "nr 25" in words(second)
    assert f'name="after" value="{older.removeprefix("/atgarder?efter=")}"' in second.text


@pytest.mark.parametrize("address", ["/atgarder?efter=x", "/atgarder?visa=andras", "/atgarder?nyss=x", "/atgarder?vad=x"])
def test_an_address_that_means_nothing_shows_the_first_page(served: Served, address: str) -> None:
    prepared(served)

    page = served.client("school").get(address)

    assert page.status_code == 200
    assert TEXT in words(page)


def test_the_coordinator_sees_everyones_and_the_familys_are_never_late(served: Served) -> None:
    prepared(served, of="family", in_=-20, text="Prata hemma om kvällarna")

    page = served.client("coordinator").get("/atgarder?visa=alla")

    assert "Tas upp på mötet" in words(page)
    assert "Försenat" not in page.text
    assert "data-late" not in page.text


def test_a_contact_asking_for_everyones_gets_its_own(served: Served) -> None:
    prepared(served, of="police", text="Polisens eget")

    assert "Polisens eget" not in served.client("school").get("/atgarder?visa=alla").text


ACTS = ("klar", "angra", "flytta", "ta-bort", "andra")


@pytest.mark.parametrize("act", ACTS)
def test_somebody_elses_action_is_refused_with_the_reason(served: Served, act: str) -> None:
    case_id, action_id = prepared(served, of="police")

    refused = served.client("school").post(
        f"/arenden/{case_id}/atgarder/{action_id}/{act}", data={"due_on": day(served, 9), "back": "mina"}
    )

    assert refused.status_code == 403
    assert "Bara den som har åtagandet" in words(refused)
    assert the_action(served, action_id).status is Status.OPEN


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize("name", ["outsider", "auditor", "administrator"])
def test_for_whoever_takes_no_part_there_is_no_action(served: Served, name: str, act: str) -> None:
    case_id, action_id = prepared(served)
    client = served.client(name)

    assert client.post(f"/arenden/{case_id}/atgarder/{action_id}/{act}", data={}).status_code == 404
    assert client.get(f"/arenden/{case_id}/atgarder/{action_id}/andra").status_code == 404
    assert client.post(f"/arenden/{case_id}/atgarder", data={}).status_code == 404


def test_an_action_of_another_case_is_not_found_in_this_one(served: Served) -> None:
    case_id, _one = prepared(served)
    _other_case, other = prepared(served)

    assert served.client("coordinator").post(f"/arenden/{case_id}/atgarder/{other}/klar").status_code == 404
    assert served.client("coordinator").get(f"/arenden/{case_id}/atgarder/{other}/andra").status_code == 404


def test_what_who_and_when_on_one_line(served: Served) -> None:
    case_id, _action_id = prepared(served)
    school = served.world.id_of("school")

    added = served.client("school").post(
        f"/arenden/{case_id}/atgarder",
        data={"what": "Följa upp frånvaron", "who": str(school), "due_on": day(served, 5)},
    )

    assert added.status_code == 303
    assert re.fullmatch(rf"/arenden/{case_id}\?nyss=[0-9a-f-]+", added.headers["location"])
    assert "Följa upp frånvaron" in words(served.client("school").get("/atgarder"))


WRONG = [
    ({"what": ""}, "Skriv vad som ska göras.", "what"),
    ({"what": "x" * 141}, "Skriv kortare: högst 140 tecken.", "what"),
    ({"what": "två\nrader"}, "Skriv på en rad.", "what"),
    ({"who": ""}, "Välj vem som gör det.", "who"),
    ({"who": "vem som helst"}, "Välj ett av alternativen.", "who"),
    ({"due_on": ""}, "Skriv när det ska vara gjort.", "due_on"),
    ({"due_on": "i morgon"}, "Skriv dagen som 2026-11-24.", "due_on"),
    ({"due_on": "2001-01-01"}, "Skriv i dag eller en senare dag.", "due_on"),
    ({"due_on": "2206-01-01"}, "Dagen ligger mer än två år bort.", "due_on"),
]


@pytest.mark.parametrize(("wrong", "sentence", "name"), WRONG)
def test_bad_input_is_said_first_and_beside_the_field_and_nothing_is_lost(
    served: Served, wrong: dict[str, str], sentence: str, name: str
) -> None:
    case_id, _action_id = prepared(served)
    typed = {"what": "Det jag skrev", "who": str(served.world.id_of("school")), "due_on": day(served, 5)} | wrong

    page = served.client("school").post(f"/arenden/{case_id}/atgarder", data=typed)

    assert page.status_code == 422
    assert f'href="#{name}">{sentence}' in page.text
    assert words(page).count(sentence) == 2
    if "what" not in wrong:
        assert 'value="Det jag skrev"' in page.text
    with served.sessions.begin() as session:
        assert len(session.scalars(select(Action)).all()) == 1


def test_a_stranger_cannot_be_asked(served: Served) -> None:
    case_id, _action_id = prepared(served)

    page = served.client("coordinator").post(
        f"/arenden/{case_id}/atgarder",
        data={"what": "Något", "who": str(served.world.id_of("outsider")), "due_on": day(served, 5)},
    )

    assert page.status_code == 422
    assert "Välj någon som är med i ärendet nu." in words(page)


def test_moving_an_action_to_another_day(served: Served) -> None:
    case_id, action_id = prepared(served)
    client = served.client("school")
    path = f"/arenden/{case_id}/atgarder/{action_id}/flytta"

    wrong = client.post(path, data={"due_on": "2001-01-01", "back": "mina"})
    right = client.post(path, data={"due_on": day(served, 10), "back": "mina"})

    assert wrong.status_code == 422
    assert "Skriv i dag eller en senare dag." in words(wrong)
    assert 'name="back" value="mina"' in wrong.text
    assert right.status_code == 303
    moved = the_action(served, action_id)
    assert (moved.status, str(moved.due_on)) == (Status.POSTPONED, day(served, 10))


def edit_fields(served: Served, **more) -> dict[str, str]:
    return {
        "what": TEXT,
        "who": str(served.world.id_of("school")),
        "due_on": day(served, 3),
        "version": "1",
    } | {name: str(value) for name, value in more.items()}


def test_changing_the_wording(served: Served) -> None:
    case_id, action_id = prepared(served)
    client = served.client("school")
    path = f"/arenden/{case_id}/atgarder/{action_id}/andra"

    page = client.get(f"{path}?back=mina")
    changed = client.post(path, data=edit_fields(served, what="Boka i stället provsamtalet", back="mina"))

    assert f'value="{TEXT}"' in page.text
    assert 'name="back" value="mina"' in page.text
    assert changed.headers["location"] == f"/atgarder?nyss={action_id}"
    assert "Boka i stället provsamtalet" in words(served.client("police").get(f"/arenden/{case_id}"))


def test_a_text_left_as_it_was_is_not_sealed_again(served: Served) -> None:
    case_id, action_id = prepared(served)

    served.client("school").post(
        f"/arenden/{case_id}/atgarder/{action_id}/andra", data=edit_fields(served, due_on=day(served, 12))
    )

    with served.sessions.begin() as session:
        assert len(session.scalars(select(ActionText)).all()) == 1
        assert list(current_texts(session, [action_id])) == [action_id]
    assert str(the_action(served, action_id).due_on) == day(served, 12)


def test_two_people_changing_the_same_action_see_both_versions(served: Served) -> None:
    case_id, action_id = prepared(served)
    path = f"/arenden/{case_id}/atgarder/{action_id}/andra"
    served.client("coordinator").post(path, data=edit_fields(served, what="Koordinatorns ord"))

    second = served.client("school").post(path, data=edit_fields(served, what="Skolans ord"))

    assert second.status_code == 409
    assert "Koordinatorns ord" in words(second)
    assert 'value="Skolans ord"' in second.text
    assert 'name="version" value="2"' in second.text

    again = served.client("school").post(path, data=edit_fields(served, what="Skolans ord", version=2))

    assert again.status_code == 303
    assert "Skolans ord" in words(served.client("coordinator").get("/atgarder?visa=alla"))


def test_a_changed_action_that_is_over_keeps_what_was_typed(served: Served) -> None:
    case_id, action_id = prepared(served)
    client = served.client("school")
    client.post(f"/arenden/{case_id}/atgarder/{action_id}/klar")

    page = client.post(
        f"/arenden/{case_id}/atgarder/{action_id}/andra", data=edit_fields(served, what="För sent", version=2)
    )

    assert page.status_code == 422
    assert "Åtagandet är inte öppet längre." in words(page)
    assert 'value="För sent"' in page.text


@pytest.mark.parametrize(("wrong", "sentence", "name"), WRONG)
def test_a_change_is_checked_like_a_new_one(
    served: Served, wrong: dict[str, str], sentence: str, name: str
) -> None:
    case_id, action_id = prepared(served)

    page = served.client("school").post(
        f"/arenden/{case_id}/atgarder/{action_id}/andra", data=edit_fields(served) | wrong
    )

    assert page.status_code == 422
    assert f'href="#{name}">{sentence}' in page.text
    assert the_action(served, action_id).version == 1


def test_a_late_action_can_be_reworded_without_a_new_day(served: Served) -> None:
    case_id, action_id = prepared(served, in_=-4)

    changed = served.client("school").post(
        f"/arenden/{case_id}/atgarder/{action_id}/andra",
        data=edit_fields(served, what="Nya ord", due_on=day(served, -4)),
    )

    assert changed.status_code == 303


def test_the_case_page_shows_the_actions_and_the_line_for_a_new_one(served: Served) -> None:
    case_id, action_id = prepared(served)

    for name in ("coordinator", *CONTACTS):
        page = served.client(name).get(f"/arenden/{case_id}")
        assert TEXT in words(page), name
        assert "Skriv så att familjen kan läsa det högt." in words(page)
        may_mark = f"/arenden/{case_id}/atgarder/{action_id}/klar" in page.text
        assert may_mark is (name in {"coordinator", "school"}), name


def test_a_withdrawn_case_says_why_it_takes_no_new_ones(served: Served) -> None:
    from sspf.cases.models import State  # noqa: PLC0415

    with served.sessions.begin() as session:
        case = a_case(session, served.world)
        case.state = State.WITHDRAWN
        case_id = case.id

    page = served.client("coordinator").get(f"/arenden/{case_id}")

    assert "Ärendet tar inte emot nya åtaganden." in words(page)
    assert served.client("coordinator").post(f"/arenden/{case_id}/atgarder", data={}).status_code == 403


def test_nothing_is_promised_in_the_address_or_the_title(served: Served) -> None:
    case_id, action_id = prepared(served)
    client = served.client("school")

    for path in (f"/arenden/{case_id}/atgarder/{action_id}/andra", "/atgarder"):
        page = client.get(path)
        title = re.search(r"<title>(.*?)</title>", page.text, re.DOTALL).group(1)
        assert "Pricken" not in title
        assert TEXT not in title


def test_a_malformed_id_is_not_found(served: Served) -> None:
    client = served.client("school")

    assert client.post("/arenden/x/atgarder/y/klar").status_code == 404
    assert client.get("/arenden/x/atgarder/y/andra").status_code == 404


def test_due_today_is_not_late(served: Served) -> None:
    prepared(served, in_=0)

    said = words(served.client("school").get("/atgarder"))

    assert "i dag" in said
    assert "Försenat" not in said
    assert timedelta(days=1)
