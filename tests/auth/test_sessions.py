"""A session lives as long as it is used, at most a working day, and ends at the next request after it is ended."""

from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import text

from audit.events import SYSTEM_LOG
from audit.log import collected_events
from auth import accounts, own_sessions, sessions
from auth.events import SignInEvent
from auth.models import EndReason, UserSession
from auth.permissions import Role
from auth.sessions import extend_idle, touch, visit_of, why_ended
from tests.auth.make import (
    COMMAND_LINE,
    MUNICIPALITY,
    ORGANISATION,
    T0,
    Statements,
    a_user,
    actor_of,
    an_assignment,
    minutes,
    signed_in,
    somebody,
)

SECOND = timedelta(seconds=1)


def last_event(session):
    return collected_events(session)[-1]


def test_a_token_stands_for_a_person_in_a_role(session):
    user, assignment = somebody(session, Role.CONTACT)

    _, actor = signed_in(session, user, assignment)

    assert (actor.user_id, actor.name) == (user.id, "Karin Ek")
    assert (actor.assignment_id, actor.role) == (assignment.id, Role.CONTACT)
    assert (actor.organisation_id, actor.municipality_id) == (ORGANISATION, MUNICIPALITY)


def test_a_sign_in_is_on_the_systems_record(session):
    user, assignment = somebody(session)

    _, actor = signed_in(session, user, assignment)

    event = last_event(session)
    assert (event.log, event.tag, event.who) == (SYSTEM_LOG, SignInEvent.SIGNED_IN, actor.who)
    assert event.facts == {"method": "none"}


def test_the_token_is_not_in_the_database(session):
    token, _ = signed_in(session, *somebody(session))

    rows = session.execute(text("SELECT s::text FROM session s")).scalars().all()

    assert rows
    assert not any(token in row or token.encode().hex() in row for row in rows)


def test_every_sign_in_has_a_token_of_its_own(session):
    user, assignment = somebody(session)

    first, _ = signed_in(session, user, assignment)
    second, _ = signed_in(session, user, assignment)

    assert first != second
    assert len(first) == 43


@pytest.mark.parametrize("token", ["", "x" * 43, "\0", "half a pair \ud800", "'; DROP TABLE session; --"])
def test_a_token_nobody_was_given_opens_nothing(session, token):
    assert actor_of(session, token, now=T0) is None
    assert why_ended(session, token, now=T0) is None


def test_the_time_is_the_databases_own_unless_told(session):
    user, assignment = somebody(session)

    token = sessions.start(session, user.id, assignment.id).token

    assert actor_of(session, token) is not None
    assert why_ended(session, token) is None


def test_fifteen_minutes_without_use_end_it(session):
    token, _ = signed_in(session, *somebody(session))

    assert actor_of(session, token, now=T0 + minutes(15) - SECOND)
    assert actor_of(session, token, now=T0 + minutes(15)) is None
    assert why_ended(session, token, now=T0 + minutes(15)) is EndReason.IDLE


def test_use_prolongs_it(session):
    token, actor = signed_in(session, *somebody(session))

    touch(session, actor.session_id, now=T0 + minutes(10))

    assert actor_of(session, token, now=T0 + minutes(25) - SECOND)
    assert actor_of(session, token, now=T0 + minutes(25)) is None


def test_eight_hours_end_it_however_much_it_is_used(session):
    token, actor = signed_in(session, *somebody(session))
    for ten in range(1, 48):
        touch(session, actor.session_id, now=T0 + minutes(10 * ten))
        extend_idle(session, actor.session_id, now=T0 + minutes(10 * ten))

    assert actor_of(session, token, now=T0 + minutes(480) - SECOND)
    assert actor_of(session, token, now=T0 + minutes(480)) is None
    assert why_ended(session, token, now=T0 + minutes(480)) is EndReason.TOO_OLD


def test_a_meeting_may_rest_for_an_hour(session):
    token, actor = signed_in(session, *somebody(session))

    extend_idle(session, actor.session_id, now=T0 + minutes(10))

    assert actor_of(session, token, now=T0 + minutes(70) - SECOND)
    assert actor_of(session, token, now=T0 + minutes(70)) is None


def test_the_hour_counts_from_the_last_use_of_the_meeting(session):
    token, actor = signed_in(session, *somebody(session))
    extend_idle(session, actor.session_id, now=T0)

    touch(session, actor.session_id, now=T0 + minutes(30))

    assert actor_of(session, token, now=T0 + minutes(60) - SECOND)
    assert actor_of(session, token, now=T0 + minutes(60)) is None


def test_after_the_meeting_it_is_fifteen_minutes_again(session):
    token, actor = signed_in(session, *somebody(session))
    extend_idle(session, actor.session_id, now=T0)

    touch(session, actor.session_id, now=T0 + minutes(59))

    assert actor_of(session, token, now=T0 + minutes(74) - SECOND)
    assert actor_of(session, token, now=T0 + minutes(74)) is None


def test_use_is_written_at_most_once_a_minute(session):
    token, actor = signed_in(session, *somebody(session))

    touch(session, actor.session_id, now=T0 + minutes(1) - SECOND)
    early = visit_of(session, token, now=T0 + minutes(1) - SECOND)
    due = visit_of(session, token, now=T0 + minutes(1))

    assert early is not None
    assert due is not None
    assert (early.touch_is_due, early.idle_at) == (False, T0 + minutes(15))
    assert due.touch_is_due


def test_so_is_the_use_of_a_meeting(session):
    token, actor = signed_in(session, *somebody(session))
    extend_idle(session, actor.session_id, now=T0)

    extend_idle(session, actor.session_id, now=T0 + minutes(1) - SECOND)
    visit = visit_of(session, token, now=T0 + minutes(1))

    assert visit is not None
    assert visit.idle_at == T0 + minutes(60)
    assert visit.too_old_at == T0 + minutes(480)


def test_a_request_costs_one_statement(session):
    token, _ = signed_in(session, *somebody(session))
    session.flush()

    with Statements(session) as sent:
        actor_of(session, token)

    assert len(sent.texts) == 1


def test_an_ended_session_is_over_at_its_next_request(session):
    user, assignment = somebody(session)
    stolen, _ = signed_in(session, user, assignment)
    _, owner = signed_in(session, user, assignment)
    at = T0 + minutes(1)
    [theirs] = [each for each in own_sessions.list_own(session, owner, now=at) if not each.is_current]

    assert own_sessions.end_own(session, owner, theirs.session_id, now=at)

    assert actor_of(session, stolen, now=at) is None
    assert why_ended(session, stolen, now=at) is EndReason.ENDED_BY_OWNER
    assert last_event(session).who == owner.who
    assert last_event(session).facts == {"session": str(theirs.session_id), "because": "ended_by_owner"}


def test_an_ended_session_cannot_be_touched_back_to_life(session):
    token, actor = signed_in(session, *somebody(session))
    own_sessions.sign_out(session, actor, now=T0)

    touch(session, actor.session_id, now=T0 + minutes(2))
    extend_idle(session, actor.session_id, now=T0 + minutes(2))

    assert actor_of(session, token, now=T0 + minutes(2)) is None


def test_signing_out_ends_the_session_that_asks_and_no_other(session):
    user, assignment = somebody(session)
    phone, _ = signed_in(session, user, assignment)
    desk, at_desk = signed_in(session, user, assignment)

    own_sessions.sign_out(session, at_desk, now=T0)

    assert why_ended(session, desk, now=T0) is EndReason.SIGNED_OUT
    assert actor_of(session, phone, now=T0)
    assert last_event(session).tag is SignInEvent.SIGNED_OUT


def test_signing_out_twice_is_recorded_once(session):
    _, actor = signed_in(session, *somebody(session))

    own_sessions.sign_out(session, actor)
    own_sessions.sign_out(session, actor)

    assert [event.tag for event in collected_events(session)].count(SignInEvent.SIGNED_OUT) == 1


def test_one_sees_ones_own_sessions_that_live_and_no_others(session):
    user, assignment = somebody(session)
    other, others = somebody(session, email="olle@kommun.example", name="Olle Ström")
    signed_in(session, other, others)
    signed_in(session, user, assignment, at=T0 - minutes(20))
    _, actor = signed_in(session, user, assignment)

    [only] = own_sessions.list_own(session, actor, now=T0 + minutes(1))

    assert (only.session_id, only.device, only.is_current) == (actor.session_id, "Firefox", True)
    assert (only.created_at, only.last_seen_at) == (T0, T0)


def test_nobody_ends_somebody_elses_session(session):
    _, stranger = signed_in(session, *somebody(session, email="olle@kommun.example"))
    token, actor = signed_in(session, *somebody(session))

    assert not own_sessions.end_own(session, stranger, actor.session_id)
    assert not own_sessions.end_own(session, stranger, uuid4())
    assert actor_of(session, token, now=T0)


def test_the_third_session_ends_the_oldest_and_says_so(session):
    user, assignment = somebody(session)
    oldest, first = signed_in(session, user, assignment, at=T0)
    older, _ = signed_in(session, user, assignment, at=T0 + minutes(1))

    started = sessions.start(session, user.id, assignment.id, now=T0 + minutes(2))

    at = T0 + minutes(3)
    assert started.replaced == (first.session_id,)
    assert why_ended(session, oldest, now=at) is EndReason.REPLACED
    assert actor_of(session, older, now=at)
    assert actor_of(session, started.token, now=at)
    assert [event.facts.get("because") for event in collected_events(session)].count("replaced") == 1


def test_sessions_that_are_over_take_no_room(session):
    user, assignment = somebody(session)
    signed_in(session, user, assignment, at=T0)
    signed_in(session, user, assignment, at=T0)

    started = sessions.start(session, user.id, assignment.id, now=T0 + minutes(16))

    assert started.replaced == ()


def test_a_disabled_accounts_sessions_are_over(session):
    user, assignment = somebody(session)
    token, _ = signed_in(session, user, assignment)

    accounts.disable_user(session, COMMAND_LINE, user.id, now=T0)

    assert actor_of(session, token, now=T0) is None
    assert why_ended(session, token, now=T0) is EndReason.ACCOUNT_DISABLED


def test_a_session_of_a_disabled_account_would_open_nothing_even_if_one_were_left(session):
    user, assignment = somebody(session)
    accounts.disable_user(session, COMMAND_LINE, user.id, now=T0)

    token = sessions.start(session, user.id, assignment.id, now=T0).token

    assert actor_of(session, token, now=T0) is None
    assert why_ended(session, token, now=T0) is EndReason.ACCOUNT_DISABLED


def test_an_account_nobody_has_confirmed_opens_nothing(session):
    user = a_user(session)
    assignment = an_assignment(session, user)

    token = sessions.start(session, user.id, assignment.id, now=T0).token

    assert actor_of(session, token, now=T0) is None
    assert why_ended(session, token, now=T0) is EndReason.UNCONFIRMED


def test_a_new_role_waits_for_confirmation_and_so_does_all_else(session):
    user, assignment = somebody(session)
    token, _ = signed_in(session, user, assignment)

    an_assignment(session, user, Role.CONTACT, organisation_id=uuid4())

    assert actor_of(session, token, now=T0) is None
    accounts.confirm_user(session, COMMAND_LINE, user.id, now=T0)
    assert actor_of(session, token, now=T0)


def test_a_reset_ends_the_sessions(session):
    user, assignment = somebody(session)
    token, _ = signed_in(session, user, assignment)

    accounts.one_time_link(session, COMMAND_LINE, user.id, now=T0)

    assert why_ended(session, token, now=T0) is EndReason.CREDENTIALS_CHANGED


def test_a_role_that_has_ended_is_honoured_at_once(session):
    user, assignment = somebody(session)
    token, _ = signed_in(session, user, assignment)

    accounts.end_assignment(session, COMMAND_LINE, assignment.id, now=T0 + minutes(1))

    assert actor_of(session, token, now=T0 + minutes(1)) is None
    assert why_ended(session, token, now=T0 + minutes(1)) is EndReason.ASSIGNMENT_OVER


def test_a_role_is_held_from_and_until(session):
    user = a_user(session)
    assignment = an_assignment(session, user, starts_at=T0 + minutes(5), ends_at=T0 + minutes(10))
    accounts.confirm_user(session, COMMAND_LINE, user.id)

    token = sessions.start(session, user.id, assignment.id, now=T0).token

    assert actor_of(session, token, now=T0 + minutes(5) - SECOND) is None
    assert actor_of(session, token, now=T0 + minutes(5))
    assert actor_of(session, token, now=T0 + minutes(10)) is None


def test_nobody_signs_in_with_somebody_elses_role(session):
    user, _ = somebody(session)
    _, others = somebody(session, email="olle@kommun.example")

    with pytest.raises(LookupError):
        sessions.start(session, user.id, others.id)


def test_a_device_is_a_short_plain_label(session):
    user, assignment = somebody(session)

    started = sessions.start(session, user.id, assignment.id, device="Fire\0fox\r\n" + "x" * 500)

    row = session.get(UserSession, started.session_id)
    assert row is not None
    assert row.device == "Firefox" + "x" * 73


def test_a_browser_that_signs_in_anew_leaves_its_old_session_behind(session):
    user, assignment = somebody(session)
    token, _ = signed_in(session, user, assignment)

    sessions.end_previous(session, token, now=T0)
    sessions.end_previous(session, token, now=T0 + minutes(1))
    sessions.end_previous(session, "unknown", now=T0)

    assert why_ended(session, token, now=T0) is EndReason.RENEWED
    assert [event.facts.get("because") for event in collected_events(session)].count("renewed") == 1


def test_a_token_is_not_shown_by_accident(session):
    user, assignment = somebody(session)

    started = sessions.start(session, user.id, assignment.id)

    assert started.token not in repr(started)


def test_one_goes_on_in_another_of_ones_assignments_without_signing_in(session):
    user, at_school = somebody(session, Role.CONTACT)
    at_leisure = an_assignment(session, user, Role.CONTACT, organisation_id=uuid4())
    accounts.confirm_user(session, COMMAND_LINE, user.id)
    token, actor = signed_in(session, user, at_school)

    after = own_sessions.change_assignment(session, actor, at_leisure.id, now=T0 + minutes(10))

    assert actor_of(session, after, now=T0 + minutes(10)).assignment_id == at_leisure.id
    assert why_ended(session, token, now=T0 + minutes(10)) is EndReason.RENEWED
    assert last_event(session).facts == {"method": "own_session"}


def test_changing_keeps_nobody_signed_in_for_longer(session):
    user, at_school = somebody(session, Role.CONTACT)
    at_leisure = an_assignment(session, user, Role.CONTACT, organisation_id=uuid4())
    accounts.confirm_user(session, COMMAND_LINE, user.id)
    _, actor = signed_in(session, user, at_school)

    after = own_sessions.change_assignment(session, actor, at_leisure.id, now=T0 + minutes(14))

    visit = visit_of(session, after, now=T0 + minutes(14))
    assert visit.too_old_at == T0 + timedelta(hours=8)
    assert visit.idle_at == T0 + minutes(14 + 15)


def test_changing_ends_no_other_session(session):
    user, at_school = somebody(session, Role.CONTACT)
    at_leisure = an_assignment(session, user, Role.CONTACT, organisation_id=uuid4())
    accounts.confirm_user(session, COMMAND_LINE, user.id)
    phone, _ = signed_in(session, user, at_school)
    _, desk = signed_in(session, user, at_school)

    own_sessions.change_assignment(session, desk, at_leisure.id, now=T0)

    assert actor_of(session, phone, now=T0) is not None


def test_nobody_changes_to_what_is_over_not_begun_or_somebody_elses(session):
    user, assignment = somebody(session, Role.CONTACT)
    later = an_assignment(session, user, Role.CONTACT, organisation_id=uuid4(), starts_at=T0 + minutes(5))
    over = an_assignment(
        session, user, Role.CONTACT, organisation_id=uuid4(), starts_at=T0 - minutes(5), ends_at=T0 - minutes(1)
    )
    accounts.confirm_user(session, COMMAND_LINE, user.id)
    _, theirs = somebody(session, Role.CONTACT, email="annan@kommun.example")
    token, actor = signed_in(session, user, assignment)

    for each in (later, over, theirs):
        assert own_sessions.change_assignment(session, actor, each.id, now=T0) is None
    assert actor_of(session, token, now=T0) is not None
