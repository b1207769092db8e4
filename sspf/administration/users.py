"""Accounts as the administrator sees and makes them: ``auth`` decides, and what it refuses is said beside its field."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy.exc import NoResultFound
from sqlalchemy.orm import Session

from audit.log import record
from auth import accounts
from auth import queries as auth_queries
from auth.actor import Actor
from auth.decisions import NotPermitted, require
from auth.events import AccountEvent
from auth.models import Assignment, User
from auth.permissions import Role, RolesExclude
from auth.policy import Refusal
from sspf.administration import policy
from sspf.administration.forms import ChangeUserForm, Period, Standing, UserForm, UsersFilter
from sspf.db import clock, locks
from sspf.errors import NotFound, ValidationFailed
from sspf.organisations import queries as organisations
from sspf.organisations.models import OrganisationKind
from sspf.organisations.terms import TERMS
from sspf.overtaken import require_read
from sspf.texts import Text, _


class Stand(StrEnum):
    """How an account stands; ``Standing`` is what the list is filtered by."""

    OPEN = "open"
    WITHOUT_PASSWORD = "without_password"  # noqa: S105  # a state
    WAITING = "waiting"
    NOT_RECOGNISED = "not_recognised"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Account:
    """One account, how it stands, and its assignments."""

    user: User
    assignments: tuple[Assignment, ...]

    @property
    def stand(self) -> Stand:
        if self.user.disabled_at is not None:
            return Stand.CLOSED
        if self.user.not_recognised_at is not None:
            return Stand.NOT_RECOGNISED
        if self.user.password_hash is None and self.user.confirmed_at is None:
            return Stand.WITHOUT_PASSWORD
        return Stand.OPEN if self.user.confirmed_at is not None else Stand.WAITING

    def not_over(self, now: datetime) -> list[Assignment]:
        """What they have or will have."""
        return [each for each in self.assignments if each.ends_at is None or each.ends_at > now]


def list_accounts(session: Session, actor: Actor, wanted: UsersFilter) -> list[Account]:
    """The accounts asked for, by name, on the record."""
    require(policy.can_administer(actor))
    found = [
        account
        for user, held in auth_queries.list_users(session, actor.municipality_id, now=clock.now(session))
        if _is_wanted(account := Account(user, tuple(held)), wanted)
    ]
    record(session, actor.did(AccountEvent.LISTED, users=[str(one.user.id) for one in found]))
    return found


def get_account(session: Session, actor: Actor, user_id: UUID) -> Account:
    """One account with all it has had.

    Raises:
        NotFound: the municipality has no such account.
    """
    require(policy.can_administer(actor))
    try:
        user = auth_queries.get_user(session, user_id)
    except NoResultFound:
        raise NotFound from None
    if user.municipality_id != actor.municipality_id:
        raise NotFound
    return Account(user, tuple(auth_queries.list_assignments(session, user_id)))


def add(session: Session, actor: Actor, asked: UserForm) -> User:
    """Add an account with its first assignment.

    Raises:
        ValidationFailed: with the sentence beside its field; nothing is stored.
    """
    require(policy.can_administer(actor))
    _require_sensible(session, actor, asked)
    with _one_an_address(session, actor):
        user = accounts.add_user(
            session, actor, municipality_id=actor.municipality_id, email=asked.email, name=asked.name
        )
    _give(session, actor, user.id, asked)
    return user


def change(session: Session, actor: Actor, user_id: UUID, asked: ChangeUserForm) -> User:
    """Put right what somebody is called and signs in with.

    Raises:
        Conflict: somebody has changed it since it was read.
        ValidationFailed: with the sentence beside its field; nothing is stored.
    """
    require(policy.can_rename(actor, get_account(session, actor, user_id).user))
    with _one_an_address(session, actor):
        user = auth_queries.lock_user(session, user_id)
        require_read(asked.read, user.name, user.email)
        accounts.change_user(session, actor, user_id, email=asked.email, name=asked.name)
    return user


@contextmanager
def _one_an_address(session: Session, actor: Actor) -> Iterator[None]:
    """Whoever else gives an account an address waits; one that is taken is said beside its field."""
    locks.exclusive(session, actor.municipality_id)
    try:
        yield
    except NotPermitted as refused:
        if refused.reason is Refusal.EMAIL_TAKEN:
            raise ValidationFailed(email=_("Det finns redan ett konto med den adressen.")) from None
        raise


def give(session: Session, actor: Actor, user_id: UUID, asked: Period) -> None:
    """Give one more assignment.

    Raises:
        ValidationFailed: with the sentence beside its field; nothing is stored.
    """
    require(policy.can_change(actor, get_account(session, actor, user_id).user))
    _require_sensible(session, actor, asked)
    _give(session, actor, user_id, asked)


def _give(session: Session, actor: Actor, user_id: UUID, asked: Period) -> None:
    try:
        accounts.give_assignment(
            session,
            actor,
            user_id,
            organisation_id=asked.organisation,
            role=asked.role,
            **_period(asked, clock.now(session)),
        )
    except NotPermitted as refused:
        if isinstance(refused.reason, RolesExclude):
            raise ValidationFailed(role=EXCLUDE) from None
        raise


EXCLUDE = _(
    "Den som arbetar i ärenden granskar eller administrerar inte samtidigt. Avsluta det andra uppdraget först, "
    "eller låt det här börja när det är slut."
)


def _require_sensible(session: Session, actor: Actor, asked: Period) -> None:
    places = {one.id: one for one in organisations.list_in_use(session, actor.municipality_id)}
    place = places.get(asked.organisation)
    if place is None:
        raise ValidationFailed(organisation=_("Välj en organisation som är i bruk."))
    if asked.role is Role.COORDINATOR and place.kind is not OrganisationKind.COORDINATION:
        raise ValidationFailed(
            role=_("Välj samordningen: det är där som %(coordinator)s arbetar.", coordinator=TERMS["coordinator_the"])
        )
    if asked.last_day is not None and asked.last_day < clock.today(session):
        raise ValidationFailed(last_day=_("Den dagen har redan varit."))


def _period(asked: Period, now: datetime) -> dict[str, datetime | None]:
    return asked.period(clock.day_of(now))


def _is_wanted(account: Account, wanted: UsersFilter) -> bool:
    at = wanted.organisation
    return (at is None or at in _places(account.assignments)) and (
        wanted.standing is None or account.stand in _STANDS[wanted.standing]
    )


def _places(assignments: Iterable[Assignment]) -> set[UUID]:
    return {each.organisation_id for each in assignments}


_STANDS: dict[Standing, frozenset[Stand]] = {
    Standing.OPEN: frozenset({Stand.OPEN}),
    Standing.WAITING: frozenset({Stand.WITHOUT_PASSWORD, Stand.WAITING, Stand.NOT_RECOGNISED}),
    Standing.CLOSED: frozenset({Stand.CLOSED}),
}

STANDS: dict[Stand, tuple[Text, str]] = {
    Stand.OPEN: (_("Öppet"), "success"),
    Stand.WITHOUT_PASSWORD: (_("Inget lösenord än"), "warning"),
    Stand.WAITING: (_("Väntar på bekräftelse"), "warning"),
    Stand.NOT_RECOGNISED: (_("Någon kände inte igen det"), "danger"),
    Stand.CLOSED: (_("Stängt"), "neutral"),
}
