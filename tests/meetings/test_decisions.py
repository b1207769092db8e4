"""Decisions are coordination's, and told to those who take part in the case: nobody else, and not in old words."""

import pytest
from sqlalchemy.orm import Session

from auth.decisions import NotPermitted
from sspf.errors import Conflict
from sspf.law.kinds import Kind
from sspf.meetings import queries
from sspf.meetings.deciding import correct_decision, remove_decision, write_decision
from sspf.meetings.models import Decision, Meeting
from sspf.vault.disclosed import Disclosed, live_disclosures
from tests.meetings.make import a_case_to_meet_about, a_meeting, agenda, end, entry, in_room, reading, take_back
from tests.world import World, agree

WORDS = "Skolan och fritidsgården träffas varje vecka."


def a_decision(
    session: Session, world: World, *, present: tuple[str, ...] = ("school", "police")
) -> tuple[Meeting, Decision]:
    case = a_case_to_meet_about(session, world, present=present)
    meeting = a_meeting(session, world, case, begun=True)
    decision = write_decision(
        session, world.coordinator, meeting, entry(session, world, meeting, case).case, statement=WORDS
    )
    session.flush()
    return meeting, decision


def live(session: Session, decision: Decision) -> list[Disclosed]:
    """To whom the decision is disclosed now."""
    return live_disclosures(session, envelope_ids=[decision.envelope_id])


def words(session: Session, world: World, name: str, decision: Decision, meeting: Meeting) -> list[str]:
    (one,) = [one for one in agenda(session, world, meeting) if one.case.id == decision.case_id]
    return [row.text for row in in_room(session, world.people[name], meeting, one.case).decisions]


def test_those_who_take_part_can_read_it_and_coordination_owns_it(session: Session, world: World) -> None:
    meeting, decision = a_decision(session, world)

    assert {name: words(session, world, name, decision, meeting) for name in ("school", "police", "coordinator")} == {
        "school": [WORDS],
        "police": [WORDS],
        "coordinator": [WORDS],
    }
    opened = reading(session, world.school, agenda(session, world, meeting)[0].case)
    envelope = opened.opened[decision.envelope_id]
    assert (envelope.owner_id, envelope.source_id, envelope.kind) == (
        world.id_of("coordinator"),
        world.id_of("coordinator"),
        Kind.ACTIONS,
    )


def test_whoever_does_not_take_part_gets_no_key(session: Session, world: World) -> None:
    meeting, decision = a_decision(session, world, present=("school",))

    told = {one.organisation_id for one in live(session, decision)}

    assert told == {world.id_of("school")}
    assert queries.agenda_of(session, world.police, meeting) == []


def test_whoever_comes_to_the_table_later_can_read_it_then(session: Session, world: World) -> None:
    meeting, decision = a_decision(session, world, present=("school",))

    agree(session, world, agenda(session, world, meeting)[0].case, present=["school", "leisure"])
    session.flush()

    assert words(session, world, "leisure", decision, meeting) == [WORDS]


def test_a_withdrawal_takes_the_decision_from_everyone_but_coordination(session: Session, world: World) -> None:
    meeting, decision = a_decision(session, world)

    take_back(session, world, agenda(session, world, meeting)[0].case)

    assert live(session, decision) == []
    assert words(session, world, "coordinator", decision, meeting) == [WORDS]


def test_a_correction_replaces_the_words_for_everyone(session: Session, world: World) -> None:
    meeting, decision = a_decision(session, world)
    case = agenda(session, world, meeting)[0].case

    correct_decision(session, world.coordinator, meeting, case, decision, statement="Skolan ringer varje vecka.")
    session.flush()

    for name in ("school", "coordinator"):
        assert words(session, world, name, decision, meeting) == ["Skolan ringer varje vecka."]
    assert live(session, decision) == []


def test_two_corrections_at_once_do_not_overwrite_each_other(session: Session, world: World) -> None:
    meeting, decision = a_decision(session, world)
    case = agenda(session, world, meeting)[0].case
    first = correct_decision(session, world.coordinator, meeting, case, decision, statement="Den första.")
    session.flush()

    with pytest.raises(Conflict):
        correct_decision(session, world.coordinator, meeting, case, decision, statement="Den andra.")

    assert queries.newest_of(session, decision).id == first.id
    assert words(session, world, "school", decision, meeting) == ["Den första."]


def test_a_decision_written_by_mistake_can_be_taken_away(session: Session, world: World) -> None:
    meeting, decision = a_decision(session, world)

    for _ in range(2):
        remove_decision(session, world.coordinator, meeting, agenda(session, world, meeting)[0].case, decision)
        session.flush()

    assert live(session, decision) == []
    assert words(session, world, "coordinator", decision, meeting) == []
    with pytest.raises(Conflict):
        correct_decision(
            session,
            world.coordinator,
            meeting,
            agenda(session, world, meeting)[0].case,
            decision,
            statement="Ändå.",
        )


def test_a_decision_that_was_taken_away_is_told_to_nobody_who_comes_later(session: Session, world: World) -> None:
    meeting, decision = a_decision(session, world, present=("school",))
    case = agenda(session, world, meeting)[0].case
    remove_decision(session, world.coordinator, meeting, case, decision)
    session.flush()

    agree(session, world, case, present=["school", "leisure"])
    session.flush()

    assert live(session, decision) == []
    for name in ("school", "leisure"):
        assert decision.envelope_id not in reading(session, world.people[name], case).opened
        assert words(session, world, name, decision, meeting) == []


def test_decisions_are_written_by_the_leader_while_the_meeting_goes_on(session: Session, world: World) -> None:
    meeting, decision = a_decision(session, world)
    case = agenda(session, world, meeting)[0].case

    with pytest.raises(NotPermitted, match="koordinatorn"):
        write_decision(session, world.school, meeting, case, statement=WORDS)
    end(session, world, meeting, taken_up=[case.id])
    with pytest.raises(NotPermitted, match="pågår inte"):
        write_decision(session, world.coordinator, meeting, case, statement=WORDS)
    correct_decision(session, world.coordinator, meeting, case, decision, statement="Rättat efteråt.")
