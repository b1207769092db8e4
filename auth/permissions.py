"""The whole role table: who may do what, in one place. What is not listed is not allowed.

A permission says that a role may do a kind of act at all. Whether it may be done
to this case, by this organisation, today, is for the feature's policy.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations
from typing import Protocol

from auth.decisions import ALLOW, Decision, deny


class Role(StrEnum):
    """What somebody is at one organisation; one role is chosen at sign-in."""

    COORDINATOR = "coordinator"
    CONTACT = "contact"
    AUDITOR = "auditor"
    ADMINISTRATOR = "administrator"


class Permission(StrEnum):
    """``resource:action``, sorted."""

    ACCOUNT_ADMINISTER = "account:administer"
    ACCOUNT_CONFIRM = "account:confirm"

    ACTION_COMMENT = "action:comment"
    ACTION_CREATE = "action:create"
    ACTION_DETAIL = "action:detail"
    ACTION_MARK = "action:mark"
    ACTION_REPORT = "action:report"

    CASE_CLOSE = "case:close"
    CASE_OPEN = "case:open"
    CASE_PARTICIPANTS = "case:participants"
    CASE_PROTECT = "case:protect"
    CASE_READ = "case:read"
    CASE_STATE = "case:state"

    CONCERN_LEAD = "concern:lead"
    CONCERN_REGISTER = "concern:register"

    CONSENT_FORM = "consent:form"
    CONSENT_RECORD = "consent:record"
    CONSENT_WITHDRAW = "consent:withdraw"

    DISCLOSURE_MAKE = "disclosure:make"

    GOAL_WRITE = "goal:write"

    INSTALLATION_ADMINISTER = "installation:administer"

    LOG_READ = "log:read"
    LOG_VERIFY = "log:verify"

    MEETING_FOLLOW = "meeting:follow"
    MEETING_LEAD = "meeting:lead"

    NOTE_CORRECT = "note:correct"
    NOTE_WRITE = "note:write"

    PLAN_PRINT = "plan:print"


GRANTS: dict[Role, frozenset[Permission]] = {
    Role.COORDINATOR: frozenset(
        {
            Permission.ACCOUNT_CONFIRM,
            Permission.ACTION_COMMENT,
            Permission.ACTION_CREATE,
            Permission.ACTION_DETAIL,
            Permission.ACTION_MARK,
            Permission.ACTION_REPORT,
            Permission.CASE_CLOSE,
            Permission.CASE_OPEN,
            Permission.CASE_PARTICIPANTS,
            Permission.CASE_PROTECT,
            Permission.CASE_READ,
            Permission.CASE_STATE,
            Permission.CONCERN_LEAD,
            Permission.CONCERN_REGISTER,
            Permission.CONSENT_RECORD,
            Permission.CONSENT_WITHDRAW,
            Permission.DISCLOSURE_MAKE,
            Permission.GOAL_WRITE,
            Permission.MEETING_FOLLOW,
            Permission.MEETING_LEAD,
            Permission.NOTE_CORRECT,
            Permission.NOTE_WRITE,
            Permission.PLAN_PRINT,
        }
    ),
    # A contact records no consent, but whoever the family tells first receives its withdrawal.
    Role.CONTACT: frozenset(
        {
            Permission.ACCOUNT_CONFIRM,
            Permission.ACTION_COMMENT,
            Permission.ACTION_CREATE,
            Permission.ACTION_DETAIL,
            Permission.ACTION_MARK,
            Permission.CASE_READ,
            Permission.CONCERN_REGISTER,
            Permission.CONSENT_WITHDRAW,
            Permission.DISCLOSURE_MAKE,
            Permission.MEETING_FOLLOW,
            Permission.NOTE_CORRECT,
            Permission.NOTE_WRITE,
        }
    ),
    Role.AUDITOR: frozenset({Permission.ACCOUNT_CONFIRM, Permission.LOG_READ, Permission.LOG_VERIFY}),
    Role.ADMINISTRATOR: frozenset(
        {Permission.ACCOUNT_ADMINISTER, Permission.CONSENT_FORM, Permission.INSTALLATION_ADMINISTER}
    ),
}

# Nobody may audit or administer what they do: each role belongs to one of these, and nobody to two.
DUTIES: dict[Role, str] = {
    Role.COORDINATOR: "casework",
    Role.CONTACT: "casework",
    Role.AUDITOR: "auditing",
    Role.ADMINISTRATOR: "administration",
}


class HasRole(Protocol):
    """Anything that acts in one role; an ``Actor``."""

    @property
    def role(self) -> Role:
        """The one role it acts in just now."""


@dataclass(frozen=True)
class RolesExclude:
    """Two roles that one person may not hold at the same time."""

    first: Role
    second: Role

    def __str__(self) -> str:
        return f"{self.first} and {self.second} exclude each other"


def holds(actor: HasRole, permission: Permission) -> bool:
    """Whether the role somebody signed in with has the permission."""
    return permission in GRANTS[actor.role]


def can_hold(roles: Iterable[Role]) -> Decision:
    """May one person hold these roles at the same time? Casework, auditing and administration exclude each other.

    The reason of a refusal is a ``RolesExclude``.
    """
    for first, second in combinations(sorted(set(roles)), 2):
        if DUTIES[first] != DUTIES[second]:
            return deny(RolesExclude(first, second))
    return ALLOW
