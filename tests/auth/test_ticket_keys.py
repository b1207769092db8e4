"""The keys behind tickets: made once, sealed for their own row, and replaced while the old ones still count."""

from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import select, text, update

from auth.models import TicketKey
from auth.ticket_keys import REPLACED_AFTER, find_ring, signing_ring
from auth.tokens import SCREEN, NotATicket, issue, verify
from tests.auth.make import SEALER, T0


def a_token(session, now):
    ring = signing_ring(session, SEALER, now=now)
    return issue(ring, SCREEN, subject=uuid4(), ticket_id=uuid4(), now=now, until=now + SCREEN.longest)


def is_good(session, token, now):
    try:
        verify(find_ring(session, SEALER), SCREEN, token, now=now)
    except NotATicket:
        return False
    return True


def test_there_is_no_key_before_one_is_needed(session):
    assert find_ring(session, SEALER) is None


def test_the_first_key_is_made_once(session):
    token = a_token(session, T0)

    assert is_good(session, token, T0)
    assert list(signing_ring(session, SEALER, now=T0).keys) == list(find_ring(session, SEALER).keys)


def test_a_quarter_later_another_signs_and_what_was_signed_still_counts(session):
    just_before = T0 + REPLACED_AFTER - timedelta(seconds=1)
    a_token(session, T0)
    old = a_token(session, just_before)

    new = a_token(session, T0 + REPLACED_AFTER)

    assert old.split(".")[0] != new.split(".")[0]
    assert is_good(session, old, just_before + timedelta(hours=11))
    assert is_good(session, new, T0 + REPLACED_AFTER)


def test_never_more_than_two_keys_count_and_the_oldest_is_retired(session):
    seen = [list(signing_ring(session, SEALER, now=T0 + number * REPLACED_AFTER).keys) for number in range(4)]

    assert [len(kids) for kids in seen] == [1, 2, 2, 2]
    assert [kids[0] for kids in seen[2:]] == [kids[-1] for kids in seen[1:3]]
    rows = session.scalars(select(TicketKey).order_by(TicketKey.created_at)).all()
    assert [row.retired_at is not None for row in rows] == [True, True, False, False]


def test_several_made_at_once_are_no_reason_to_stop(session):
    for minute in range(3):
        signing_ring(session, SEALER, now=T0 + minute * REPLACED_AFTER)
    session.execute(update(TicketKey).values(retired_at=None))

    assert len(find_ring(session, SEALER).keys) == 2


def test_a_key_is_sealed_for_its_own_row(session):
    a_token(session, T0)
    session.execute(text("SELECT 1"))
    row = session.scalars(select(TicketKey)).one()
    moved = TicketKey(kid="0" * 16, sealed=row.sealed, created_at=T0)
    session.add(moved)
    session.flush()

    with pytest.raises(ValueError, match="another context"):
        find_ring(session, SEALER)
