"""From a link to an account of one's own, once, within a day."""

import pyotp
import pytest
from sqlalchemy import text

from audit.events import SYSTEM_LOG, Who
from audit.log import collected_events
from auth import accounts, sessions
from auth.enrolment import (
    Enrolment,
    LinkClosed,
    LinkHolder,
    begin_enrolment,
    begun_enrolment,
    finish_enrolment,
    holder_of,
)
from auth.events import SignInEvent
from auth.models import EndReason
from auth.outcomes import Refused, SignedIn
from auth.passwords import Weakness, verify
from auth.sessions import why_ended
from auth.sign_in import Origin, sign_in
from tests.auth.make import COMMAND_LINE, PASSWORD, SEALER, T0, a_person, a_user, means_of, minutes


def a_link(session, user, at=T0):
    return accounts.one_time_link(session, COMMAND_LINE, user.id, now=at)


def begin(session, token, password=PASSWORD, at=T0):
    begun = begin_enrolment(session, token, password, sealer=SEALER, now=at)
    assert isinstance(begun, Enrolment)
    return begun


def finish(session, token, secret, at=T0):
    return finish_enrolment(session, token, pyotp.TOTP(secret).at(at), sealer=SEALER, now=at)


def test_a_link_says_whom_it_is_for(session):
    token = a_link(session, a_user(session))

    assert holder_of(session, token, now=T0) == LinkHolder("Karin Ek", "karin@kommun.example")


def test_a_link_gives_a_password_and_a_second_factor(session):
    user = a_user(session)
    token = a_link(session, user)

    begun = begin(session, token)

    assert user.password_hash is None
    assert finish(session, token, begun.secret)
    assert user.password_hash is not None
    assert verify(user.password_hash, PASSWORD)
    assert pyotp.parse_uri(begun.uri).secret == begun.secret


def test_both_are_on_the_systems_record(session):
    user = a_user(session)
    token = a_link(session, user)

    finish(session, token, begin(session, token).secret)

    password, totp = collected_events(session)[-2:]
    assert (password.log, password.tag) == (SYSTEM_LOG, SignInEvent.PASSWORD_SET)
    assert (totp.log, totp.tag) == (SYSTEM_LOG, SignInEvent.TOTP_ENROLLED)
    assert password.who == totp.who == Who(user_id=user.id)


def test_a_link_is_good_once(session):
    token = a_link(session, a_user(session))
    secret = begin(session, token).secret
    finish(session, token, secret)

    with pytest.raises(LinkClosed):
        holder_of(session, token, now=T0)
    with pytest.raises(LinkClosed):
        begin_enrolment(session, token, "ett annat långt lösenord", sealer=SEALER, now=T0)
    with pytest.raises(LinkClosed):
        finish(session, token, secret)


def test_a_link_is_good_for_a_day(session):
    token = a_link(session, a_user(session))
    day = minutes(24 * 60)

    assert holder_of(session, token, now=T0 + day - minutes(1))
    with pytest.raises(LinkClosed):
        holder_of(session, token, now=T0 + day)


def test_a_new_link_closes_the_one_before(session):
    user = a_user(session)
    first = a_link(session, user)
    begin(session, first)

    second = a_link(session, user)

    with pytest.raises(LinkClosed):
        begun_enrolment(session, first, sealer=SEALER, now=T0)
    assert holder_of(session, second, now=T0)


def test_a_link_to_a_disabled_account_is_closed(session):
    user = a_user(session)
    token = a_link(session, user)

    accounts.disable_user(session, COMMAND_LINE, user.id, now=T0)

    with pytest.raises(LinkClosed):
        holder_of(session, token, now=T0)


@pytest.mark.parametrize("token", ["", "x" * 43, "\0"])
def test_a_link_nobody_was_given_is_closed(session, token):
    with pytest.raises(LinkClosed):
        holder_of(session, token)


def test_a_poor_password_is_refused_with_its_reason_and_nothing_is_kept(session):
    token = a_link(session, a_user(session))

    assert begin_enrolment(session, token, "Karin@Kommun.Example", sealer=SEALER, now=T0) is Weakness.OBVIOUS
    assert begin_enrolment(session, token, "kort", sealer=SEALER, now=T0) is Weakness.TOO_SHORT
    assert begun_enrolment(session, token, sealer=SEALER, now=T0) is None
    assert finish_enrolment(session, token, "000000", sealer=SEALER, now=T0) is False


def test_a_wrong_code_changes_nothing_and_shows_the_same_seed_again(session):
    user = a_user(session)
    token = a_link(session, user)
    begun = begin(session, token)

    assert finish_enrolment(session, token, "000", sealer=SEALER, now=T0) is False

    assert user.password_hash is None
    assert begun_enrolment(session, token, sealer=SEALER, now=T0) == begun
    assert finish(session, token, begun.secret)


def test_the_first_step_can_be_taken_again(session):
    user = a_user(session)
    token = a_link(session, user)
    first = begin(session, token)

    second = begin(session, token, "ett annat långt lösenord")

    assert second == first
    finish(session, token, second.secret)
    assert user.password_hash is not None
    assert verify(user.password_hash, "ett annat långt lösenord")
    assert not verify(user.password_hash, PASSWORD)


def test_a_reset_takes_the_old_password_and_seed_away_at_once(session):
    karin = a_person(session)

    a_link(session, karin.user, at=T0)

    outcome = sign_in(
        session,
        karin.user.email,
        PASSWORD,
        karin.code(T0),
        means=means_of(session),
        origin=Origin("192.0.2.7"),
        now=T0,
    )
    assert outcome == Refused()


def test_a_reset_account_opens_nothing_until_it_is_confirmed_again(session):
    karin = a_person(session)
    token = a_link(session, karin.user)
    secret = begin(session, token).secret
    finish(session, token, secret)
    later = T0 + minutes(1)

    def outcome(at):
        code = pyotp.TOTP(secret).at(at)
        return sign_in(
            session, karin.user.email, PASSWORD, code, means=means_of(session), origin=Origin("192.0.2.7"), now=at
        )

    assert not isinstance(outcome(later), SignedIn)
    accounts.confirm_user(session, COMMAND_LINE, karin.user.id, now=later)
    assert isinstance(outcome(later + minutes(1)), SignedIn)


def test_sessions_begun_in_the_meantime_end_with_the_new_password(session):
    karin = a_person(session)
    link = a_link(session, karin.user)
    secret = begin(session, link).secret
    token = sessions.start(session, karin.user.id, karin.assignment.id, now=T0).token

    finish(session, link, secret)

    assert why_ended(session, token, now=T0) is EndReason.CREDENTIALS_CHANGED


def test_neither_token_password_nor_seed_is_readable_in_the_database(session):
    token = a_link(session, a_user(session))
    begun = begin(session, token)
    session.flush()

    row = session.execute(text("SELECT l::text FROM one_time_link l")).scalar_one()

    for hidden in (token, PASSWORD, begun.secret):
        assert hidden not in row
        assert hidden.encode().hex() not in row


def test_what_is_shown_once_is_not_shown_by_accident(session):
    token = a_link(session, a_user(session))

    begun = begin(session, token)

    assert begun.secret not in repr(begun)


def test_a_seed_moved_to_somebody_else_does_not_open(session):
    karin = a_person(session)
    olle = a_person(session, email="olle@kommun.example")
    olle.user.totp_secret = karin.user.totp_secret

    with pytest.raises(ValueError, match="another context"):
        sign_in(
            session,
            olle.user.email,
            PASSWORD,
            karin.code(T0),
            means=means_of(session),
            origin=Origin("192.0.2.7"),
            now=T0,
        )
