"""One goal a case: in the youth's words, for everyone at the table, and never an older wording than the newest."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from audit.log import collected_events
from auth.decisions import NotPermitted
from sspf.cases.models import Case, State
from sspf.consents.service import withdraw
from sspf.errors import Conflict, NotFound, ValidationFailed
from sspf.law.kinds import Kind
from sspf.plans import goals, queries
from sspf.plans.models import Goal
from sspf.vault.disclosed import live_disclosures
from sspf.vault.ending import end_disclosures
from sspf.vault.models import Envelope
from tests.plans.house import House, words
from tests.plans.make import an_agreed_case, fresh
from tests.world import CONTACTS, World, a_case, agree, reading_of

GOAL = "Provmålet: jag vill spela basket igen."
NEWER = "Provmålet: jag vill bli tränare."


def aim(session: Session, world: World, case: Case, wording: str = GOAL, replaces: Goal | None = None) -> Goal:
    goal = goals.write_goal(
        session,
        world.coordinator,
        fresh(session, world.coordinator, case),
        wording=wording,
        replaces=replaces.id if replaces else None,
    )
    session.flush()
    return goal


def seen_by(session: Session, world: World, name: str, case: Case) -> str | None:
    reading = reading_of(session, world.people[name], case)
    found = queries.goal_of(session, reading, [case]).get(case.id)
    return found.text if found else None


def test_everyone_at_the_table_reads_it_and_it_is_coordinations_record(session: Session, world: World) -> None:
    case = an_agreed_case(session, world)

    goal = aim(session, world, case)

    assert {seen_by(session, world, name, case) for name in ("coordinator", *CONTACTS)} == {GOAL}
    envelope = session.get(Envelope, goal.envelope_id)
    assert envelope.owner_id == envelope.source_id == world.id_of("coordinator")
    assert envelope.kind == Kind.ACTIONS


def test_a_new_wording_takes_its_place_and_the_old_is_told_to_nobody(session: Session, world: World) -> None:
    case = an_agreed_case(session, world)
    old = aim(session, world, case)

    aim(session, world, case, NEWER, replaces=old)

    assert {seen_by(session, world, name, case) for name in ("coordinator", *CONTACTS)} == {NEWER}
    assert live_disclosures(session, envelope_ids=[old.envelope_id]) == []


def test_where_the_newest_is_not_shown_an_older_one_never_stands_in_for_it(session: Session, world: World) -> None:
    case = an_agreed_case(session, world)
    old = aim(session, world, case)
    newer = aim(session, world, case, NEWER, replaces=old)
    told = live_disclosures(session, envelope_ids=[newer.envelope_id], organisation_id=world.id_of("school"))
    end_disclosures(session, world.coordinator, [one.id for one in told], reason="test")

    assert seen_by(session, world, "school", case) is None


def test_whoever_comes_later_reads_it_and_after_a_withdrawal_nobody_does(session: Session, world: World) -> None:
    case = a_case(session, world)
    agree(session, world, case, present=("school",))
    aim(session, world, case)

    consents = agree(session, world, case, present=("school", "police"))

    assert seen_by(session, world, "police", case) == GOAL
    withdraw(session, world.coordinator, fresh(session, world.coordinator, case), consents[-1])
    session.flush()
    with pytest.raises(NotFound):
        seen_by(session, world, "police", case)
    assert seen_by(session, world, "coordinator", case) == GOAL


def test_whoever_has_not_read_the_newest_does_not_replace_it(session: Session, world: World) -> None:
    case = an_agreed_case(session, world)
    old = aim(session, world, case)
    aim(session, world, case, NEWER, replaces=old)

    for replaces in (old, None):
        with pytest.raises(Conflict):
            aim(session, world, case, "Ett tredje.", replaces=replaces)


@pytest.mark.parametrize("wording", ["", "  ", "x" * 201])
def test_a_goal_that_cannot_be_kept_is_refused_beside_its_field(session: Session, world: World, wording: str) -> None:
    case = an_agreed_case(session, world)

    with pytest.raises(ValidationFailed) as refused:
        aim(session, world, case, wording)

    assert set(refused.value.errors) == {"goal"}
    assert session.scalars(select(Goal)).all() == []


def test_only_the_coordinator_writes_it_and_not_when_the_case_is_over(session: Session, world: World) -> None:
    case = an_agreed_case(session, world)

    with pytest.raises(NotPermitted):
        goals.write_goal(session, world.school, case, wording=GOAL, replaces=None)
    case.state = State.WITHDRAWN
    session.flush()
    with pytest.raises(NotPermitted):
        aim(session, world, case)


def test_the_trail_says_that_it_was_written_and_not_what(session: Session, world: World) -> None:
    case = an_agreed_case(session, world)
    goal = aim(session, world, case)

    (event,) = [event for event in collected_events(session) if event.tag == "goal:written"]

    assert event.subjects[0].ids == {"goal": str(goal.id)}
    assert "basket" not in repr(collected_events(session))


def test_it_stands_above_the_actions_and_is_changed_from_there(house: House) -> None:
    case_id, _action_id = house.prepared()
    client = house.client("coordinator")

    blank = client.get(f"/arenden/{case_id}/mal")
    wrong = client.post(f"/arenden/{case_id}/mal", data={"goal": ""})
    written = client.post(f"/arenden/{case_id}/mal", data={"goal": GOAL, "replaces": ""})
    page = house.client("school").get(f"/arenden/{case_id}")

    assert blank.status_code == 200
    assert wrong.status_code == 422
    assert written.headers["location"] == f"/arenden/{case_id}?klart=mal"
    assert page.text.index(GOAL) < page.text.index('id="case_actions"')
    assert f"/arenden/{case_id}/mal" not in page.text
    assert f"/arenden/{case_id}/mal" in client.get(f"/arenden/{case_id}").text


def test_two_who_write_it_at_once_see_both_wordings(house: House) -> None:
    case_id, _action_id = house.prepared()
    client = house.client("coordinator")
    client.post(f"/arenden/{case_id}/mal", data={"goal": GOAL})

    second = client.post(f"/arenden/{case_id}/mal", data={"goal": NEWER, "replaces": ""})

    assert second.status_code == 409
    assert GOAL in words(second)
    assert NEWER in words(second)
    (replaces,) = [part.split('"')[0] for part in second.text.split('name="replaces" value="')[1:]]
    assert client.post(f"/arenden/{case_id}/mal", data={"goal": NEWER, "replaces": replaces}).status_code == 303
