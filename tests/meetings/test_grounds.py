"""Who in the room may hear of a case. The leader is told; the room is not."""

from sqlalchemy.orm import Session

from sspf.db import clock
from sspf.meetings.attending import set_presence
from sspf.meetings.grounds import may_hear, room_for
from sspf.meetings.models import Presence
from tests.meetings.make import a_case_to_meet_about, a_meeting, attendance, take_back
from tests.world import World


def test_whoever_is_here_without_a_ground_is_to_go_out(session: Session, world: World) -> None:
    schools = a_case_to_meet_about(session, world, present=["school", "social"])
    polices = a_case_to_meet_about(session, world, present=["police", "leisure"])
    meeting = a_meeting(session, world, schools, polices, begun=True)
    rows = attendance(session, world, meeting)
    for name in ("school", "police"):
        set_presence(session, world.coordinator, meeting, rows[name], Presence.PRESENT)
    set_presence(session, world.coordinator, meeting, rows["social"], Presence.GONE)

    room = room_for(schools, list(rows.values()), clock.now(session))

    assert set(room.here) == {world.id_of("school"), world.id_of("police")}
    assert room.to_go_out == (world.id_of("police"),)
    assert room.to_keep_out == (world.id_of("leisure"),)
    assert room.missing == (world.id_of("social"),)


def test_nobody_but_coordination_may_hear_of_a_case_that_is_withdrawn(session: Session, world: World) -> None:
    case = a_case_to_meet_about(session, world)
    meeting = a_meeting(session, world, case, begun=True)
    rows = attendance(session, world, meeting)
    set_presence(session, world.coordinator, meeting, rows["school"], Presence.PRESENT)

    take_back(session, world, case)

    now = clock.now(session)
    assert may_hear(case, now) == {world.id_of("coordinator")}
    assert room_for(case, list(rows.values()), now).to_go_out == (world.id_of("school"),)
