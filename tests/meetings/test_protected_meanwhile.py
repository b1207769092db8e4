"""An identity is protected while a meeting goes on: whoever leads it and is not named goes on with the others."""

from uuid import UUID

import pytest
from sqlalchemy.orm import Session

from auth import accounts
from auth import sessions as auth_sessions
from auth.permissions import Role
from sspf.cases import queries as cases
from sspf.cases.protecting import protect
from sspf.meetings.models import ItemState, MeetingState
from sspf.people.models import Protection
from sspf.web.current_user import COOKIE
from tests.meetings import make
from tests.meetings.served import Town
from tests.pages import words
from tests.world import TESTS, World


@pytest.fixture
def colleague(town: Town):
    """A browser of another coordinator, who leads the meeting and is named in no case."""
    with town.session() as session:
        token = _a_colleague(session, town.world)
    client = town.served.client()
    client.cookies.set(COOKIE, token)
    return client


def _a_colleague(session: Session, world: World) -> str:
    user = accounts.add_user(
        session,
        TESTS,
        municipality_id=world.municipality.id,
        email="kollega@provkoping.example",
        name="Koordinator Hassel",
    )
    where = world.coordinator.organisation_id
    held = accounts.give_assignment(session, TESTS, user.id, organisation_id=where, role=Role.COORDINATOR)
    accounts.confirm_user(session, TESTS, user.id)
    session.flush()
    return auth_sessions.start(session, user.id, held.id).token


def _protect(town: Town, case_id: UUID) -> None:
    with town.session() as session:
        case = cases.get_case(session, town.world.coordinator, case_id)
        protect(session, town.world.coordinator, case, person_id=case.youth_id, level=Protection.MARKED)


def _states(town: Town, meeting_id: UUID) -> dict[UUID, ItemState]:
    with town.session() as session:
        meeting = town.meeting_in(session, meeting_id)
        return {one.case.id: one.item.state for one in make.agenda(session, town.world, meeting)}


def test_the_leader_goes_on_with_the_next_case(town: Town, colleague) -> None:
    first, second = town.case(), town.case()
    meeting_id = town.meeting(first, second, begun=True)
    _protect(town, first)

    taken = colleague.post(f"/moten/{meeting_id}/arenden/{second}/ta-upp")

    assert taken.status_code == 303
    assert _states(town, meeting_id) == {first: ItemState.DONE, second: ItemState.CURRENT}
    assert town.alias(first) not in words(colleague.get(f"/moten/{meeting_id}"))


def test_the_meeting_ends_for_all_of_them(town: Town, colleague) -> None:
    first, second = town.case(), town.case()
    meeting_id = town.meeting(first, second, begun=True)
    _protect(town, first)

    ended = colleague.post(f"/moten/{meeting_id}/avsluta", data={"taken_up": [str(second)]})

    assert ended.status_code == 303
    assert _states(town, meeting_id) == {first: ItemState.DONE, second: ItemState.DONE}
    with town.session() as session:
        assert town.meeting_in(session, meeting_id).state is MeetingState.HELD
