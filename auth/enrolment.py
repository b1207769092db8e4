"""From a one-time link to a password and a second factor, in two steps.

The link (``accounts.one_time_link``) shows who it is for. Step one takes the password and gives a seed
to scan; step two takes the first code, which proves that the seed arrived. Only then do both
belong to the account, the link is used, and every session the account had is over. Step one may be
repeated until step two is done: the password is the latest, the seed stays the same.
"""

from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy.orm import Session

from audit.events import SYSTEM_LOG, Event, Who
from audit.log import record
from audit.sealing import Sealer
from auth import clock, passwords, queries, sessions
from auth.events import SignInEvent
from auth.models import EndReason, OneTimeLink, User
from auth.opaque import digest
from auth.passwords import Weakness
from auth.seeds import open_seed, seal_seed
from auth.totp import matching_step, new_secret, provisioning_uri


class LinkClosed(Exception):  # noqa: N818  # named as it reads where it is caught
    """The link was used, replaced, is older than a day, or never was. Which one is not said."""


@dataclass(frozen=True)
class LinkHolder:
    """Whom a link is for, as the page greets them."""

    name: str
    email: str


@dataclass(frozen=True)
class Enrolment:
    """What an authenticator app needs: the seed to type in (base32), or its ``otpauth://`` address as a QR code."""

    secret: str = field(repr=False)
    uri: str = field(repr=False)


def holder_of(session: Session, token: str, *, now: datetime | None = None) -> LinkHolder:
    """Whom the link is for. Raises ``LinkClosed``."""
    _, user = _open_link(session, token, now or clock.now(session))
    return LinkHolder(user.name, user.email)


def begin_enrolment(
    session: Session, token: str, password: str, *, sealer: Sealer, now: datetime | None = None
) -> Enrolment | Weakness:
    """Step one: keep the password, if it will do, and give a seed. Raises ``LinkClosed``."""
    link, user = _open_link(session, token, now or clock.now(session))
    weakness = passwords.weakness(password, known=(user.email, user.name))
    if weakness is not None:
        return weakness
    link.password_hash = passwords.hash_password(password)
    if link.totp_secret is None:
        link.totp_secret = seal_seed(sealer, user.id, new_secret())
    return _shown(sealer, user, link.totp_secret)


def begun_enrolment(session: Session, token: str, *, sealer: Sealer, now: datetime | None = None) -> Enrolment | None:
    """The same seed again, for a page shown anew after a wrong code; None before step one. Raises ``LinkClosed``."""
    link, user = _open_link(session, token, now or clock.now(session))
    return None if link.totp_secret is None else _shown(sealer, user, link.totp_secret)


def finish_enrolment(session: Session, token: str, code: str, *, sealer: Sealer, now: datetime | None = None) -> bool:
    """Step two: False if the code is wrong or step one is missing, and nothing has changed. Raises ``LinkClosed``."""
    at = now or clock.now(session)
    link, user = _open_link(session, token, at)
    if link.totp_secret is None:
        return False
    step = matching_step(open_seed(sealer, user.id, link.totp_secret), code, at, None)
    if step is None:
        return False
    user.password_hash, user.totp_secret, user.totp_last_step = link.password_hash, link.totp_secret, step
    link.closed_at, link.password_hash, link.totp_secret = at, None, None
    who = Who(user_id=user.id)
    sessions.end_all(session, who, user.id, EndReason.CREDENTIALS_CHANGED, now=at)
    record(session, Event(log=SYSTEM_LOG, tag=SignInEvent.PASSWORD_SET, who=who))
    record(session, Event(log=SYSTEM_LOG, tag=SignInEvent.TOTP_ENROLLED, who=who))
    return True


def _open_link(session: Session, token: str, now: datetime) -> tuple[OneTimeLink, User]:
    """The link, if it is open, and its user; both locked, the user first as everywhere."""
    seen = queries.find_link(session, digest(token))
    if seen is None:
        raise LinkClosed
    user = queries.lock_user(session, seen.user_id)
    link = queries.lock_link(session, seen.id)
    if link.closed_at is not None or now >= link.expires_at or user.disabled_at is not None:
        raise LinkClosed
    return link, user


def _shown(sealer: Sealer, user: User, sealed: bytes) -> Enrolment:
    secret = open_seed(sealer, user.id, sealed)
    return Enrolment(secret, provisioning_uri(secret, user.email))
