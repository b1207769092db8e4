"""Word of mouth: the coordinator marks the action, and who said so is coordination's to know."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from audit.log import collected_events
from auth.decisions import NotPermitted
from sspf.cases.seating import add_guest
from sspf.db import clock
from sspf.errors import Conflict, ValidationFailed
from sspf.organisations import queries as organisations
from sspf.plans import queries, service
from sspf.plans.models import Action, ActionReport, Change, Status
from sspf.plans.queries import Step
from sspf.plans.reporting import Said, report_done, report_moved
from sspf.plans.responsible import FAMILY, Responsible
from sspf.vault.disclosed import live_disclosures
from tests.plans.house import House, words
from tests.plans.make import TEXT, an_agreed_case, fresh, in_days, promise
from tests.world import World, agree, reading_of

TELLER = "Beskedsgivare Bengtsson"


def said(session: Session, world: World, of: str = "leisure", *, on: date | None = None, teller: str = TELLER) -> Said:
    source = FAMILY if of == "family" else Responsible(world.id_of(of))
    return Said(source, teller, on or clock.today(session))


def newest(session: Session, world: World, name: str, case, action: Action) -> Step:
    actor = world.people[name]
    names = organisations.names(session, world.municipality.id)
    return queries.history_of(session, reading_of(session, actor, case), actor, action, names)[0]


@pytest.mark.parametrize("of", ["leisure", "family"])
def test_it_is_done_and_the_history_says_who_said_so(session: Session, world: World, of: str) -> None:
    case = an_agreed_case(session, world)
    action = promise(session, world, case, of=of)

    report_done(session, world.coordinator, case, action, said(session, world, of))
    session.flush()

    assert action.status is Status.DONE
    for name in ("coordinator", "school"):
        step = newest(session, world, name, case, action)
        assert (step.change, step.told_on) == (Change.DONE, clock.today(session))
        assert step.told_by == ("Enheten leisure" if of == "leisure" else "")
        assert step.teller == (TELLER if name == "coordinator" else "")


def test_who_said_so_is_never_shared_also_not_when_consents_are_given_anew(session: Session, world: World) -> None:
    case = an_agreed_case(session, world)
    action = promise(session, world, case, of="leisure")
    report_done(session, world.coordinator, case, action, said(session, world))
    session.flush()

    agree(session, world, case)

    (report,) = session.scalars(select(ActionReport))
    assert live_disclosures(session, envelope_ids=[report.envelope_id]) == []
    assert TELLER.split()[1] not in repr(collected_events(session))


def test_it_is_moved_and_can_be_taken_back(session: Session, world: World) -> None:
    case = an_agreed_case(session, world)
    action = promise(session, world, case, of="leisure")
    was, day = action.due_on, in_days(session, 20)

    report_moved(session, world.coordinator, case, action, said(session, world), due_on=day)
    session.flush()
    step = newest(session, world, "leisure", case, action)
    service.undo(session, world.coordinator, case, action)
    session.flush()

    assert step.moved == (was, day)
    assert (action.status, action.due_on) == (Status.OPEN, was)


def test_a_contact_writes_nobody_elses_word_down(session: Session, world: World) -> None:
    case = an_agreed_case(session, world)
    action = promise(session, world, case)

    with pytest.raises(NotPermitted):
        report_done(session, world.school, case, action, said(session, world, "school"))


def test_what_cannot_be_is_refused_beside_its_field_and_nothing_is_marked(session: Session, world: World) -> None:
    case = an_agreed_case(session, world)
    action = promise(session, world, case)
    tomorrow = clock.today(session) + timedelta(days=1)

    for wrong, name in (
        (said(session, world, "outsider"), "source"),
        (said(session, world, teller=" "), "teller"),
        (said(session, world, teller="x" * 121), "teller"),
        (said(session, world, on=tomorrow), "said_on"),
    ):
        with pytest.raises(ValidationFailed) as refused:
            report_done(session, world.coordinator, fresh(session, world.coordinator, case), action, wrong)
        assert set(refused.value.errors) == {name}
    assert action.status is Status.OPEN


def test_what_has_been_dropped_is_not_done_by_telephone(session: Session, world: World) -> None:
    case = an_agreed_case(session, world)
    action = promise(session, world, case)
    service.drop(session, world.coordinator, case, action)

    with pytest.raises(Conflict):
        report_done(session, world.coordinator, case, action, said(session, world))


def fields(house: House, **more: str) -> dict[str, str]:
    source = str(house.world.id_of("leisure"))
    return {"became": "done", "source": source, "teller": TELLER, "said_on": str(house.day(-1))} | more


def test_the_page_takes_it_down_and_everyone_sees_where_it_came_from(house: House) -> None:
    case_id, action_id = house.prepared(of="leisure")
    path = f"/arenden/{case_id}/atgarder/{action_id}"

    saved = house.client("coordinator").post(f"{path}/besked", data=fields(house))

    assert saved.headers["location"] == f"{path}?nyss={action_id}"
    assert f"Besked av {TELLER}, Enheten leisure, muntligt" in words(house.client("coordinator").get(path))
    school = words(house.client("school").get(path))
    assert "Besked av Enheten leisure, muntligt" in school
    assert TELLER not in school


@pytest.mark.parametrize(
    ("wrong", "name"),
    [
        ({"became": ""}, "became"),
        ({"became": "moved"}, "new_day"),
        ({"became": "moved", "new_day": "2001-01-01"}, "new_day"),
        ({"new_day": "2106-01-01"}, "new_day"),
        ({"source": "vem som helst"}, "source"),
        ({"teller": ""}, "teller"),
        ({"said_on": "i går"}, "said_on"),
    ],
)
def test_bad_input_is_said_beside_the_field_and_nothing_is_lost(house: House, wrong: dict[str, str], name: str) -> None:
    case_id, action_id = house.prepared(of="leisure")

    page = house.client("coordinator").post(
        f"/arenden/{case_id}/atgarder/{action_id}/besked", data=fields(house) | wrong
    )

    assert page.status_code == 422
    assert f'href="#{name}"' in page.text
    assert TEXT in words(page)
    assert 'class="more section" open' in page.text
    assert house.action(action_id).status is Status.OPEN


def test_those_without_an_account_are_suggested_to_coordination_alone(house: House) -> None:
    case_id, action_id = house.prepared(of="leisure")
    with house.session() as session:
        for name, guest in (("leisure", "Ledaren Gullviva"), ("outsider", "Någon Utanför")):
            case = house.case_in(session, case_id)
            add_guest(
                session,
                house.world.coordinator,
                case,
                organisation_id=house.world.id_of(name),
                name=guest,
                reserved=True,
            )
    path = f"/arenden/{case_id}/atgarder/{action_id}"

    page = house.client("coordinator").get(path).text

    assert '<option value="Ledaren Gullviva">Enheten leisure</option>' in page
    assert 'list="teller-known"' in page
    assert "Någon Utanför" not in page, "who is not at the table says nothing of it"
    assert "Gullviva" not in house.client("leisure").get(path).text


def test_a_report_of_what_somebody_else_has_marked_is_not_lost(house: House) -> None:
    case_id, action_id = house.prepared(of="leisure")
    path, client = f"/arenden/{case_id}/atgarder/{action_id}", house.client("coordinator")
    client.post(f"{path}/klar")

    page = client.post(f"{path}/besked", data=fields(house))

    assert page.status_code == 409
    assert "det är redan klart" in words(page)
    assert f'value="{TELLER}"' in page.text
