"""What an attempt to sign in can come to; see ``auth.sign_in``."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeAlias
from uuid import UUID

from auth.permissions import Role


@dataclass(frozen=True)
class SignedIn:
    """Signed in; the token is for the cookie. ``replaced`` are the user's oldest sessions, ended to make room."""

    token: str = field(repr=False)
    session_id: UUID
    replaced: tuple[UUID, ...] = ()


@dataclass(frozen=True)
class Choice:
    """One of several assignments to sign in with."""

    assignment_id: UUID
    organisation_id: UUID
    role: Role


@dataclass(frozen=True)
class ChooseAssignment:
    """Known, but with several assignments in force: hand the token and one of the choices to ``choose_assignment``."""

    token: str = field(repr=False)
    choices: tuple[Choice, ...]


@dataclass(frozen=True)
class Refused:
    """Not signed in. Whether it was the name, the password or the code is never said."""


@dataclass(frozen=True)
class Wait:
    """Nothing was tried: too many attempts lately. The same for any name, and it ends by itself."""

    seconds: int


class Hindrance(StrEnum):
    """Why an account that has been proved its owner's opens nothing yet."""

    UNCONFIRMED = "unconfirmed"
    NO_ASSIGNMENT = "no_assignment"


@dataclass(frozen=True)
class NotOpen:
    """Everything was right, but the account opens nothing; said only to who has proved that it is theirs.

    ``token`` is for the browser of one who waits to be confirmed: it opens nothing, lives for minutes, and lets
    ``sign_in.waits_for`` say whose yes it is that they wait for.
    """

    hindrance: Hindrance
    token: str | None = field(default=None, repr=False)


Outcome: TypeAlias = SignedIn | ChooseAssignment | Refused | Wait | NotOpen
