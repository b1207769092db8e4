"""Who may make, change and confirm accounts. Pure.

``By`` is a signed-in actor or a named system actor (``Who(system=…)``): the command
line, where whoever runs it already holds the keys, and the demo.
"""

from collections.abc import Collection
from datetime import datetime
from enum import StrEnum
from typing import TypeAlias
from uuid import UUID

from audit.events import Who
from auth.actor import Actor
from auth.decisions import ALLOW, Decision, deny
from auth.models import Assignment, User
from auth.permissions import Permission, Role, can_hold, holds

By: TypeAlias = Actor | Who


class Refusal(StrEnum):
    """Why an account stays as it is; the page or command that shows it has the words."""

    ACCOUNT_DISABLED = "account_disabled"
    CHANGED_IT_YOURSELF = "changed_it_yourself"
    COMMAND_LINE_ONLY = "command_line_only"
    EMAIL_TAKEN = "email_taken"
    NOT_ENROLLED = "not_enrolled"  # no password and second factor chosen yet
    NOT_IN_COORDINATION = "not_in_coordination"
    NOT_THEIR_COLLEAGUE = "not_their_colleague"
    NOT_YOUR_TASK = "not_your_task"
    YOURSELF = "yourself"


def who_of(by: By) -> Who:
    """How the trail names the one who did it."""
    return by.who if isinstance(by, Actor) else by


def user_id_of(by: By) -> UUID | None:
    """The user who did it; None for the command line."""
    return by.user_id if isinstance(by, Actor) else None


def can_administer(by: By, municipality_id: UUID) -> Decision:
    """May accounts of this municipality be made and changed by them?"""
    if isinstance(by, Who):
        return ALLOW if by.system is not None else deny(Refusal.NOT_YOUR_TASK)
    if by.municipality_id != municipality_id or not holds(by, Permission.ACCOUNT_ADMINISTER):
        return deny(Refusal.NOT_YOUR_TASK)
    return ALLOW


class WhoConfirms(StrEnum):
    """Whose yes opens an account; the strictest of what its roles ask for."""

    COLLEAGUE = "colleague"  # another person in its organisation, or the coordinator
    COORDINATOR = "coordinator"  # it has roles in several: the coordinator alone answers for each
    COORDINATION = "coordination"  # another person where the coordinator sits
    COMMAND_LINE = "command_line"


def who_confirms(assignments: Collection[Assignment]) -> WhoConfirms:
    """Who is to say "Ja, det är …" of an account with these assignments.

    A coordinator opens the most, so somebody who sits there vouches for them; and nobody whom an auditor
    might have to look into lets an auditor in.
    """
    roles = {each.role for each in assignments}
    if Role.AUDITOR in roles:
        return WhoConfirms.COMMAND_LINE
    if Role.COORDINATOR in roles:
        return WhoConfirms.COORDINATION
    is_in_several = len({each.organisation_id for each in assignments}) > 1
    return WhoConfirms.COORDINATOR if is_in_several else WhoConfirms.COLLEAGUE


def can_confirm(by: By, user: User, assignments: Collection[Assignment]) -> Decision:
    """May they say "Ja, det är …" of this account? ``assignments`` are those not over, also those to come.

    One yes is for every role of the account, so it is for somebody who may say it of each. Never the one who last
    made, reset, gave it a role, another name or another address. Not before the account's owner has
    chosen a password, since what is confirmed is that the right person has. The first ones are confirmed from the
    command line.
    """
    if user.disabled_at is not None:
        return deny(Refusal.ACCOUNT_DISABLED)
    if isinstance(by, Who):
        return can_administer(by, user.municipality_id)
    asked = who_confirms(assignments)
    refusals = (
        (
            by.municipality_id != user.municipality_id or not holds(by, Permission.ACCOUNT_CONFIRM),
            Refusal.NOT_YOUR_TASK,
        ),
        (by.user_id == user.id, Refusal.YOURSELF),
        (by.user_id == user.changed_by, Refusal.CHANGED_IT_YOURSELF),
        (not _answers_for_all(by, assignments), _NOT_ASKED[asked]),
        (user.password_hash is None, Refusal.NOT_ENROLLED),
    )
    return next((deny(refusal) for is_so, refusal in refusals if is_so), ALLOW)


_NOT_ASKED = {
    WhoConfirms.COLLEAGUE: Refusal.NOT_THEIR_COLLEAGUE,
    WhoConfirms.COORDINATOR: Refusal.NOT_THEIR_COLLEAGUE,
    WhoConfirms.COORDINATION: Refusal.NOT_IN_COORDINATION,
    WhoConfirms.COMMAND_LINE: Refusal.COMMAND_LINE_ONLY,
}


def _answers_for_all(by: Actor, assignments: Collection[Assignment]) -> bool:
    """Whether they may say it of every role; of an account without one, only the coordinator may."""
    return all(_answers_for(by, each) for each in assignments) if assignments else by.role is Role.COORDINATOR


def _answers_for(by: Actor, assignment: Assignment) -> bool:
    is_there_too = by.organisation_id == assignment.organisation_id
    match assignment.role:
        case Role.AUDITOR:
            return False
        case Role.COORDINATOR:
            return is_there_too
    return is_there_too or by.role is Role.COORDINATOR


def can_disable(by: By, user: User) -> Decision:
    """May they close this account? Nobody closes their own: an installation must not be left without its keeper."""
    may_at_all = can_administer(by, user.municipality_id)
    return deny(Refusal.YOURSELF) if may_at_all and user.id == user_id_of(by) else may_at_all


def can_change(by: By, user: User) -> Decision:
    """May they call this account something else, or give it another address to sign in with?

    Nobody does with their own: it would wait for a yes, and an installation be left without its keeper.
    """
    if not (may := can_administer(by, user.municipality_id)):
        return may
    if user.disabled_at is not None:
        return deny(Refusal.ACCOUNT_DISABLED)
    return deny(Refusal.YOURSELF) if user.id == user_id_of(by) else ALLOW


def can_be_given(role: Role, others: Collection[Assignment], starts_at: datetime, ends_at: datetime | None) -> Decision:
    """May somebody with these assignments have the role from and until? Judged for every moment they overlap."""
    meanwhile = [
        each.role
        for each in others
        if (ends_at is None or each.starts_at < ends_at) and (each.ends_at is None or starts_at < each.ends_at)
    ]
    for held in meanwhile:
        decision = can_hold({held, role})
        if not decision:
            return decision
    return ALLOW
