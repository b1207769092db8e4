"""What somebody has chosen for themselves. It changes how pages look and sound to them, and nothing that they may do.

Nothing of it is recorded: it says nothing about anybody's case, and who needs large contrast is nobody's affair.
"""

from dataclasses import dataclass

from sqlalchemy import update
from sqlalchemy.orm import Session

from auth.actor import Actor
from auth.models import User


@dataclass(frozen=True)
class Preferences:
    """Which language and which colours, where None leaves it to the browser; whether single letters are commands."""

    language: str | None = None
    theme: str | None = None
    shortcuts: bool = True


AS_THE_BROWSER = Preferences()


def preferences_of(user: User) -> Preferences:
    """What the account has chosen so far."""
    return Preferences(user.language, user.theme, user.shortcuts)


def prefer(session: Session, actor: Actor, preferences: Preferences) -> None:
    """From the next request on, the actor's pages are like this in every browser."""
    _change(session, actor, language=preferences.language, theme=preferences.theme, shortcuts=preferences.shortcuts)


def prefer_language(session: Session, actor: Actor, language: str) -> None:
    """From the next request on, in this language (``sv`` or ``en``); the rest of what was chosen stays."""
    _change(session, actor, language=language)


def prefer_theme(session: Session, actor: Actor, theme: str) -> None:
    """From the next request on, in these colours (``light`` or ``dark``); the rest of what was chosen stays."""
    _change(session, actor, theme=theme)


def _change(session: Session, actor: Actor, **chosen: str | bool | None) -> None:
    session.execute(update(User).where(User.id == actor.user_id).values(**chosen))
