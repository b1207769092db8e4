"""The role table, written out a second time: nobody is given more by a slip of the pen."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auth.permissions import DUTIES, GRANTS, Permission, Role, RolesExclude, can_hold, holds
from tests.auth.make import an_actor

# one letter a role: coordinator, contact (K), auditor, administrator (M)
TABLE = """
account:administer        M
account:confirm           C K A
action:comment            C K
action:create             C K
action:detail             C K
action:mark               C K
action:report             C
case:close                C
case:open                 C
case:participants         C
case:protect              C
case:read                 C K
case:state                C
concern:lead              C
concern:register          C K
consent:form              M
consent:record            C
consent:withdraw          C K
disclosure:make           C K
goal:write                C
installation:administer   M
log:read                  A
log:verify                A
meeting:follow            C K
meeting:lead              C
note:correct              C K
note:write                C K
plan:print                C
"""
LETTERS = {"C": Role.COORDINATOR, "K": Role.CONTACT, "A": Role.AUDITOR, "M": Role.ADMINISTRATOR}
APPROVED = {
    permission: {LETTERS[letter] for letter in letters}
    for permission, *letters in (line.split() for line in TABLE.strip().splitlines())
}
PAIRS = [(role, permission) for role in Role for permission in Permission]


def test_every_permission_and_role_is_in_the_table():
    assert set(APPROVED) == {permission.value for permission in Permission}
    assert set(GRANTS) == set(DUTIES) == set(Role)


@pytest.mark.parametrize(("role", "permission"), PAIRS, ids=lambda value: value.value)
def test_a_role_holds_exactly_what_the_table_says(role, permission):
    assert holds(an_actor(role), permission) == (role in APPROVED[permission.value])


def test_the_vocabulary_is_sorted():
    listed = [permission.value for permission in Permission]

    assert listed == sorted(listed)
    assert all(permission.value.count(":") == 1 for permission in Permission)


def test_nobody_who_works_with_cases_reads_the_log_or_administers():
    casework = GRANTS[Role.COORDINATOR] | GRANTS[Role.CONTACT]

    assert not casework & (GRANTS[Role.AUDITOR] - {Permission.ACCOUNT_CONFIRM})
    assert not casework & GRANTS[Role.ADMINISTRATOR]
    assert not GRANTS[Role.AUDITOR] & GRANTS[Role.ADMINISTRATOR]


def test_a_coordinator_may_also_be_a_contact():
    assert can_hold([Role.COORDINATOR, Role.CONTACT, Role.CONTACT])


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (Role.COORDINATOR, Role.AUDITOR),
        (Role.CONTACT, Role.AUDITOR),
        (Role.COORDINATOR, Role.ADMINISTRATOR),
        (Role.CONTACT, Role.ADMINISTRATOR),
        (Role.AUDITOR, Role.ADMINISTRATOR),
    ],
)
def test_nobody_audits_or_administers_their_own_work(first, second):
    decision = can_hold([first, second])

    assert not decision
    assert isinstance(decision.reason, RolesExclude)
    assert {decision.reason.first, decision.reason.second} == {first, second}
    assert str(decision.reason) == f"{decision.reason.first} and {decision.reason.second} exclude each other"


@given(st.lists(st.sampled_from(Role)))
def test_roles_go_together_only_within_one_duty(roles):
    assert bool(can_hold(roles)) == (len({DUTIES[role] for role in roles}) <= 1)
