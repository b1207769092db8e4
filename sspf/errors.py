"""What can be wrong with a request, whoever finds it; `sspf.web` turns each into a page once.

A refusal for want of permission is ``auth.decisions.NotPermitted``, raised by ``require`` there.
No message holds a value that somebody typed or a name: exceptions reach logs.
"""

from collections.abc import Mapping

from sspf.texts import Text, _

__all__ = ["Conflict", "NotFound", "ValidationFailed"]


class NotFound(Exception):  # noqa: N818 - it says what is so, not that something broke
    """It does not exist, or not for whoever asks: the answer is the same."""


class Conflict(Exception):  # noqa: N818
    """Somebody else got there first; the sentence says what to do now."""

    def __init__(self, reason: Text | None = None) -> None:
        self.reason = reason or _(
            "Någon annan har ändrat det här medan du hade det öppet. Ladda sidan och försök igen."
        )
        super().__init__(str(self.reason))


class ValidationFailed(Exception):  # noqa: N818
    """A well-formed value that the rules do not allow, said per field; the empty name is the whole form.

    Raised before the first change, so that a page can be shown again and nothing is stored.
    """

    def __init__(self, **errors: Text) -> None:
        self.errors: Mapping[str, Text] = errors
        super().__init__(", ".join(sorted(errors)))
