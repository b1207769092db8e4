"""What people see when a case is closed, opened again or protected, and when somebody takes part without an account."""

import re
from html import unescape
from urllib.parse import urlsplit

from sspf.cases import queries as cases
from sspf.cases.models import Case, State
from sspf.db import clock
from tests.casefile.make import GOAL, HANDOVER, NOTE, OUTCOME, a_full_case
from tests.conftest import Served
from tests.pages import hidden_fields, save
from tests.world import CALLED, CONTACTS, OF_AGE, YOUTH_9

BANNER = re.compile(r'<div class="protected" role="region"')


def a_served_case(served: Served) -> Case:
    with served.sessions.begin() as session:
        return a_full_case(session, served.world)


def shown(served: Served, name: str, path: str) -> str:
    answer = served.client(name).get(path)
    assert answer.status_code == 200, path
    return unescape(answer.text)


def close_it(served: Served, case: Case, **more: str) -> None:
    said = {"version": str(case.version), "reason": "goals_reached", "outcome": OUTCOME, **more}
    checked = served.client("coordinator").post(f"/arenden/{case.id}/avsluta/granska", data=said)
    assert checked.status_code == 200
    assert served.client("coordinator").get(f"/arenden/{case.id}").text.count("Avslutat") == 0
    answer = served.client("coordinator").post(f"/arenden/{case.id}/avsluta", data=said | {"step": "save"})
    assert answer.status_code == 303


def test_those_who_took_part_see_what_became_of_it_and_nothing_more(served: Served) -> None:
    case = a_served_case(served)
    school = str(served.world.id_of("school"))

    close_it(served, case, handover=HANDOVER, takes_over=school)

    page = shown(served, "school", f"/arenden/{case.id}")
    assert {GOAL, OUTCOME, HANDOVER, "Provåtagande för school"} <= {
        words for words in (GOAL, OUTCOME, HANDOVER, "Provåtagande för school") if words in page
    }
    for hidden in (CALLED, NOTE, "Provrösten", "Provåtagande för police", "Provåtagande för familjen"):
        assert hidden not in page
    police = shown(served, "police", f"/arenden/{case.id}")
    assert "Provåtagande för police" in police
    for hidden in (OUTCOME, HANDOVER, NOTE, "Provåtagande för school"):
        assert hidden not in police


def test_coordination_sees_why_and_how_long_it_is_kept_only_when_it_is_closed(served: Served) -> None:
    case = a_served_case(served)
    assert "gallras" not in shown(served, "coordinator", f"/arenden/{case.id}")

    close_it(served, case)

    page = shown(served, "coordinator", f"/arenden/{case.id}")
    assert "Målen är nådda" in page
    assert OUTCOME in page
    with served.sessions.begin() as session:
        year = clock.today(session).year
    assert re.search(rf"Får gallras tidigast [^<]*{year + 5}", page)
    assert "Kommunens jurist avgör" in page


def test_opened_again_it_is_there_for_coordination_alone(served: Served) -> None:
    case = a_served_case(served)
    close_it(served, case)
    with served.sessions.begin() as session:
        version = cases.get_case(session, served.world.coordinator, case.id).version

    stale = served.client("coordinator").post(f"/arenden/{case.id}/oppna-igen", data={"version": str(version - 1)})
    answer = served.client("coordinator").post(f"/arenden/{case.id}/oppna-igen", data={"version": str(version)})

    assert (stale.status_code, answer.status_code) == (409, 303)
    assert "gallras" not in shown(served, "coordinator", f"/arenden/{case.id}")
    assert "Slutade när ärendet avslutades" in shown(served, "coordinator", f"/arenden/{case.id}/samtycke")
    for name in CONTACTS:
        assert served.client(name).get(f"/arenden/{case.id}").status_code == 404


def test_somebody_else_has_changed_the_case_meanwhile(served: Served) -> None:
    case = a_served_case(served)
    said = {"version": str(case.version + 1), "reason": "other", "outcome": OUTCOME, "handover": HANDOVER}

    for path in ("avsluta", "avsluta/granska"):
        page = served.client("coordinator").post(f"/arenden/{case.id}/{path}", data=said)
        assert page.status_code == 409
        assert OUTCOME in page.text, "what was typed is still there"
        assert f'name="version" value="{case.version}"' in page.text
    close_it(served, case)
    late = served.client("coordinator").post(f"/arenden/{case.id}/avsluta", data=said | {"version": str(case.version)})
    assert late.status_code == 409
    assert "Någon annan har avslutat ärendet" in late.text
    assert OUTCOME in late.text
    assert HANDOVER in late.text


def test_of_two_who_write_what_the_youth_says_the_last_sees_both(served: Served) -> None:
    case = a_served_case(served)
    client, path = served.client("coordinator"), f"/arenden/{case.id}/utsagor"
    begun = hidden_fields(client.get(path), path)

    first = save(client, path, {"child_voice": "Jag vill åka skridskor."})
    beaten = client.post(path, data=begun | {"child_voice": "Jag vill spela fotboll."})
    again = client.post(path, data=hidden_fields(beaten, path) | {"child_voice": "Jag vill spela fotboll."})

    assert (first.status_code, beaten.status_code, again.status_code) == (303, 409, 303)
    assert "Jag vill åka skridskor." in beaten.text
    assert beaten.text.count("Jag vill spela fotboll.") == 2, "beside the other, and in its field"


def test_nothing_typed_is_lost_on_the_way_to_closing(served: Served) -> None:
    case = a_served_case(served)
    said = {"version": str(case.version), "reason": "moved", "outcome": OUTCOME, "handover": HANDOVER}

    forgot = served.client("coordinator").post(f"/arenden/{case.id}/avsluta/granska", data=said)
    again = served.client("coordinator").post(f"/arenden/{case.id}/avsluta/granska", data=said | {"step": "edit"})

    assert (forgot.status_code, again.status_code) == (422, 200)
    assert "Välj vem överlämningen är till" in forgot.text
    for answer in (forgot, again):
        assert OUTCOME in answer.text
        assert HANDOVER in answer.text


def test_a_guest_is_named_on_coordinations_pages_alone(served: Served) -> None:
    case = a_served_case(served)
    said = {"organisation": str(served.world.id_of("leisure")), "name": "Gullviva Prov"}

    assert (
        served.client("coordinator").post(f"/arenden/{case.id}/deltagare/utan-inloggning", data=said).status_code == 303
    )

    for path in ("", "/deltagare"):
        assert "Gullviva Prov" in shown(served, "coordinator", f"/arenden/{case.id}{path}")
    assert "Gullviva Prov" not in shown(served, "leisure", f"/arenden/{case.id}")


def test_a_usual_case_has_no_banner(served: Served) -> None:
    case = a_served_case(served)

    for name in ("coordinator", "school"):
        assert not BANNER.search(shown(served, name, f"/arenden/{case.id}"))


def test_a_marking_is_made_on_the_page_and_cannot_be_taken_off_there(served: Served) -> None:
    case = a_served_case(served)
    path = f"/arenden/{case.id}/skydd"
    said = {"person": str(case.youth_id), "level": "protected_registration"}

    assert served.client("coordinator").post(path, data=said).status_code == 303
    for level in ("none", "marked", "protected_registration"):
        assert served.client("coordinator").post(path, data=said | {"level": level}).status_code == 422

    assert CALLED not in shown(served, "school", f"/arenden/{case.id}")
    assert case.state is State.MEETING


def test_a_protected_identity_is_said_when_the_case_is_opened(served: Served) -> None:
    page = shown(served, "coordinator", "/arenden/nytt")
    assert page.count("Sekretessmarkering") == 3
    said = {"called_name": "Prov", "full_name": "Prov Provsson", "number": YOUTH_9, "protection": "marked"}
    guardian = {"guardian_1_called_name": "Vuxen", "guardian_1_full_name": "Vuxen Prov"}

    answer = served.client("coordinator").post("/arenden", data=said | guardian)

    assert answer.status_code == 303
    opened = shown(served, "coordinator", answer.headers["Location"])
    assert BANNER.search(opened)
    assert "Provsson" not in opened
    assert "<strong>Prov</strong>" not in opened


def test_who_is_of_age_has_a_case_without_a_guardian_and_nobody_younger_has(served: Served) -> None:
    coordinator, said = served.client("coordinator"), {"called_name": "Prov", "full_name": "Prov Provsson"}

    younger = coordinator.post("/arenden", data=said | {"number": YOUTH_9})
    begun = coordinator.post("/arenden", data=said | {"number": OF_AGE, "guardian_1_contact": "070"})
    older = coordinator.post("/arenden", data=said | {"number": OF_AGE})

    assert (younger.status_code, begun.status_code, older.status_code) == (422, 422, 303)
    for refused in (younger, begun):
        assert "Skriv vad vårdnadshavaren kallas." in refused.text
        assert "Provsson" in refused.text
    opened = urlsplit(older.headers["Location"]).path
    consents = shown(served, "coordinator", f"{opened}/samtycke")
    assert "Bara den unge själv bestämmer." in consents
