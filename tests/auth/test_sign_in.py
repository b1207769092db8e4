"""Name, password and code; one answer for all that is wrong, and the same work for names nobody has."""

import re
from dataclasses import replace
from uuid import uuid4

import pyotp
import pytest
from argon2 import PasswordHasher
from sqlalchemy import text

from audit.events import SYSTEM_LOG, Who
from audit.log import collected_events
from auth import accounts
from auth.events import SignInEvent
from auth.models import EndReason
from auth.outcomes import ChooseAssignment, Hindrance, NotOpen, Refused, SignedIn, Wait
from auth.permissions import Role
from auth.policy import WhoConfirms
from auth.sessions import visit_of, why_ended
from auth.sign_in import Origin, choose_assignment, sign_in, waits_for
from tests.auth.make import (
    COMMAND_LINE,
    PASSWORD,
    SEALER,
    T0,
    OpenSealer,
    Statements,
    a_person,
    a_user,
    actor_of,
    an_assignment,
    confirmed,
    enrol,
    means_of,
    minutes,
    signed_in,
)

HOME = Origin("192.0.2.7", "Firefox")
WRONG = "fel häst, fel färg"


def attempt(session, name="karin@kommun.example", password=PASSWORD, code="000000", *, origin=HOME, at=T0):
    return sign_in(session, name, password, code, means=means_of(session), origin=origin, now=at)


def last_event(session):
    return collected_events(session)[-1]


def test_name_password_and_code_sign_one_in(session):
    karin = a_person(session)

    outcome = attempt(session, code=karin.code(T0))

    assert isinstance(outcome, SignedIn)
    actor = actor_of(session, outcome.token, now=T0)
    assert actor is not None
    assert (actor.user_id, actor.session_id) == (karin.user.id, outcome.session_id)
    assert last_event(session).tag is SignInEvent.SIGNED_IN
    assert last_event(session).facts == {"method": "password_and_code"}
    assert outcome.token not in repr(outcome)


def test_the_name_may_be_typed_with_capitals_and_blanks(session):
    karin = a_person(session)

    assert isinstance(attempt(session, " Karin@Kommun.Example ", code=karin.code(T0)), SignedIn)


def test_the_wrong_password_is_refused(session):
    karin = a_person(session)

    assert attempt(session, password=WRONG, code=karin.code(T0)) == Refused()


def test_the_wrong_code_is_refused(session):
    karin = a_person(session)
    wrong = pyotp.TOTP(karin.secret).at(T0 - minutes(5))

    assert attempt(session, code=wrong) == Refused()


@pytest.mark.parametrize("typed", ["", "nobody@kommun.example", "karin", "\0", "\ud800", "x" * 10_000, "' OR 1=1 --"])
def test_a_name_nobody_has_is_refused_alike(session, typed):
    a_person(session)

    assert attempt(session, typed) == Refused()


def test_a_code_signs_in_once(session):
    karin = a_person(session)
    code = karin.code(T0)
    attempt(session, code=code)

    assert attempt(session, code=code) == Refused()
    assert isinstance(attempt(session, code=karin.code(T0 + minutes(1)), at=T0 + minutes(1)), SignedIn)


def test_a_code_refused_for_the_password_is_still_good(session):
    karin = a_person(session)
    attempt(session, password=WRONG, code=karin.code(T0))

    assert isinstance(attempt(session, code=karin.code(T0)), SignedIn)


@pytest.mark.parametrize(
    "meanwhile",
    [
        "totp_last_step = 9999999999",
        "disabled_at = now()",
        "password_hash = 'reset'",
        "password_hash = NULL, totp_secret = NULL",
    ],
)
def test_what_happens_to_the_account_while_the_password_is_verified_counts(session, meanwhile):
    karin = a_person(session)

    class SlowSealer(OpenSealer):
        """Something happens on another connection while the seed is opened."""

        def open(self, sealed, context):
            session.execute(text(f'UPDATE "user" SET {meanwhile}'))
            return super().open(sealed, context)

    means = replace(means_of(session), sealer=SlowSealer())

    assert sign_in(session, karin.user.email, PASSWORD, karin.code(T0), means=means, origin=HOME, now=T0) == Refused()


def test_the_code_used_at_enrolment_does_not_sign_in(session):
    user = a_user(session)
    an_assignment(session, user)
    secret = enrol(session, user)
    confirmed(session, user)

    assert attempt(session, code=pyotp.TOTP(secret).at(T0 - minutes(55)), at=T0 - minutes(55)) == Refused()


def test_an_account_without_password_is_like_none(session):
    user = a_user(session)
    an_assignment(session, user)
    confirmed(session, user)

    assert attempt(session, password="") == Refused()


def test_a_disabled_account_is_like_none(session):
    karin = a_person(session)
    accounts.disable_user(session, COMMAND_LINE, karin.user.id, now=T0)

    assert attempt(session, code=karin.code(T0)) == Refused()


def test_a_refusal_is_on_record_without_what_was_typed(session):
    karin = a_person(session)
    attempt(session, "hemligt lösenord i fel ruta", WRONG, "123456")
    unknown = last_event(session)
    attempt(session, password=WRONG, code="123456")
    known = last_event(session)

    assert (unknown.log, unknown.tag, unknown.who) == (SYSTEM_LOG, SignInEvent.REFUSED, Who())
    assert (known.log, known.tag, known.who) == (SYSTEM_LOG, SignInEvent.REFUSED, Who(user_id=karin.user.id))
    assert unknown.facts == known.facts == {"next_in": 0}


def test_what_was_typed_is_stored_nowhere(session):
    a_person(session)

    attempt(session, "hemligt", WRONG, "123456")
    attempt(session, "hemligt", WRONG, "123456")

    stored = ""
    for table in ("throttle", "session", '"user"', "one_time_link"):
        stored += str(session.execute(text(f"SELECT t::text FROM {table} t")).scalars().all())
    stored += repr(collected_events(session))
    for typed in ("hemligt", WRONG, "123456"):
        assert typed not in stored
        assert typed.encode().hex() not in stored


def test_known_and_unknown_names_take_the_same_work(session, verifications):
    karin = a_person(session)
    gone = a_person(session, email="gone@kommun.example")
    accounts.disable_user(session, COMMAND_LINE, gone.user.id, now=T0)
    a_user(session, email="new@kommun.example")
    session.flush()
    work = {}
    for name, password in [
        ("nobody@kommun.example", PASSWORD),
        ("karin@kommun.example", WRONG),
        ("karin@kommun.example", PASSWORD),  # and the wrong code
        ("gone@kommun.example", PASSWORD),
        ("new@kommun.example", PASSWORD),
    ]:
        verified, opened, recorded = len(verifications), SEALER.opened, len(collected_events(session))
        with Statements(session) as sent:
            assert attempt(session, name, password, "000000") == Refused()
        statements = [sent_text for sent_text in sent.texts if "SAVEPOINT" not in sent_text]
        work[name, password] = (
            statements,
            len(verifications) - verified,
            SEALER.opened - opened,
            len(collected_events(session)) - recorded,
        )

    first, *others = work.values()
    assert first[1:] == (1, 1, 1)
    assert others == [first] * 4
    # all verified at the same cost
    assert len({hash_.rsplit("$", 2)[0] for hash_ in verifications}) == 1
    assert karin.user.disabled_at is None


def test_known_and_unknown_names_wait_alike(session):
    a_person(session)

    def answers(name):
        return [attempt(session, name, WRONG, origin=Origin(f"{name}, not an address")) for _ in range(8)]

    assert answers("karin@kommun.example") == answers("nobody@kommun.example") == [Refused()] * 5 + [Wait(30)] * 3


def test_while_waiting_nothing_is_tried(session, verifications):
    karin = a_person(session)
    for _ in range(5):
        attempt(session, password=WRONG)
    verifications.clear()

    assert attempt(session, code=karin.code(T0)) == Wait(30)
    assert verifications == []
    assert last_event(session).facts == {"next_in": 30}


def test_whoever_waits_is_let_in(session):
    karin = a_person(session)
    for _ in range(5):
        attempt(session, password=WRONG)

    later = T0 + minutes(0.5)

    assert isinstance(attempt(session, code=karin.code(later), at=later), SignedIn)
    assert attempt(session, password=WRONG, at=later) == Refused()


def test_signing_in_leaves_no_trace_of_a_session_given_in_advance(session):
    karin = a_person(session)
    planted, _ = signed_in(session, karin.user, karin.assignment)

    outcome = attempt(session, code=karin.code(T0), origin=Origin("192.0.2.7", token=planted))

    assert isinstance(outcome, SignedIn)
    assert outcome.token != planted
    assert actor_of(session, planted, now=T0) is None
    assert why_ended(session, planted, now=T0) is EndReason.RENEWED


def test_a_token_the_browser_made_up_is_never_taken_over(session):
    karin = a_person(session)

    outcome = attempt(session, code=karin.code(T0), origin=Origin("192.0.2.7", token="made up"))

    assert isinstance(outcome, SignedIn)
    assert outcome.token != "made up"
    assert actor_of(session, "made up", now=T0) is None


def test_a_third_sign_in_says_which_session_had_to_go(session):
    karin = a_person(session)
    oldest, first = signed_in(session, karin.user, karin.assignment, at=T0 - minutes(2))
    signed_in(session, karin.user, karin.assignment, at=T0 - minutes(1))

    outcome = attempt(session, code=karin.code(T0))

    assert isinstance(outcome, SignedIn)
    assert outcome.replaced == (first.session_id,)
    assert why_ended(session, oldest, now=T0) is EndReason.REPLACED


def test_who_has_several_roles_chooses_one(session):
    karin = a_person(session)
    contact = an_assignment(session, karin.user, Role.CONTACT, organisation_id=uuid4())
    confirmed(session, karin.user)

    outcome = attempt(session, code=karin.code(T0))

    assert isinstance(outcome, ChooseAssignment)
    assert [(each.assignment_id, each.role) for each in outcome.choices] == [
        (karin.assignment.id, Role.COORDINATOR),
        (contact.id, Role.CONTACT),
    ]
    assert actor_of(session, outcome.token, now=T0) is None
    assert outcome.token not in repr(outcome)
    chosen = choose_assignment(session, outcome.token, contact.id, now=T0 + minutes(1))
    assert isinstance(chosen, SignedIn)
    assert chosen.token != outcome.token
    actor = actor_of(session, chosen.token, now=T0 + minutes(1))
    assert actor is not None
    assert actor.role is Role.CONTACT


def choosing(session):
    karin = a_person(session)
    an_assignment(session, karin.user, Role.CONTACT, organisation_id=uuid4())
    confirmed(session, karin.user)
    outcome = attempt(session, code=karin.code(T0))
    assert isinstance(outcome, ChooseAssignment)
    return karin, outcome.token


def test_a_choice_is_made_once(session):
    karin, token = choosing(session)
    choose_assignment(session, token, karin.assignment.id, now=T0)

    assert choose_assignment(session, token, karin.assignment.id, now=T0) is None


def test_a_choice_waits_five_minutes(session):
    karin, token = choosing(session)

    assert choose_assignment(session, token, karin.assignment.id, now=T0 + minutes(5)) is None
    assert why_ended(session, token, now=T0 + minutes(5)) is EndReason.TOO_OLD


def test_nobody_chooses_somebody_elses_role(session):
    _, token = choosing(session)
    other = a_person(session, email="olle@kommun.example")

    assert choose_assignment(session, token, other.assignment.id, now=T0) is None
    assert choose_assignment(session, token, uuid4(), now=T0) is None


def test_a_choice_is_off_when_the_account_is_disabled_meanwhile(session):
    karin, token = choosing(session)
    accounts.disable_user(session, COMMAND_LINE, karin.user.id, now=T0)

    assert choose_assignment(session, token, karin.assignment.id, now=T0) is None


def test_a_session_or_a_made_up_token_is_no_choice(session):
    karin = a_person(session)
    token, _ = signed_in(session, karin.user, karin.assignment)

    assert choose_assignment(session, token, karin.assignment.id, now=T0) is None
    assert choose_assignment(session, "made up", karin.assignment.id, now=T0) is None


def test_an_unconfirmed_account_is_told_so_but_only_its_owner(session):
    user = a_user(session)
    an_assignment(session, user)
    secret = enrol(session, user)

    assert attempt(session, password=WRONG, code=pyotp.TOTP(secret).at(T0)) == Refused()
    assert attempt(session, code=pyotp.TOTP(secret).at(T0)).hindrance is Hindrance.UNCONFIRMED
    assert last_event(session).facts == {"because": "unconfirmed"}


def test_whoever_waits_is_told_whose_yes_it_is_and_comes_in_once_it_is_said(session):
    user = a_user(session)
    assignment = an_assignment(session, user)
    token = attempt(session, code=pyotp.TOTP(enrol(session, user)).at(T0)).token

    assert visit_of(session, token, now=T0) is None
    assert waits_for(session, token, now=T0) is WhoConfirms.COORDINATION
    assert choose_assignment(session, token, assignment.id, now=T0) is None
    assert waits_for(session, token, now=T0 + minutes(5)) is None
    assert waits_for(session, "made up", now=T0) is None
    accounts.confirm_user(session, COMMAND_LINE, user.id, now=T0)
    assert waits_for(session, token, now=T0) is None
    assert isinstance(choose_assignment(session, token, assignment.id, now=T0), SignedIn)


def test_an_account_without_a_role_in_force_is_told_so(session):
    karin = a_person(session)
    accounts.end_assignment(session, COMMAND_LINE, karin.assignment.id, now=T0 - minutes(1))

    assert attempt(session, code=karin.code(T0)) == NotOpen(Hindrance.NO_ASSIGNMENT)


def test_a_password_hashed_at_an_older_cost_is_hashed_anew(session):
    karin = a_person(session)
    karin.user.password_hash = PasswordHasher(time_cost=2, memory_cost=16, parallelism=1).hash(PASSWORD.encode())

    attempt(session, code=karin.code(T0))

    assert re.match(r"\$argon2id\$v=19\$m=8,t=1,p=1\$", karin.user.password_hash)
    assert isinstance(attempt(session, code=karin.code(T0 + minutes(1)), at=T0 + minutes(1)), SignedIn)
