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
    EMAIL_TAKEN = "email_taken"
    NOT_ENROLLED = "not_enrolled"  # no password and second factor chosen yet
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


def can_confirm(by: By, user: User, organisation_ids: Collection[UUID]) -> Decision:
    """May they say "Ja, det är …" of this account, which has roles at these organisations?

    Another person in one of the organisations, or the coordinator; never the one who last made, reset or
    gave it a role. Not before the account's owner has chosen a password, since what is
    confirmed is that the right person has. The first ones are confirmed from the command line.
    """
    if user.disabled_at is not None:
        return deny(Refusal.ACCOUNT_DISABLED)
    if isinstance(by, Who):
        return can_administer(by, user.municipality_id)
    is_colleague = by.role is Role.COORDINATOR or by.organisation_id in organisation_ids
    refusals = (
        (
            by.municipality_id != user.municipality_id or not holds(by, Permission.ACCOUNT_CONFIRM),
            Refusal.NOT_YOUR_TASK,
        ),
        (by.user_id == user.id, Refusal.YOURSELF),
        (by.user_id == user.changed_by, Refusal.CHANGED_IT_YOURSELF),
        (not is_colleague, Refusal.NOT_THEIR_COLLEAGUE),
        (user.password_hash is None, Refusal.NOT_ENROLLED),
    )
    return next((deny(refusal) for is_so, refusal in refusals if is_so), ALLOW)


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
