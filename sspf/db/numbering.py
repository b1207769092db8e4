"""Numbers for people to read, one after another in a year: the row that remembers the last is locked till commit."""

from uuid import UUID

from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from sspf.db.types import Base, new_id


def next_number(session: Session, counter: type[Base], *, municipality_id: UUID, year: int) -> int:
    """The next number of the year, from 1. Whoever asks meanwhile waits until this one has committed.

    ``counter`` maps a table of ``municipality_id`` and ``year``, one row for both, and ``last``: the number given last.
    """
    last = counter.__table__.c.last
    first = insert(counter).values(id=new_id(), municipality_id=municipality_id, year=year, last=1)
    taking = first.on_conflict_do_update(index_elements=["municipality_id", "year"], set_={"last": last + 1})
    number: int = session.execute(taking.returning(last)).scalar_one()
    return number
