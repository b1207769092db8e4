"""Whose session has just run out, for keeping what they had typed: the clock's doing, lately, and nobody else's."""

from datetime import timedelta

import pytest

from auth import own_sessions
from auth.returning import who_was
from auth.sessions import start_choice
from tests.auth.make import T0, actor_of, minutes, signed_in, somebody

LATER = T0 + minutes(20)


@pytest.fixture
def karin(session):
    return somebody(session)


def test_whoever_was_idle_is_known_and_opens_nothing(session, karin):
    token, actor = signed_in(session, *karin)

    assert who_was(session, token, now=LATER) == actor
    assert actor_of(session, token, now=LATER) is None


def test_so_is_whoever_was_signed_in_for_too_long(session, karin):
    token, actor = signed_in(session, *karin)

    assert who_was(session, token, now=T0 + timedelta(hours=9)) == actor


def test_a_session_that_lives_has_not_run_out(session, karin):
    token, _ = signed_in(session, *karin)

    assert who_was(session, token, now=T0 + minutes(5)) is None


def test_after_a_day_nobody_is_known(session, karin):
    token, _ = signed_in(session, *karin)

    assert who_was(session, token, now=T0 + timedelta(hours=24, minutes=16)) is None


def test_a_session_that_somebody_ended_is_nobodys(session, karin):
    token, actor = signed_in(session, *karin)
    own_sessions.sign_out(session, actor, now=T0)

    assert who_was(session, token, now=LATER) is None


@pytest.mark.parametrize("undone", ["disabled", "unconfirmed", "over"])
def test_nor_is_one_of_an_account_that_could_not_go_on(session, karin, undone):
    user, assignment = karin
    token, _ = signed_in(session, user, assignment)
    match undone:
        case "disabled":
            user.disabled_at = T0
        case "unconfirmed":
            user.confirmed_at = None
        case "over":
            assignment.ends_at = T0
    session.flush()

    assert who_was(session, token, now=LATER) is None


def test_nobody_is_known_by_a_token_that_never_was_or_chose_nothing(session, karin):
    user, _ = karin
    token = start_choice(session, user, now=T0)

    assert who_was(session, token, now=LATER) is None
    assert who_was(session, "x" * 43, now=LATER) is None
