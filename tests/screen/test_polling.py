"""A poll is answered 204 until something may have changed; it opens and records nothing, and keeps nobody signed in."""

from collections.abc import Callable

import pytest
from sqlalchemy import text

from sspf.bench.running import MOST_QUERIES
from sspf.cases import queries as cases
from sspf.meetings.models import Presence
from sspf.plans import goals
from sspf.plans import service as plans
from sspf.plans.models import Action
from sspf.plans.responsible import Responsible
from tests.meetings import make
from tests.screen.room import Room


@pytest.fixture(params=["window", "projector"])
def screen(room: Room, request):
    room.come("school")
    return getattr(room, request.param)()


def size_of_log(room: Room) -> int:
    with room.session() as session:
        sizes = text("SELECT sum(size) FROM audit_log")
        return session.execute(sizes).scalar_one()


def test_nothing_is_opened_or_recorded_while_nothing_changes(room: Room, screen) -> None:
    mark, before = screen.mark(), size_of_log(room)

    answers = {screen.poll(mark) for _ in range(5)}

    assert answers == {204}
    assert size_of_log(room) == before
    assert {screen.poll(wrong) for wrong in ("", '""', f"W/{mark}", mark.strip('"'))} == {200}
    assert size_of_log(room) == before, "the answer is that there is news, and not what"


def _with_action(what: Callable) -> Callable[[Room], None]:
    def happen(room: Room) -> None:
        with room.session() as session:
            case = cases.get_case(session, room.world.coordinator, room.case_id)
            action = session.query(Action).filter_by(case_id=case.id).one()
            what(session, room, case, action)

    return happen


def _write_goal(session, room, case, _action) -> None:
    goals.write_goal(session, room.world.coordinator, case, wording="Spela i laget igen", replaces=None)


def _change(*, text: str | None = None, to: str = "") -> Callable:
    """Say it otherwise, or give it to somebody else."""

    def change(session, room, case, action) -> None:
        responsible = Responsible(room.world.id_of(to) if to else action.organisation_id)
        plans.change_action(
            session,
            room.world.coordinator,
            case,
            action,
            text=text,
            responsible=responsible,
            due_on=action.due_on,
            version=action.version,
        )

    return change


CHANGES = {
    "a new action": lambda room: room.action(room.case_id, "Boka tid på gården"),
    "other words": _with_action(_change(text="Ringa hem varje torsdag")),
    "done": _with_action(
        lambda session, room, case, action: plans.mark_done(session, room.world.coordinator, case, action)
    ),
    "somebody else": _with_action(_change(to="police")),
    "a goal": _with_action(_write_goal),
    "the audience": lambda room: room.leave("police"),
    "a pause": lambda room: room.press("/paus"),
    "protected": lambda room: room.force(f"UPDATE \"case\" SET is_protected = true WHERE id = '{room.case_id}'"),
    "a withdrawal": lambda room: room.take_back(),
}


@pytest.mark.parametrize("change", CHANGES)
def test_each_change_is_one_entry_at_most(room: Room, change: str) -> None:
    room.come("school", "police")
    screen = room.projector()
    mark = screen.mark()
    assert screen.poll(mark) == 204
    before = len(room.readings())

    CHANGES[change](room)

    assert screen.poll(mark) == 200
    new = screen.mark()
    assert screen.poll(new) == 204
    is_black = change in {"a pause", "protected", "a withdrawal"}
    assert len(room.readings()) - before == (0 if is_black else 1)


def test_the_next_case_is_news(room: Room) -> None:
    room.come("school")
    other = room.case("school", "police")
    room.meeting_id = room.meeting(room.case_id, other, begun=True)
    room.come("school")
    window = room.window()
    mark = window.mark()

    room.leader.post(f"/moten/{room.meeting_id}/arenden/{other}/ta-upp")

    assert window.poll(mark) == 200
    assert room.alias(other) in window.words()
    assert room.alias_here() not in window.words()


def test_black_stays_black_whatever_happens_behind_it(room: Room, screen) -> None:
    room.press("/paus")
    mark, before = screen.mark(), len(room.readings())

    room.action(room.case_id, "Något nytt")
    room.leave("school")

    assert screen.poll(mark) == 204
    assert len(room.readings()) == before
    assert "Paus" in screen.words()


def test_the_entry_says_for_whom_it_was_shown(room: Room, screen) -> None:
    screen.page()

    (*_, entry) = room.readings()

    audience = {"coordinator", "school", "police"}
    assert set(entry.facts["audience"]) == {str(room.world.id_of(name)) for name in audience}
    assert entry.who.user_id == room.world.coordinator.user_id
    assert entry.who.session_id == room.session_id
    assert room.case_id in {subject.case_id for subject in entry.subjects}


def test_a_poll_keeps_nobody_signed_in(room: Room, screen) -> None:
    room.force(f"UPDATE session SET last_seen_at = now() - interval '10 minutes' WHERE id = '{room.session_id}'")
    seen = text(f"SELECT last_seen_at FROM session WHERE id = '{room.session_id}'")
    with room.session() as session:
        before = session.execute(seen).scalar_one()

    screen.poll(screen.mark())

    with room.session() as session:
        assert session.execute(seen).scalar_one() == before
    room.leader.get(f"/moten/{room.meeting_id}")
    with room.session() as session:
        assert session.execute(seen).scalar_one() > before


def test_a_poll_asks_the_database_six_things_at_most_and_a_page_no_more_than_twenty(room: Room, screen) -> None:
    for number in range(12):
        room.action(room.case_id, f"Sak {number}")
    mark = screen.mark()

    with room.counted() as polled:
        assert screen.poll(mark) == 204
    with room.counted() as opened:
        screen.page()
    with room.counted() as control:
        room.leader.get(f"{room.path}/styr")

    assert len(polled) <= 6
    assert max(len(opened), len(control)) <= MOST_QUERIES


def test_the_mark_says_nothing_by_itself(room: Room, screen) -> None:
    mark = screen.mark()

    assert str(room.case_id)[:8] not in mark
    assert len(mark) == 26
    other = Room(room.served)
    other.come("school")
    assert other.window().mark() != mark


def test_somebody_who_left_is_no_audience(room: Room) -> None:
    with room.session() as session:
        rows = make.attendance(session, room.world, room.meeting_in(session, room.meeting_id))
        for name in ("school", "police"):
            rows[name].presence = Presence.GONE
        rows["school"].presence = Presence.PRESENT
    window = room.window()
    window.page()

    (*_, entry) = room.readings()

    assert str(room.world.id_of("police")) not in entry.facts["audience"]
