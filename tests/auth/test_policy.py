"""Who may make, change and confirm accounts: every refusal has its own reason."""

from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit.events import Who
from auth.models import Assignment, User
from auth.permissions import Permission, Role, holds
from auth.policy import Refusal, WhoConfirms, can_administer, can_be_given, can_confirm, can_disable, who_confirms
from tests.auth.make import COMMAND_LINE, MUNICIPALITY, ORGANISATION, T0, an_actor, minutes

ELSEWHERE, THIRD = uuid4(), uuid4()


def an_account(**values):
    return User(**{"id": uuid4(), "municipality_id": MUNICIPALITY, "password_hash": "chosen", **values})


@pytest.mark.parametrize(
    ("by", "allowed"),
    [
        (COMMAND_LINE, True),
        (an_actor(Role.ADMINISTRATOR), True),
        (an_actor(Role.ADMINISTRATOR, municipality_id=ELSEWHERE), False),
        (an_actor(Role.COORDINATOR), False),
        (an_actor(Role.CONTACT), False),
        (an_actor(Role.AUDITOR), False),
        (Who(), False),
        (Who(user_id=uuid4()), False),
    ],
)
def test_accounts_are_made_by_administrators_and_from_the_command_line(by, allowed):
    decision = can_administer(by, MUNICIPALITY)

    assert bool(decision) == allowed
    assert allowed or decision.reason is Refusal.NOT_YOUR_TASK


def at(organisation_id=ORGANISATION, role=Role.CONTACT):
    return Assignment(role=role, organisation_id=organisation_id, starts_at=T0)


A_CONTACT = (at(),)
A_COORDINATOR = (at(role=Role.COORDINATOR),)
AN_AUDITOR = (at(role=Role.AUDITOR),)


@pytest.mark.parametrize(
    "by",
    [
        COMMAND_LINE,
        an_actor(Role.COORDINATOR, organisation_id=ELSEWHERE),
        an_actor(Role.CONTACT),
        an_actor(Role.AUDITOR),
    ],
)
def test_a_colleague_the_coordinator_or_the_command_line_confirms(by):
    assert can_confirm(by, an_account(), A_CONTACT)


@pytest.mark.parametrize(
    ("assignments", "asked"),
    [
        ((), WhoConfirms.COLLEAGUE),
        (A_CONTACT, WhoConfirms.COLLEAGUE),
        ((at(role=Role.ADMINISTRATOR),), WhoConfirms.COLLEAGUE),
        (A_COORDINATOR, WhoConfirms.COORDINATION),
        ((*A_CONTACT, at(ELSEWHERE)), WhoConfirms.COORDINATOR),
        ((*A_CONTACT, *A_CONTACT), WhoConfirms.COLLEAGUE),
        ((*A_CONTACT, *A_COORDINATOR), WhoConfirms.COORDINATION),
        (AN_AUDITOR, WhoConfirms.COMMAND_LINE),
        # one role now and the other when this is over
        ((*A_COORDINATOR, *AN_AUDITOR), WhoConfirms.COMMAND_LINE),
    ],
)
def test_the_role_that_opens_most_decides_who_is_asked(assignments, asked):
    assert who_confirms(assignments) is asked


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.CONTACT, Role.AUDITOR])
def test_a_coordinator_is_confirmed_by_another_in_coordination(role):
    assert can_confirm(an_actor(role), an_account(), A_COORDINATOR)
    outside = can_confirm(an_actor(role, organisation_id=ELSEWHERE), an_account(), (*A_COORDINATOR, at(ELSEWHERE)))
    assert outside.reason is Refusal.NOT_IN_COORDINATION


@pytest.mark.parametrize("role", [Role.CONTACT, Role.AUDITOR])
def test_a_colleague_in_one_place_does_not_answer_for_what_somebody_is_in_another(role):
    two = (*A_CONTACT, at(ELSEWHERE))

    assert can_confirm(an_actor(role), an_account(), two).reason is Refusal.NOT_THEIR_COLLEAGUE
    assert (
        can_confirm(an_actor(role, organisation_id=ELSEWHERE), an_account(), two).reason is Refusal.NOT_THEIR_COLLEAGUE
    )
    assert can_confirm(an_actor(Role.COORDINATOR), an_account(), two)


@pytest.mark.parametrize("role", [Role.CONTACT, Role.AUDITOR])
def test_who_only_sits_where_the_coordinator_does_answers_for_no_other_role_of_theirs(role):
    both = (*A_COORDINATOR, at(ELSEWHERE))

    assert can_confirm(an_actor(role), an_account(), both).reason is Refusal.NOT_IN_COORDINATION
    assert can_confirm(an_actor(Role.COORDINATOR), an_account(), both)


@given(
    roles=st.lists(st.tuples(st.sampled_from(Role), st.sampled_from([ORGANISATION, ELSEWHERE, THIRD])), max_size=4),
    by=st.builds(an_actor, st.sampled_from(Role), organisation_id=st.sampled_from([ORGANISATION, ELSEWHERE])),
)
def test_a_yes_is_for_every_role_by_somebody_who_may_say_it_of_each(roles, by):
    each = [at(place, role) for role, place in roles]

    may = bool(can_confirm(by, an_account(), each))

    assert may <= all(can_confirm(by, an_account(), [one]) for one in each)
    if each and holds(by, Permission.ACCOUNT_CONFIRM):
        assert may == all(can_confirm(by, an_account(), [one]) for one in each)


def test_a_coordinator_in_two_places_is_confirmed_in_neither():
    both = (*A_COORDINATOR, at(ELSEWHERE, Role.COORDINATOR))

    assert can_confirm(an_actor(), an_account(), both).reason is Refusal.NOT_IN_COORDINATION
    assert can_confirm(COMMAND_LINE, an_account(), both)


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.CONTACT, Role.AUDITOR])
def test_an_auditor_is_confirmed_from_the_command_line_alone(role):
    assert can_confirm(an_actor(role), an_account(), AN_AUDITOR).reason is Refusal.COMMAND_LINE_ONLY
    assert can_confirm(COMMAND_LINE, an_account(), AN_AUDITOR)


def test_nobody_closes_their_own_account():
    karin = an_actor(Role.ADMINISTRATOR)

    assert can_disable(karin, an_account(id=karin.user_id)).reason is Refusal.YOURSELF
    assert can_disable(karin, an_account())
    assert can_disable(an_actor(Role.COORDINATOR), an_account()).reason is Refusal.NOT_YOUR_TASK


@pytest.mark.parametrize(
    ("by", "why"),
    [
        (an_actor(Role.ADMINISTRATOR), Refusal.NOT_YOUR_TASK),
        (an_actor(Role.COORDINATOR, municipality_id=ELSEWHERE), Refusal.NOT_YOUR_TASK),
        (Who(user_id=uuid4()), Refusal.NOT_YOUR_TASK),
        (an_actor(Role.CONTACT, organisation_id=ELSEWHERE), Refusal.NOT_THEIR_COLLEAGUE),
        (an_actor(Role.AUDITOR, organisation_id=ELSEWHERE), Refusal.NOT_THEIR_COLLEAGUE),
    ],
)
def test_nobody_else_does(by, why):
    assert can_confirm(by, an_account(), A_CONTACT).reason is why


def test_nobody_confirms_themselves():
    user = an_account()

    assert can_confirm(an_actor(user_id=user.id), user, A_CONTACT).reason is Refusal.YOURSELF


def test_whoever_made_or_changed_an_account_does_not_confirm_it():
    karin = an_actor()

    decision = can_confirm(karin, an_account(changed_by=karin.user_id), A_CONTACT)

    assert decision.reason is Refusal.CHANGED_IT_YOURSELF


def test_an_account_is_confirmed_once_its_owner_has_a_password():
    unused = an_account(password_hash=None)

    assert can_confirm(an_actor(), unused, A_CONTACT).reason is Refusal.NOT_ENROLLED
    assert can_confirm(COMMAND_LINE, unused, A_CONTACT)


@pytest.mark.parametrize("by", [COMMAND_LINE, an_actor()])
def test_nobody_confirms_a_disabled_account(by):
    assert can_confirm(by, an_account(disabled_at=T0), A_CONTACT).reason is Refusal.ACCOUNT_DISABLED


def held(role, starts, ends=None):
    return Assignment(role=role, starts_at=T0 + minutes(starts), ends_at=None if ends is None else T0 + minutes(ends))


@pytest.mark.parametrize(
    ("starts", "ends", "allowed"),
    [
        (0, 10, True),  # over before the other begins
        (20, None, True),  # begins when the other is over
        (20, 30, True),
        (0, 11, False),
        (19, None, False),
        (12, 15, False),
        (0, None, False),
    ],
)
def test_roles_exclude_each_other_for_every_moment_they_overlap(starts, ends, allowed):
    others = [held(Role.COORDINATOR, 10, 20)]

    decision = can_be_given(Role.AUDITOR, others, T0 + minutes(starts), None if ends is None else T0 + minutes(ends))

    assert bool(decision) == allowed


def test_a_role_without_end_excludes_whatever_comes_later():
    assert not can_be_given(Role.ADMINISTRATOR, [held(Role.CONTACT, 0)], T0 + minutes(10_000), None)


def test_several_roles_of_one_duty_go_together():
    assert can_be_given(Role.CONTACT, [held(Role.COORDINATOR, 0), held(Role.CONTACT, 0)], T0, None)
