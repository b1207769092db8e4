"""When the family says no, what some of them had said yes to is over at once."""

from sqlalchemy import text

from sspf.cases import queries
from sspf.cases.models import Case, State
from sspf.vault.disclosed import live_disclosures
from tests.conftest import Served
from tests.world import CONTACTS, a_case, agree


def an_agreed_case(served: Served) -> Case:
    """Everyone has said yes, and the coordinator has not yet gone on to a meeting."""
    with served.sessions.begin() as session:
        case = a_case(session, served.world)
        agree(session, served.world, case)
        return queries.get_case(session, served.world.coordinator, case.id)


def test_declining_takes_the_case_from_everyone_but_coordination(served: Served) -> None:
    case = an_agreed_case(served)
    assert served.client("school").get(f"/arenden/{case.id}").status_code == 200

    said = {"to": State.DECLINED.value, "version": str(case.version)}
    assert served.client("coordinator").post(f"/arenden/{case.id}/lage", data=said).status_code == 303

    for name in CONTACTS:
        assert served.client(name).get(f"/arenden/{case.id}").status_code == 404
    with served.sessions.begin() as session:
        declined = queries.get_case(session, served.world.coordinator, case.id)
        assert declined.state is State.DECLINED
        units = {("case", case.id), *(("person", person.person_id) for person in case.people)}
        assert live_disclosures(session, units=units) == []
        assert session.scalars(text("SELECT count(*) FROM waiver WHERE ended_at IS NULL")).one() == 0
