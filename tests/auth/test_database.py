"""What the database itself refuses the application's role, and what the sweep forgets."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError, ProgrammingError

from auth import accounts, clock, lifetime
from auth.models import Base
from auth.sessions import why_ended
from auth.sweep import SESSIONS_KEPT, sweep
from auth.throttle import admit, buckets
from tests.auth.make import COMMAND_LINE, T0, THROTTLE_KEY, a_user, minutes, signed_in, somebody

DAY = minutes(24 * 60)


@pytest.mark.parametrize(
    "statement",
    [
        'DELETE FROM "user"',
        'UPDATE "user" SET created_at = now()',
        'UPDATE "user" SET municipality_id = gen_random_uuid()',
        "DELETE FROM assignment",
        "UPDATE assignment SET role = 'administrator'",
        "UPDATE assignment SET user_id = gen_random_uuid()",
        "UPDATE assignment SET starts_at = now()",
        "UPDATE session SET token_hash = 'x'",
        "UPDATE session SET user_id = gen_random_uuid()",
        "UPDATE session SET assignment_id = gen_random_uuid()",
        "UPDATE session SET created_at = now()",
        "UPDATE one_time_link SET token_hash = 'x'",
        "UPDATE one_time_link SET expires_at = now()",
        "UPDATE one_time_link SET user_id = gen_random_uuid()",
        "UPDATE throttle SET bucket = 'x'",
        "UPDATE throttle_key SET sealed = 'x'",
        "DELETE FROM throttle_key",
        "TRUNCATE session",
        'DROP TABLE "user"',
    ],
)
def test_the_application_may_not(session, statement):
    with pytest.raises(ProgrammingError, match=r"permission denied|must be owner"):
        session.execute(text(statement))


def test_one_factor_alone_is_not_stored(session):
    user = a_user(session)
    user.password_hash = "only this"

    with pytest.raises(IntegrityError, match="both_factors_or_none"):
        session.flush()


def test_every_table_says_which_municipality_it_is_of_but_the_installations_own():
    without = {table.name for table in Base.metadata.sorted_tables if "municipality_id" not in table.columns}

    assert without == {"throttle", "throttle_key", "ticket_key"}


def test_the_sweep_forgets_what_is_long_over(session):
    user, assignment = somebody(session)
    token, _ = signed_in(session, user, assignment)
    accounts.one_time_link(session, COMMAND_LINE, user.id, now=T0)
    admit(session, buckets(THROTTLE_KEY, "karin@kommun.example", "192.0.2.7"), now=T0)
    soon = T0 + lifetime.ABSOLUTE

    assert sweep(session, now=soon) == 0
    assert why_ended(session, token, now=soon) is not None
    assert sweep(session, now=T0 + 2 * DAY) == 3  # the buckets
    assert sweep(session, now=T0 + 3 * DAY) == 1  # the link
    assert sweep(session, now=T0 + 31 * DAY) == 1  # the session
    assert why_ended(session, token, now=soon) is None


def test_the_sweep_goes_by_the_databases_clock_unless_told(session):
    signed_in(session, *somebody(session))
    is_long_over = clock.now(session) > T0 + lifetime.ABSOLUTE + SESSIONS_KEPT

    assert sweep(session) == int(is_long_over)
