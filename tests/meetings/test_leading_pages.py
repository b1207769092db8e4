"""The leader's page, press by press; without JavaScript unless a test says otherwise."""

from uuid import uuid4

from sqlalchemy import func, select

from sspf.cases.models import State
from sspf.meetings import queries
from sspf.meetings.models import Decision
from sspf.plans.models import Action, Status
from tests.meetings import make
from tests.meetings.served import Town, htmx, tomorrow
from tests.pages import words

TEXT = "Ringa hem varje fredag"


def test_the_leader_is_told_who_is_to_go_out(town: Town) -> None:
    schools, polices = town.case("school"), town.case("police")
    meeting_id = town.meeting(schools, polices, begun=True)
    leader = town.served.client("coordinator")
    police = town.attendance_id(meeting_id, "police")

    expected = words(leader.get(f"/moten/{meeting_id}"))
    leader.post(f"/moten/{meeting_id}/narvaro/{police}", data={"presence": "present"})
    here = words(leader.get(f"/moten/{meeting_id}"))
    next_case = words(leader.get(f"/moten/{meeting_id}?arende={polices}"))

    assert "Inbjudna som inte har samtycke för det här ärendet: Enheten police." in expected
    assert "Enheten police har inte samtycke för det här ärendet" in here
    assert "Be dem gå ut eller ta nästa ärende." in here
    assert "Enheten police har inte samtycke" not in next_case


def test_a_press_answers_htmx_with_the_block_and_a_browser_with_the_page(town: Town) -> None:
    case_id = town.case()
    action_id = town.action(case_id, TEXT)
    meeting_id = town.meeting(case_id, begun=True)
    leader = town.served.client("coordinator")
    press = f"/moten/{meeting_id}/arenden/{case_id}/atgarder/{action_id}"

    done = leader.post(press, data={"press": "klart", "version": "1"}, headers=htmx("meeting_actions"))
    block = leader.get(done.headers["location"], headers=htmx("meeting_actions"))
    undone = leader.post(press, data={"press": "angra", "version": "2"})
    page = leader.get(undone.headers["location"])

    assert block.text.lstrip().startswith('<section id="meeting_actions"')
    assert "Ångra" in words(block)
    assert "<title>" in page.text
    assert "Ångra" not in words(page)
    with town.session() as session:
        assert session.scalars(select(Action.status)).one() is Status.OPEN


def test_an_older_page_does_not_undo_what_somebody_else_pressed(town: Town) -> None:
    case_id = town.case()
    action_id = town.action(case_id, TEXT)
    meeting_id = town.meeting(case_id, begun=True)
    leader = town.served.client("coordinator")
    press = f"/moten/{meeting_id}/arenden/{case_id}/atgarder/{action_id}"
    leader.post(press, data={"press": "flytta", "version": "1", "later": tomorrow(town)})

    late = leader.post(press, data={"press": "ta_bort", "version": "1"})

    assert late.status_code == 409
    with town.session() as session:
        assert session.scalars(select(Action.status)).one() is Status.POSTPONED


def test_after_a_new_action_the_next_key_is_a_command(town: Town) -> None:
    case_id = town.case("school")
    meeting_id = town.meeting(case_id, begun=True)
    leader = town.served.client("coordinator")
    where = f"/moten/{meeting_id}/arenden/{case_id}/atgarder"
    data = {"what": TEXT, "who": str(town.world.id_of("school")), "due": tomorrow(town)}

    added = leader.post(where, data=data, headers=htmx("meeting_actions"))
    block = leader.get(added.headers["location"], headers=htmx("meeting_actions"))

    assert TEXT in words(block)
    (focused,) = [part for part in block.text.split("<") if "data-focus" in part]
    assert focused.startswith("p")
    assert 'id="added"' in focused
    assert TEXT in words(town.served.client("school").get(f"/moten/{meeting_id}"))


def test_a_wrong_action_keeps_what_was_typed_and_says_so_first(town: Town) -> None:
    case_id = town.case("school")
    meeting_id = town.meeting(case_id, begun=True)
    where = f"/moten/{meeting_id}/arenden/{case_id}/atgarder"
    data = {"what": TEXT, "who": str(town.world.id_of("police")), "due": "2001-01-01"}

    for headers in ({}, htmx("meeting_actions")):
        page = town.served.client("coordinator").post(where, data=data, headers=headers)
        assert page.status_code == 422
        said = words(page)
        assert said.index("Dagen har redan varit.") < said.index("Skriv så att familjen kan läsa det högt.")
        assert f'value="{TEXT}"' in page.text
    with town.session() as session:
        assert session.scalar(select(func.count()).select_from(Action)) == 0


def test_somebody_who_is_not_at_the_table_is_not_asked(town: Town) -> None:
    case_id = town.case("school")
    meeting_id = town.meeting(case_id, begun=True)
    data = {"what": TEXT, "who": str(town.world.id_of("police")), "due": tomorrow(town)}

    page = town.served.client("coordinator").post(f"/moten/{meeting_id}/arenden/{case_id}/atgarder", data=data)

    assert page.status_code == 422
    assert words(page).count("Välj någon som är med i ärendet nu.") == 2
    assert f'value="{TEXT}"' in page.text


WRONG_IN_THE_ROOM: list[tuple[str, dict[str, str], str]] = [
    ("/arenden/{case}/beslut", {"decision": ""}, "Skriv vad ni har bestämt."),
    ("/arenden/{case}/beslut", {"decision": "x" * 301}, "Skriv kortare: högst 300 tecken."),
    ("/arenden/{case}/nasta-gang", {"next_date": "snart"}, "Skriv dagen som 2026-11-24."),
    ("/arenden/{case}/nasta-gang", {"next_date": "2001-01-01"}, "Dagen har redan varit."),
    ("/narvaro", {"attendee": "", "attendee_from": ""}, "Skriv vem det är."),
    ("/narvaro", {"attendee": "Vikarie", "attendee_from": str(uuid4())}, "Välj ett av alternativen."),
    ("/avsluta", {"taken_up": str(uuid4())}, "Välj bland mötets ärenden."),
]


def test_every_form_of_the_room_says_what_is_wrong(town: Town) -> None:
    case_id = town.case()
    meeting_id = town.meeting(case_id, begun=True)
    leader = town.served.client("coordinator")

    for path, data, sentence in WRONG_IN_THE_ROOM:
        page = leader.post(f"/moten/{meeting_id}" + path.format(case=case_id), data=data)

        assert page.status_code == 422, path
        assert words(page).count(sentence) == 2, sentence


def test_a_block_of_one_case_is_never_put_into_the_page_of_another(town: Town) -> None:
    current, peeked = town.case(), town.case()
    action_id = town.action(peeked, TEXT)
    meeting_id = town.meeting(current, peeked, begun=True)
    leader = town.served.client("coordinator")
    press = f"/moten/{meeting_id}/arenden/{peeked}/atgarder/{action_id}"
    done = leader.post(press, data={"press": "klart", "version": "1"}, headers=htmx("meeting_actions"))

    with town.session() as session:
        make.take_back(session, town.world, town.case_in(session, peeked))
    followed = leader.get(done.headers["location"], headers=htmx("meeting_actions"))
    again = leader.post(press, data={"press": "angra", "version": "2"}, headers=htmx("meeting_actions"))

    assert followed.text == ""
    assert followed.headers["HX-Redirect"].startswith(f"/moten/{meeting_id}")
    assert again.status_code == 403
    assert "Inget samtycke gäller just nu." in words(again)


def test_a_decision_is_read_by_those_who_take_part_and_corrected_without_a_trace_for_them(town: Town) -> None:
    case_id = town.case("school")
    meeting_id = town.meeting(case_id, begun=True)
    leader, school = town.served.client("coordinator"), town.served.client("school")
    leader.post(f"/moten/{meeting_id}/arenden/{case_id}/beslut", data={"decision": "Vi ses varje onsdag."})
    with town.session() as session:
        decision_id = session.scalars(select(Decision.id)).one()
    where = f"/moten/{meeting_id}/beslut/{decision_id}"

    form = leader.get(where)
    before = words(school.get(f"/moten/{meeting_id}"))
    corrected = leader.post(where, data={"decision": "Vi ses varje torsdag."})
    after = words(school.get(f"/moten/{meeting_id}"))
    late = leader.post(where, data={"decision": "Vi ses varje fredag."})

    assert "Vi ses varje onsdag." in form.text
    assert "Vi ses varje onsdag." in before
    assert corrected.status_code == 303
    assert "Vi ses varje torsdag." in after
    assert "onsdag" not in after
    assert late.status_code == 409
    assert "Vi ses varje torsdag." in words(late)
    assert "Vi ses varje fredag." in words(late)
    assert school.get(where).status_code == 403


def test_from_the_first_press_to_the_notes(town: Town) -> None:
    first, second, third = town.case("school"), town.case("school"), town.case("school")
    meeting_id = town.meeting(first, second, third)
    leader = town.served.client("coordinator")
    where = f"/moten/{meeting_id}"

    untold = leader.post(f"{where}/borja")
    leader.post(f"{where}/borja", data={"recording_off": "on"})
    leader.post(f"{where}/narvaro/{town.attendance_id(meeting_id, 'school')}", data={"presence": "present"})
    leader.post(f"{where}/arenden/{first}/beslut", data={"decision": "Vi ses varje måndag."})
    with town.session() as session:
        decision_id = session.scalars(select(Decision.id)).one()
    leader.post(f"{where}/beslut/{decision_id}", data={"decision": "Vi ses varje onsdag."})
    leader.post(f"{where}/arenden/{first}/nasta-gang", data={"next_date": tomorrow(town)})
    data = {"what": TEXT, "who": "family", "due": tomorrow(town)}
    leader.post(f"{where}/arenden/{first}/atgarder", data=data)
    leader.post(f"{where}/arenden/{second}/ta-upp")
    review = leader.get(f"{where}/avsluta")
    ended = leader.post(f"{where}/avsluta", data={"taken_up": [str(first), str(second)]})
    notes = words(leader.get(where))

    assert untold.status_code == 422
    assert "Stäng av inspelning, transkribering och Copilot" in words(untold)
    assert ended.headers["location"].startswith(f"{where}/anteckningar")
    assert [f'value="{case_id}" checked' in review.text for case_id in (first, second, third)] == [True, True, False]
    assert "1 åtagande, 1 beslut, nästa gång" in words(review)
    assert TEXT not in words(review)
    assert "Mötesanteckningar" in notes
    assert "Kurator Rönn, Enheten school" in notes
    assert "Vi ses varje onsdag." in notes
    assert "Togs inte upp" in notes
    assert "protokoll" not in notes.lower()
    with town.session() as session:
        assert queries.has_been_held(session, second)
        assert not queries.has_been_held(session, third)


def test_a_held_meeting_lets_the_case_go_on_to_follow_up(town: Town) -> None:
    case_id = town.case("school")
    leader = town.served.client("coordinator")

    def step(version: int) -> int:
        return leader.post(f"/arenden/{case_id}/lage", data={"to": "follow_up", "version": str(version)}).status_code

    with town.session() as session:
        version = town.case_in(session, case_id).version
    before = step(version)
    with town.session() as session:
        make.held(session, town.world, town.case_in(session, case_id))
    after = step(version)

    assert (before, after) == (403, 303)
    with town.session() as session:
        assert town.case_in(session, case_id).state is State.FOLLOW_UP
