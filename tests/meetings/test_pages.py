"""Who comes to which page, and what it costs; without JavaScript."""

import re
from uuid import uuid4

from sqlalchemy import func, select

from auth.models import UserSession
from sspf.meetings.models import Attendance, Decision, MeetingState, Presence
from sspf.plans.models import Action, Status
from tests.meetings import make
from tests.meetings.served import Town
from tests.pages import words
from tests.world import CALLED

ELSEWHERE = "Annat kan finnas eller inte finnas. Det framgår inte här."
TEXT = "Ringa hem varje fredag"


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
    ("/avsluta", {"taken_up": [str(uuid4())]}),
    ("/narvaro", {"attendee": "Någon", "attendee_from": ""}),
    ("/narvaro/{attendance}", {"presence": "present"}),
    ("/kommer-inte", {}),
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
    forms = re.findall(r"<form[^>]*", page.text)
    assert {re.search(r'action="([^"]*)"', form)[1] for form in forms} == {"/sprak", "/fortsatt", "/logga-ut"}, (
        "the frame's own alone"
    )


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
            with town.counted() as sent:
                browser.get(path)
            what = path.replace(str(planned), "planned").replace(str(ongoing), "ongoing").replace(str(over), "over")
            counts.setdefault(f"{name} {what.replace(str(about[0]), 'case')}", []).append(len(sent))

    for page, (of_one, of_four) in counts.items():
        assert of_four <= of_one, (page, counts)
        assert of_four <= 20, (page, counts)
