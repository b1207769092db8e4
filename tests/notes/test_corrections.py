"""Sealed text never changes: a correction takes the old note's place, for recipients chosen anew."""

import pytest
from sqlalchemy.orm import Session

from auth.decisions import NotPermitted
from sspf.cases import queries as cases
from sspf.cases.models import State
from sspf.errors import NotFound
from sspf.law.kinds import Kind
from sspf.notes import queries
from sspf.notes.correcting import find_wordings
from sspf.notes.service import CorrectedFirst
from sspf.notes.telling import GroundGone
from tests.notes.make import SCHOOL_TELLS_POLICE, TEXT, a_draft, an_agreed_case, correct, fresh, texts_seen_by, write
from tests.world import World, reading_of

RIGHT = "Provtexten var fel och lyder så här i stället."
SCHOOL_TELLS_LEISURE = ("school", "leisure", Kind.ATTENDANCE)


def test_a_correction_takes_the_place_of_the_old_wording(session: Session, world: World) -> None:
    case = an_agreed_case(session, world, SCHOOL_TELLS_POLICE)
    note = write(session, world.school, case, a_draft(world, case, to=["police"]))

    correct(session, world.school, case, note, a_draft(world, case, to=["police"], statement=RIGHT))

    assert texts_seen_by(session, world.school, case) == [RIGHT]
    assert texts_seen_by(session, world.police, case) == [RIGHT]


def test_the_old_wording_stays_with_its_owner_and_is_closed_to_the_recipients(session: Session, world: World) -> None:
    case = an_agreed_case(session, world, SCHOOL_TELLS_POLICE)
    note = write(session, world.school, case, a_draft(world, case, to=["police"]))

    correct(session, world.school, case, note, a_draft(world, case, to=["police"], statement=RIGHT))

    assert reading_of(session, world.school, case).reveal(note, "statement") == TEXT
    assert not reading_of(session, world.police, case).shows(note)


def test_recipients_are_chosen_anew(session: Session, world: World) -> None:
    case = an_agreed_case(session, world, SCHOOL_TELLS_POLICE, SCHOOL_TELLS_LEISURE)
    note = write(session, world.school, case, a_draft(world, case, to=["police"]))

    correct(session, world.school, case, note, a_draft(world, case, to=["leisure"], statement=RIGHT))

    assert texts_seen_by(session, world.leisure, case) == [RIGHT]
    assert texts_seen_by(session, world.police, case) == []


def test_who_was_told_is_shown_to_the_owner_alone(session: Session, world: World) -> None:
    case = an_agreed_case(session, world, SCHOOL_TELLS_POLICE, SCHOOL_TELLS_LEISURE)
    write(session, world.school, case, a_draft(world, case, to=["police", "leisure"]))

    (own,) = queries.list_notes(session, reading_of(session, world.school, case), case).notes
    (received,) = queries.list_notes(session, reading_of(session, world.police, case), case).notes

    assert {one.organisation for one in own.told} == {"Enheten police", "Enheten leisure"}
    assert own.is_own
    assert received.told == ()
    assert not received.is_own
    assert received.owner == "Enheten school"
    assert received.written_by is None


def test_whoever_comes_second_is_shown_what_stands_now(session: Session, world: World) -> None:
    case = an_agreed_case(session, world)
    note = write(session, world.school, case, a_draft(world, case))
    newest = correct(session, world.school, case, note, a_draft(world, case, statement=RIGHT))

    with pytest.raises(CorrectedFirst) as second:
        correct(session, world.school, case, note, a_draft(world, case, statement="Ett tredje förslag."))

    assert second.value.newest is newest
    assert texts_seen_by(session, world.school, case) == [RIGHT]


def test_a_recipient_may_read_and_not_correct(session: Session, world: World) -> None:
    case = an_agreed_case(session, world, SCHOOL_TELLS_POLICE)
    note = write(session, world.school, case, a_draft(world, case, to=["police"]))

    with pytest.raises(NotPermitted, match="Bara den organisation som har skrivit"):
        correct(session, world.police, case, note, a_draft(world, case, statement=RIGHT))
    with pytest.raises(NotPermitted, match="Bara den organisation som har skrivit"):
        find_wordings(session, world.police, fresh(session, world.police, case), note.id)

    assert texts_seen_by(session, world.police, case) == [TEXT]


@pytest.mark.parametrize("name", ["coordinator", "leisure"])
def test_for_whoever_was_not_told_there_is_nothing_to_correct(session: Session, world: World, name: str) -> None:
    case = an_agreed_case(session, world, SCHOOL_TELLS_POLICE)
    note = write(session, world.school, case, a_draft(world, case, to=["police"]))

    with pytest.raises(NotFound):
        find_wordings(session, world.people[name], fresh(session, world.people[name], case), note.id)


def test_a_note_is_found_in_its_own_case_only(session: Session, world: World) -> None:
    case, other = an_agreed_case(session, world), an_agreed_case(session, world)
    note = write(session, world.school, case, a_draft(world, case))

    assert queries.wordings_of(session, other, note.id) == []


def test_without_a_yes_the_correction_is_not_saved_and_the_old_recipient_keeps_reading(
    session: Session, world: World
) -> None:
    case = an_agreed_case(session, world, SCHOOL_TELLS_POLICE)
    note = write(session, world.school, case, a_draft(world, case, to=["police"]))

    with pytest.raises(GroundGone):
        correct(session, world.school, case, note, a_draft(world, case, to=["leisure"], statement=RIGHT))

    assert texts_seen_by(session, world.police, case) == [TEXT]


def test_a_closed_case_takes_no_notes_and_no_corrections(session: Session, world: World) -> None:
    case = an_agreed_case(session, world)
    note = write(session, world.coordinator, case, a_draft(world, case, source="coordinator", kind=Kind.FAMILY_VIEW))
    cases.get_case(session, world.coordinator, case.id).state = State.CLOSED
    session.flush()
    draft = a_draft(world, case, source="coordinator", kind=Kind.FAMILY_VIEW, statement=RIGHT)

    with pytest.raises(NotPermitted, match="avslutat"):
        write(session, world.coordinator, case, draft)
    with pytest.raises(NotPermitted, match="avslutat"):
        correct(session, world.coordinator, case, note, draft)


def test_the_next_wording_is_corrected_in_its_turn(session: Session, world: World) -> None:
    case = an_agreed_case(session, world)
    first = write(session, world.school, case, a_draft(world, case))
    second = correct(session, world.school, case, first, a_draft(world, case, statement=RIGHT))

    third = correct(session, world.school, case, second, a_draft(world, case, statement="Tredje gången gillt."))

    assert queries.wordings_of(session, case, first.id) == [first, second, third]
    assert texts_seen_by(session, world.school, case) == ["Tredje gången gillt."]
