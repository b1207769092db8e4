"""Throttling holds over every process and connection, and knows no names."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pyotp
import pytest
from sqlalchemy import func, select, text

from auth import clock, throttle_key
from auth.limits import ACCOUNT, ADDRESS, EVERYONE
from auth.models import Throttle
from auth.outcomes import Refused, SignedIn, Wait
from auth.sign_in import Means, Origin, sign_in
from auth.throttle import Admission, admit, buckets, forgive
from tests.auth.make import PASSWORD, SEALER, T0, THROTTLE_KEY, a_person, minutes


def tried(session, *, name="karin@kommun.example", address="192.0.2.7", now=T0):
    return admit(session, buckets(THROTTLE_KEY, name, address), now=now)


def test_an_account_is_slowed_down_wherever_it_is_tried_from(session):
    answers = [tried(session, address=f"192.0.2.{host}") for host in range(6)]

    assert answers == [*[Admission(0)] * 4, Admission(0, next_in=30), Admission(wait=30)]


def test_an_address_is_slowed_down_whichever_accounts_it_tries(session):
    answers = [tried(session, name=f"{number}@kommun.example") for number in range(31)]

    assert answers == [Admission(0)] * 30 + [Admission(wait=10)]


def test_everyone_is_slowed_down_when_all_are_tried_from_everywhere(session):
    answers = [
        tried(session, name=str(number), address=f"192.0.{number // 250}.{number % 250}") for number in range(301)
    ]

    assert {answer.wait for answer in answers[:256]} == {0}
    assert answers[300].wait == 1


def test_an_attempt_that_has_to_wait_makes_the_wait_no_longer(session):
    for _ in range(50):
        last = tried(session)

    assert last == Admission(wait=30)
    assert tried(session, now=T0 + minutes(0.5)).wait == 0


def test_an_attempt_that_has_to_wait_for_the_account_costs_the_address_nothing(session):
    for _ in range(100):
        tried(session)

    assert tried(session, name="olle@kommun.example").wait == 0


def test_a_success_starts_the_account_afresh(session):
    for _ in range(4):
        tried(session)
    limits = buckets(THROTTLE_KEY, "karin@kommun.example", "192.0.2.7")
    admit(session, limits, now=T0)

    forgive(session, limits, now=T0)

    assert [tried(session) for _ in range(4)] == [Admission(0)] * 4


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("2001:db8:1:2::7", "2001:db8:1:2:ffff::1"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("testclient", ""),
        ("192.0.2.7", "192.0.2.7"),
    ],
)
def test_one_subscriber_is_one_address(one, other):
    assert buckets(THROTTLE_KEY, "a", one) == buckets(THROTTLE_KEY, "a", other)


@pytest.mark.parametrize(
    ("one", "other"), [("2001:db8:1:2::7", "2001:db8:1:3::7"), ("192.0.2.7", "192.0.2.8"), ("", "192.0.2.7")]
)
def test_two_subscribers_are_two(one, other):
    assert len({*buckets(THROTTLE_KEY, "a", one), *buckets(THROTTLE_KEY, "a", other)}) == 4


def test_a_bucket_says_nothing_without_the_key(session):
    names = buckets(THROTTLE_KEY, "karin@kommun.example", "192.0.2.7")

    assert set(names.values()) == {ACCOUNT, ADDRESS, EVERYONE}
    assert not set(names) & set(buckets(bytes(32), "karin@kommun.example", "192.0.2.7"))
    assert {len(name) for name in names} == {32}


def test_a_short_key_is_refused():
    with pytest.raises(ValueError, match="32 bytes"):
        buckets(b"short", "a", "b")


def test_the_key_is_made_once_and_kept_sealed(session):
    first = throttle_key.load(session, SEALER)

    assert len(first) == 32
    assert throttle_key.load(session, SEALER) == first
    assert session.execute(text("SELECT count(*) FROM throttle_key")).scalar_one() == 1


def test_the_clock_is_the_databases_unless_told(session):
    limits = buckets(THROTTLE_KEY, "karin@kommun.example", "192.0.2.7")
    for _ in range(5):
        admission = admit(session, limits)
    forgive(session, limits)

    assert admission == Admission(0, next_in=30)
    assert abs(session.scalars(select(func.max(Throttle.until))).one() - clock.now(session)) < minutes(1)


def guesses(sessions, codes, *, name="karin@kommun.example", address="192.0.2.{}"):
    """Sign in with every code, over as many connections as there are threads."""
    means = Means(begin=sessions.begin, sealer=SEALER, throttle_key=THROTTLE_KEY)
    together = threading.Barrier(8)

    def guess(numbered):
        number, code = numbered
        if number < 8:
            together.wait()
        with sessions.begin() as session:
            return sign_in(session, name, PASSWORD, code, means=means, origin=Origin(address.format(number % 250)))

    with ThreadPoolExecutor(8) as pool:
        return list(pool.map(guess, enumerate(codes)))


def test_two_hundred_guesses_at_once_are_five(sessions, verifications):
    with sessions.begin() as session:
        a_person(session)
    verifications.clear()

    answers = guesses(sessions, ["000000"] * 200)

    assert answers.count(Refused()) == 5
    assert len(verifications) == 5
    assert all(isinstance(answer, Refused) or (isinstance(answer, Wait) and answer.seconds <= 30) for answer in answers)


def test_guessing_at_names_nobody_has_is_no_quicker(sessions, verifications):
    answers = guesses(sessions, ["000000"] * 200, name="nobody@kommun.example")

    assert answers.count(Refused()) == 5
    assert len(verifications) == 5


def test_one_address_gets_thirty_guesses_over_all_accounts(sessions):
    means = Means(begin=sessions.begin, sealer=SEALER, throttle_key=THROTTLE_KEY)

    def guess(number):
        with sessions.begin() as session:
            return sign_in(session, f"{number}@x.example", PASSWORD, "000000", means=means, origin=Origin("192.0.2.7"))

    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(guess, range(200)))

    # one more may have drained for every ten seconds that the test took
    assert 30 <= answers.count(Refused()) <= 33


def test_one_code_sent_many_times_at_once_signs_in_once(sessions):
    with sessions.begin() as session:
        karin = a_person(session)
    with sessions.begin() as session:
        code = pyotp.TOTP(karin.secret).at(clock.now(session))

    answers = guesses(sessions, [code] * 40)

    assert len([answer for answer in answers if isinstance(answer, SignedIn)]) == 1


def test_a_guess_that_is_rolled_back_still_counts(sessions):
    means = Means(begin=sessions.begin, sealer=SEALER, throttle_key=THROTTLE_KEY)
    answers = []
    for _ in range(6):
        with sessions() as session:
            session.begin()
            answers.append(sign_in(session, "karin", PASSWORD, "000000", means=means, origin=Origin("192.0.2.7")))
            session.rollback()

    assert answers[:5] == [Refused()] * 5
    assert isinstance(answers[5], Wait)


def test_the_throttle_needs_one_connection_at_a_time(sessions, fresh_database):
    fresh_database.engine.dispose()
    means = Means(begin=sessions.begin, sealer=SEALER, throttle_key=THROTTLE_KEY)
    taken = []

    class Watched:
        """Begins the short transaction, and sees whether the request's own has a connection yet."""

        def __call__(self):
            taken.append(fresh_database.engine.pool.checkedout())
            return means.begin()

    watched = Means(begin=Watched(), sealer=SEALER, throttle_key=THROTTLE_KEY)
    with sessions.begin() as session:
        sign_in(session, "a", "b", "c", means=watched, origin=Origin("192.0.2.7"))

    assert taken == [0]
