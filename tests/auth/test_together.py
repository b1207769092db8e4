"""Several at once, each on a connection of its own: no invariant rests on who came first."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pyotp

from auth import accounts, clock, enrolment, own_sessions, queries
from auth import sessions as auth_sessions
from auth.decisions import NotPermitted
from auth.models import User
from auth.permissions import Role
from auth.sessions import visit_of
from tests.auth.make import COMMAND_LINE, ORGANISATION, PASSWORD, SEALER, a_user, actor_of, somebody


def at_once(times, do):
    """Do it on as many threads at the same moment; their answers, or what they raised."""
    ready = threading.Barrier(times)

    def run(number):
        ready.wait()
        try:
            return do(number)
        except (NotPermitted, enrolment.LinkClosed) as raised:
            return raised

    with ThreadPoolExecutor(times) as pool:
        return list(pool.map(run, range(times)))


def test_however_many_sign_in_at_once_two_sessions_live(sessions):
    with sessions.begin() as session:
        user, assignment = somebody(session)

    def start(_):
        with sessions.begin() as session:
            return auth_sessions.start(session, user.id, assignment.id).token

    tokens = at_once(8, start)

    with sessions.begin() as session:
        assert len([token for token in tokens if actor_of(session, token)]) == 2


def test_roles_given_at_once_exclude_each_other_too(sessions):
    with sessions.begin() as session:
        user = a_user(session)

    def give(number):
        role = [Role.COORDINATOR, Role.AUDITOR, Role.ADMINISTRATOR][number % 3]
        with sessions.begin() as session:
            accounts.give_assignment(session, COMMAND_LINE, user.id, organisation_id=ORGANISATION, role=role)

    answers = at_once(6, give)

    with sessions.begin() as session:
        held = {each.role for each in queries.list_assignments(session, user.id)}
    assert len(held) == 1
    assert len([answer for answer in answers if isinstance(answer, NotPermitted)]) == 4


def test_a_link_followed_twice_at_once_is_used_once(sessions):
    with sessions.begin() as session:
        token = accounts.one_time_link(session, COMMAND_LINE, a_user(session).id)
    with sessions.begin() as session:
        begun = enrolment.begin_enrolment(session, token, PASSWORD, sealer=SEALER)
        code = pyotp.TOTP(begun.secret).at(clock.now(session))

    def finish(_):
        with sessions.begin() as session:
            return enrolment.finish_enrolment(session, token, code, sealer=SEALER)

    answers = at_once(6, finish)

    assert answers.count(True) == 1
    assert len([answer for answer in answers if isinstance(answer, enrolment.LinkClosed)]) == 5


def test_a_session_ended_on_one_connection_is_over_on_the_next(sessions):
    with sessions.begin() as session:
        user, assignment = somebody(session)
        token = auth_sessions.start(session, user.id, assignment.id).token
    with sessions.begin() as session:
        visit = visit_of(session, token)
        assert visit is not None

    with sessions.begin() as session:
        own_sessions.sign_out(session, visit.actor)

    with sessions.begin() as session:
        assert actor_of(session, token) is None
        assert session.get(User, user.id) is not None
