"""How fast somebody may try, without a database: waits grow, end by themselves, and never lock out."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from auth.limits import ACCOUNT, ADDRESS, EVERYONE, Backoff, Drain, Level

T0 = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
NONE = timedelta(0)
FRESH = Level(0, T0)


def tried(limit, times, level=FRESH, now=T0):
    for _ in range(times):
        level = limit.count(level, now)
    return level


def seconds(count):
    return timedelta(seconds=count)


def test_the_first_tries_at_an_account_cost_no_wait():
    assert ACCOUNT.wait(tried(ACCOUNT, 4), T0) <= NONE


def test_from_the_fifth_the_wait_doubles_up_to_five_minutes():
    waits = [ACCOUNT.wait(tried(ACCOUNT, times), T0).total_seconds() for times in range(5, 12)]

    assert waits == [30, 60, 120, 240, 300, 300, 300]


def test_a_wait_ends_by_itself():
    level = tried(ACCOUNT, 50)

    assert ACCOUNT.wait(level, T0 + timedelta(minutes=5)) <= NONE


def test_a_success_forgets_it_all():
    level = ACCOUNT.forgive(tried(ACCOUNT, 9), T0)

    assert ACCOUNT.wait(tried(ACCOUNT, 4, level), T0) <= NONE


def test_so_does_a_quiet_hour():
    later = T0 + timedelta(hours=1, minutes=6)

    level = ACCOUNT.count(tried(ACCOUNT, 50), later)

    assert level == Level(1, later)


def test_a_guesser_who_never_rests_gets_few_tries_a_day():
    level, now, tries = FRESH, T0, 0
    while now < T0 + timedelta(days=1):
        level, tries = ACCOUNT.count(level, now), tries + 1
        now += max(ACCOUNT.wait(level, now), NONE)

    assert tries < 300


def test_an_address_may_try_thirty_times_at_once_and_then_every_ten_seconds():
    full = tried(ADDRESS, 30)

    assert ADDRESS.wait(tried(ADDRESS, 29), T0) <= NONE
    assert ADDRESS.wait(full, T0) == seconds(10)
    assert ADDRESS.wait(full, T0 + seconds(10)) == NONE
    assert ADDRESS.wait(ADDRESS.count(full, T0 + seconds(10)), T0 + seconds(10)) == seconds(10)


def test_a_success_costs_an_address_nothing():
    level = tried(ADDRESS, 29)
    for _ in range(1000):
        level = ADDRESS.forgive(ADDRESS.count(level, T0), T0)

    assert ADDRESS.wait(level, T0) <= NONE


def test_a_success_gives_no_credit_in_advance():
    level = FRESH
    for _ in range(1000):
        level = ADDRESS.forgive(level, T0)

    assert ADDRESS.wait(tried(ADDRESS, 30, level), T0) > NONE


def test_when_everyone_is_tried_at_once_the_wait_is_still_short():
    assert NONE < EVERYONE.wait(tried(EVERYONE, 300), T0) <= seconds(1)


@given(
    st.sampled_from([ACCOUNT, ADDRESS, EVERYONE, Backoff(), Drain(3, seconds(7))]),
    st.lists(st.integers(min_value=0, max_value=7200), max_size=60),
)
def test_no_limit_ever_makes_anybody_wait_longer_than_five_minutes(limit, pauses):
    level, now = FRESH, T0
    for pause in pauses:
        now += seconds(pause)
        if limit.wait(level, now) <= NONE:
            level = limit.count(level, now)

        assert limit.wait(level, now) <= timedelta(minutes=5)
