"""Who may know that a case exists, before, while and after the family wants them to."""

import pytest
from sqlalchemy.orm import Session

from sspf.cases import queries
from sspf.consents.service import withdraw
from sspf.errors import NotFound
from sspf.law.kinds import Kind
from sspf.people.queries import called_name, parts_of
from tests.world import CALLED, CONTACTS, World, a_case, agree, reading_of


@pytest.mark.parametrize("name", [*CONTACTS, "outsider", "auditor", "administrator"])
def test_a_case_without_consent_exists_for_coordination_alone(session: Session, world: World, name: str) -> None:
    case = a_case(session, world)

    assert queries.get_case(session, world.coordinator, case.id).id == case.id
    with pytest.raises(NotFound):
        queries.get_case(session, world.people[name], case.id)


def test_taking_part_gives_the_called_name_and_no_more(session: Session, world: World) -> None:
    case = a_case(session, world)
    agree(session, world, case)

    reading = reading_of(session, world.police, case)

    youth = case.people[0].person_id
    assert called_name(reading, parts_of(session, reading, [youth])[youth]) == CALLED
    assert {opened.kind for opened in reading.opened.values()} == {Kind.IDENTITY}


def test_a_withdrawal_bites_at_once(session: Session, world: World) -> None:
    case = a_case(session, world)
    (consent, _youths) = agree(session, world, case)[::-1]
    case = queries.get_case(session, world.coordinator, case.id)

    withdraw(session, world.coordinator, case, consent)

    for name in CONTACTS:
        with pytest.raises(NotFound):
            queries.get_case(session, world.people[name], case.id)
