"""The pages as each of the cast meets them; without JavaScript unless a test says otherwise."""

from datetime import timedelta
from uuid import uuid4

from sqlalchemy import func, select

from auth.models import UserSession
from sspf.cases.models import State
from sspf.db import clock
from sspf.meetings import queries
from sspf.meetings.models import Attendance, Decision, Meeting, MeetingState, Presence
from sspf.plans.models import Action, Status
from tests.meetings import make
from tests.meetings.served import Town, counted, htmx, words
from tests.world import CALLED

ELSEWHERE = "Annat kan finnas eller inte finnas. Det framgår inte här."
TEXT = "Ringa hem varje fredag"


def tomorrow(town: Town) -> str:
    with town.session() as session:
        return str(clock.today(session) + timedelta(days=1))


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
    ({"day": "2046-01-01"}, "Dagen är mer än två år bort. Kontrollera året."),
    ({"at": "nio"}, "Skriv klockslaget som 09:00."),
    ({"at": "25:00"}, "Skriv klockslaget som 09:00."),
    ({"place": ""}, "Skriv var mötet är, eller klistra in länken."),
    ({"place": "x" * 201}, "Skriv kortare: högst 200 tecken."),
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


COMES = [
    ("coordinator", 200, 200, 200),
    ("school", 200, 200, 403),
    ("leisure", 200, 404, 403),
    ("outsider", 200, 404, 403),
    ("auditor", 403, 404, 403),
    ("administrator", 403, 404, 403),
]


def test_who_comes_to_which_page(town: Town) -> None:
    meeting_id = town.meeting(town.case("school"))

    for name, *expected in COMES:
        browser = town.served.client(name)
        answers = [browser.get(path).status_code for path in ("/moten", f"/moten/{meeting_id}", "/moten/nytt")]

        assert answers == expected, name


LEADING: list[tuple[str, dict[str, object]]] = [
    ("/borja", {}),
    ("/stall-in", {}),
    ("/andra", {"day": "2026-12-01", "at": "09:00", "place": "Annanstans", "cases": [], "version": "1"}),
    ("/avsluta", {"taken_up": []}),
    ("/narvaro", {"attendee": "Någon", "attendee_from": ""}),
    ("/narvaro/{attendance}", {"presence": "present"}),
    ("/arenden/{case}/ta-upp", {}),
    ("/arenden/{case}/atgarder", {"what": "Något", "who": "family", "due": "2026-12-01"}),
    ("/arenden/{case}/atgarder/{action}", {"press": "klart", "version": "1"}),
    ("/arenden/{case}/beslut", {"decision": "Något"}),
    ("/arenden/{case}/nasta-gang", {"next_date": "2026-12-01"}),
]


def test_a_contact_leads_nothing_and_an_outsider_finds_nothing(town: Town) -> None:
    case_id = town.case("school")
    action_id = town.action(case_id, TEXT)
    meeting_id = town.meeting(case_id, begun=True)
    attendance_id = town.attendance_id(meeting_id, "school")

    for path, data in LEADING:
        where = f"/moten/{meeting_id}" + path.format(case=case_id, action=action_id, attendance=attendance_id)
        assert town.served.client("school").post(where, data=data).status_code == 403, path
        assert town.served.client("outsider").post(where, data=data).status_code == 404, path
    with town.session() as session:
        assert session.scalars(select(Action.status)).one() is Status.OPEN
        assert session.scalar(select(func.count()).select_from(Decision)) == 0
        assert session.scalars(select(Attendance.presence)).all() == [Presence.INVITED]
        assert town.meeting_in(session, meeting_id).state is MeetingState.ONGOING


def test_a_contacts_page_holds_its_own_case_and_nothing_of_the_rest(town: Town) -> None:
    own, other = town.case("school"), town.case("police")
    town.action(own, TEXT)
    meeting_id = town.meeting(own, other, begun=True)

    page = town.served.client("school").get(f"/moten/{meeting_id}")

    said = words(page)
    assert town.alias(own) in said
    assert TEXT in said
    assert town.alias(other) not in said
    for hidden in ("Kommunpolis Alm", "Enheten police", "av 2", CALLED):
        assert hidden not in said
    assert ELSEWHERE in said
    assert "<form" not in page.text.split("<main")[1]


def test_a_withdrawn_case_is_off_a_contacts_page_at_the_next_request(town: Town) -> None:
    staying, leaving = town.case(), town.case()
    meeting_id = town.meeting(staying, leaving)
    browser = town.served.client("police")
    before = words(browser.get(f"/moten/{meeting_id}"))

    with town.session() as session:
        make.take_back(session, town.world, town.case_in(session, leaving))
    after = words(browser.get(f"/moten/{meeting_id}"))

    assert town.alias(leaving) in before
    assert town.alias(leaving) not in after
    assert town.alias(staying) in after
    assert town.alias(leaving) not in words(browser.get("/moten"))


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
    leader.post(press, data={"press": "klart", "version": "1"})

    late = leader.post(press, data={"press": "flytta", "version": "1", "later": tomorrow(town)})

    assert late.status_code == 409
    with town.session() as session:
        assert session.scalars(select(Action.status)).one() is Status.DONE


def test_a_new_action_leaves_the_keyboard_in_vad(town: Town) -> None:
    case_id = town.case("school")
    meeting_id = town.meeting(case_id, begun=True)
    leader = town.served.client("coordinator")
    where = f"/moten/{meeting_id}/arenden/{case_id}/atgarder"
    data = {"what": TEXT, "who": str(town.world.id_of("school")), "due": tomorrow(town)}

    added = leader.post(where, data=data, headers=htmx("meeting_actions"))
    block = leader.get(added.headers["location"], headers=htmx("meeting_actions"))

    assert TEXT in words(block)
    (focused,) = [part for part in block.text.split("<") if "data-focus" in part]
    assert focused.startswith("input")
    assert 'name="what"' in focused
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
    assert "Välj någon som är med i ärendet nu." in words(page)


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


def test_from_the_first_press_to_the_notes(town: Town) -> None:
    first, second, third = town.case("school"), town.case("school"), town.case("school")
    meeting_id = town.meeting(first, second, third)
    leader = town.served.client("coordinator")
    where = f"/moten/{meeting_id}"

    leader.post(f"{where}/borja")
    leader.post(f"{where}/narvaro/{town.attendance_id(meeting_id, 'school')}", data={"presence": "present"})
    leader.post(f"{where}/arenden/{first}/beslut", data={"decision": "Vi ses varje onsdag."})
    leader.post(f"{where}/arenden/{first}/nasta-gang", data={"next_date": tomorrow(town)})
    data = {"what": TEXT, "who": "family", "due": tomorrow(town)}
    leader.post(f"{where}/arenden/{first}/atgarder", data=data)
    leader.post(f"{where}/arenden/{second}/ta-upp")
    review = leader.get(f"{where}/avsluta")
    ended = leader.post(f"{where}/avsluta", data={"taken_up": [str(first), str(second)]})
    notes = words(leader.get(ended.headers["location"]))

    assert [f'value="{case_id}" checked' in review.text for case_id in (first, second, third)] == [True, True, False]
    assert "1 nytt åtagande, 1 beslut, nästa gång" in words(review)
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


def test_at_a_meeting_that_goes_on_a_session_may_rest_for_an_hour(town: Town) -> None:
    case_id = town.case("school")
    planned, ongoing = town.meeting(case_id), town.meeting(case_id, begun=True)

    def in_meeting(name: str) -> bool:
        user_id = town.world.people[name].user_id
        with town.session() as session:
            return any(session.scalars(select(UserSession.in_meeting_at).where(UserSession.user_id == user_id)))

    for name in ("coordinator", "school"):
        town.served.client(name).get(f"/moten/{planned}")
        before = in_meeting(name)
        town.served.client(name).get(f"/moten/{ongoing}")
        assert (before, in_meeting(name)) == (False, True)


def test_ids_that_are_nothing_are_404(town: Town) -> None:
    leader = town.served.client("coordinator")
    meeting_id = town.meeting(town.case(), begun=True)

    for path in ("", "/andra", "/avsluta", f"/beslut/{uuid4()}"):
        for id_ in (uuid4(), "nej", "1"):
            assert leader.get(f"/moten/{id_}{path}").status_code == 404
    for path in (f"/beslut/{uuid4()}", f"/arenden/{uuid4()}/ta-upp", f"/narvaro/{uuid4()}"):
        data = {"presence": "present", "decision": "Något"}
        assert leader.post(f"/moten/{meeting_id}{path}", data=data).status_code == 404


def test_no_page_asks_the_database_more_the_more_it_shows(town: Town) -> None:
    few, many = [town.case()], [town.case() for _ in range(4)]
    for case_id in [*few, *many, *many]:
        town.action(case_id, TEXT)
    counts: dict[str, list[int]] = {}

    for about in (few, many):
        with town.session() as session:
            over = make.held(session, town.world, *[town.case_in(session, case_id) for case_id in about]).id
        planned, ongoing = town.meeting(*about), town.meeting(*about, begun=True)
        for name, path in (
            ("coordinator", "/moten"),
            ("school", "/moten"),
            ("coordinator", "/moten/nytt"),
            ("coordinator", f"/moten/{planned}"),
            ("coordinator", f"/moten/{planned}?arende={about[0]}"),
            ("coordinator", f"/moten/{planned}/andra"),
            ("coordinator", f"/moten/{ongoing}"),
            ("school", f"/moten/{ongoing}"),
            ("coordinator", f"/moten/{ongoing}/avsluta"),
            ("coordinator", f"/moten/{over}"),
            ("school", f"/moten/{over}"),
        ):
            browser = town.served.client(name)
            assert browser.get(path).status_code == 200
            with counted(town) as sent:
                browser.get(path)
            what = path.replace(str(planned), "planned").replace(str(ongoing), "ongoing").replace(str(over), "over")
            counts.setdefault(f"{name} {what.replace(str(about[0]), 'case')}", []).append(len(sent))

    for page, (of_one, of_four) in counts.items():
        assert of_four <= of_one, (page, counts)
        assert of_four <= 20, (page, counts)
