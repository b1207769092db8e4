import itertools
from uuid import uuid4
import pytest
from sqlalchemy.orm import Session
from sspf.cases import queries as cases
from sspf.cases.models import State
from sspf.cases.service import change_state
from sspf.cases.states import Readiness
from sspf.meetings.deciding import remove_decision, write_decision
from sspf.vault.ending import live_disclosures
from tests.app.house import House
from tests.meetings.make import a_case_to_meet_about, a_meeting, agenda, entry
from tests.world import World, a_case, agree


def test_decline(session: Session, world: World):
    case = a_case(session, world)
    agree(session, world, case)
    case = cases.get_case(session, world.coordinator, case.id)
    change_state(session, world.coordinator, case, to=State.DECLINED, readiness=Readiness(False, False))
    session.flush()
    assert cases.list_cases_by_id(session, world.school, {case.id}) == []


def test_removed(session, world):
    case = a_case_to_meet_about(session, world, present=("school",))
    meeting = a_meeting(session, world, case, begun=True)
    d = write_decision(session, world.coordinator, meeting, entry(session, world, meeting, case).case, statement="X")
    session.flush()
    remove_decision(session, world.coordinator, meeting, case, d)
    session.flush()
    agree(session, world, case, present=("school", "police"))
    session.flush()
    assert live_disclosures(session, envelope_ids=[d.envelope_id]) == []

ODD = ["", "\x00", "å\u0308😀", "x" * 70000, "0001-01-01", "9999-12-31", "99999999999999999999", "-1", "1e5", "2026-02-30", "٣", "'", "<script>", "a\r\nb", "\ud7ff\ufffe", str(uuid4()), "00:00", "23:59:59.999999", "24:00", "true", "on", "{}", "[]"]

def test_fuzz_queries(house: House):
    bad = []
    for who, path, names in [
        ("auditor", "/logg", ["since", "until", "user", "organisation", "case", "event", "refusals", "before", "log"]),
        ("auditor", "/logg/1", ["log"]),
        ("coordinator", "/arenden", ["lage", "fore", "klart"]),
        ("coordinator", "/moten", ["fore", "klart"]),
        ("coordinator", "/moten/nytt", ["arende"]),
        ("coordinator", "/atgarder", ["visa", "efter", "nyss"]),
        ("coordinator", f"/moten/{house.ids['ongoing']}", ["arende", "klart", "nyss"]),
        ("coordinator", f"/arenden/{house.case.id}", ["klart", "nyss"]),
        ("coordinator", f"/arenden/{house.case.id}/samtycke/nytt", ["person"]),
        ("coordinator", f"/arenden/{house.case.id}/atgarder/{house.ids['action_id']}/andra", ["back", "meeting", "after"]),
        ("nobody", "/logga-in", ["till", "klart"]),
        ("nobody", "/logga-in/uppdrag", ["till"]),
    ]:
        for name in names:
            for value in ODD[:3] + ["x" * 3000] + ODD[4:]:
                try:
                    a = house.ask(who, "GET", path, params={name: value.encode("utf-8", "surrogatepass")})
                except UnicodeEncodeError:
                    continue
                if a.status >= 500:
                    bad.append((who, path, name, value[:30], a.status))
    print(bad)
    assert not bad

def forms(house):
    c = house.case.id
    return [
        ("coordinator", "/arenden", dict(called_name="A", full_name="B", number="201704122397", contact="c", guardian_1_called_name="G", guardian_1_full_name="H", guardian_1_number="", guardian_1_contact="", guardian_2_called_name="", guardian_2_full_name="", guardian_2_number="", guardian_2_contact="")),
        ("coordinator", f"/arenden/{c}/lage", dict(to="follow_up", version="1")),
        ("coordinator", f"/arenden/{c}/utsagor", dict(child_voice="a", best_interest="b")),
        ("coordinator", f"/arenden/{c}/deltagare", dict(member=str(uuid4()))),
        ("coordinator", f"/arenden/{c}/deltagare/ta-bort", dict(user=str(uuid4()))),
        ("coordinator", f"/arenden/{c}/avsluta", dict(version="1", step="close")),
        *[("coordinator", f"/arenden/{c}/samtycke{x}", dict(person=str(house.guardian), instead_of=str(house.consent), given_on="2026-01-01", valid_to="2026-12-31", form_version="1", language="sv", with_interpreter="on", wants="yes", fill="")) for x in ("", "/granska", "/blankett")],
        ("coordinator", f"/arenden/{c}/samtycke/{house.consent}/aterkalla", dict(scope="some", seats=str(uuid4()), rows="x")),
        ("school", f"/arenden/{c}/aterkallelse", dict(role="guardian", step="check")),
        *[("school", f"/arenden/{c}/anteckningar{x}", dict(recipients=str(house.world.id_of("police")), kind="attendance", about="youth", basis="own_observation", source="", observed_on="2026-01-01", statement="hej", step="check")) for x in ("", "/granska", f"/{house.ids['note_id']}/ratta", f"/{house.ids['note_id']}/ratta/granska")],
        ("school", f"/arenden/{c}/atgarder", dict(what="a", who=str(house.world.id_of("school")), due_on="2026-12-31", back="mina", meeting="", after="")),
        ("school", f"/arenden/{c}/atgarder/{house.ids['action_id']}/andra", dict(what="a", who=str(house.world.id_of("school")), due_on="2026-12-31", back="mina", meeting="", after="", version="1")),
        *[("school", f"/arenden/{c}/atgarder/{house.ids['action_id']}/{x}", dict(back="mina", meeting="", after="", **({"due_on": "2026-12-31"} if x == "flytta" else {}))) for x in ("klar", "angra", "flytta", "ta-bort")],
        ("coordinator", "/moten/nytt", dict(day="2026-12-31", at="09:00", place="x", cases=str(c), version="0")),
        ("coordinator", f"/moten/{house.ids['planned']}/andra", dict(day="2026-12-31", at="09:00", place="x", cases=str(c), version="1")),
        ("coordinator", f"/moten/{house.ids['ongoing']}/narvaro", dict(attendee="x", attendee_from=str(house.world.id_of("school")), shown="")),
        ("coordinator", f"/moten/{house.ids['ongoing']}/narvaro/{house.ids['attendance_id']}", dict(presence="present", shown="")),
        ("coordinator", f"/moten/{house.ids['ongoing']}/avsluta", dict(taken_up=str(c))),
        ("coordinator", f"/moten/{house.ids['ongoing']}/arenden/{c}/atgarder", dict(what="x", who="family", due="2026-12-31")),
        ("coordinator", f"/moten/{house.ids['ongoing']}/arenden/{c}/atgarder/{house.ids['action_id']}", dict(press="flytta", version="1", later="2026-12-31")),
        ("coordinator", f"/moten/{house.ids['ongoing']}/arenden/{c}/beslut", dict(decision="x")),
        ("coordinator", f"/moten/{house.ids['ongoing']}/beslut/{house.ids['decision_id']}", dict(decision="x")),
        ("coordinator", f"/moten/{house.ids['ongoing']}/arenden/{c}/nasta-gang", dict(next_date="2026-12-31", next_was="")),
        ("auditor", "/logg/verifiera", dict(log="municipality")),
        ("nobody", "/logga-in", dict(email="a@b.se", password="x", code="1", back_to="/")),
        ("nobody", "/valkommen", dict(code="x")),
        ("nobody", "/valkommen/losenord", dict(password="x", repeated="x")),
        ("nobody", "/logga-in/uppdrag", dict(assignment=str(uuid4()), back_to="/")),
    ]

def test_fuzz_forms(house: House):
    bad = []
    for who, path, good in forms(house):
        a = house.ask(who, "POST", path, data=good)
        print(a.status, who, path)
        if a.status >= 500: bad.append((path, "good", a.status))
        for name in good:
            if name in ("password",) and path == "/logga-in": continue
            for value in ODD:
                v = value.encode("utf-8", "surrogatepass")
                a = house.ask(who, "POST", path, data={**good, name: v})
                if a.status >= 500:
                    bad.append((who, path, name, value[:30], a.status))
            a = house.ask(who, "POST", path, data={**good, name: ["a", "b"]})
            if a.status >= 500:
                bad.append((who, path, name, "dup", a.status))
        a = house.ask(who, "POST", path, data={**good, "extra[0]": "x", "rows[x:y:z]": "yes", "rows[a]": "yes", "organisations[å]": "yes"})
        if a.status >= 500: bad.append((path, "extra", a.status))
    print(bad)
    assert not bad
