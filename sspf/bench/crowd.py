"""Many cases for the list, which shows plain columns alone: rows in bulk in place of thousands of openings."""

from datetime import timedelta

from sqlalchemy import Engine, insert, text
from sqlalchemy.orm import Session

from sspf.bench.municipality import Town
from sspf.cases.models import Case, State
from sspf.db import clock, new_id

_STATES = (State.INFORMATION, State.CONSENT, State.MEETING, State.FOLLOW_UP)


def fill(owner: Engine, town: Town, numbers: range) -> None:
    """Add a case for each number, and let the planner know."""
    coordination = town.places["coordination"]
    with Session(owner) as session, session.begin():
        opened_at = clock.now(session)
        rows = [
            {
                "id": new_id(),
                "municipality_id": town.municipality.id,
                "reference": f"SSPF-2020-{number:05}",
                "alias": f"Mätning {number}",
                "state": _STATES[number % len(_STATES)],
                "coordination_id": coordination.id,
                "authority_id": coordination.authority_id,
                "coordinator_id": town.coordinator.user_id,
                "opened_at": opened_at - timedelta(minutes=number),
                "version": 1,
            }
            for number in numbers
        ]
        session.execute(insert(Case), rows)
    with owner.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("ANALYZE"))
