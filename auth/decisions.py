"""A yes, or a no with its reason.

Policies return a ``Decision``; services ``require`` it. A refusal is false, so
``if can_…():`` does what it says, and a policy that forgets to return anything
makes ``require`` fail, which refuses too.
"""

from dataclasses import dataclass


class NotPermitted(Exception):  # noqa: N818  # a refusal, named as it reads where it is raised and caught
    """Somebody who may know of a thing may not do this to it.

    ``reason`` is what the policy said: a sentence for the one who asked, or a
    code that the page or command which shows it turns into one.
    """

    def __init__(self, reason: object) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True)
class Decision:
    """The answer to a ``can_…`` question; true exactly when it is a yes.

    A yes carries no reason and a no always carries one: anything else is a
    ``ValueError``.
    """

    allowed: bool
    reason: object | None = None

    def __post_init__(self) -> None:
        if self.allowed == (self.reason is not None):
            raise ValueError("a refusal carries its reason, a permission carries none")

    def __bool__(self) -> bool:
        return self.allowed


ALLOW = Decision(allowed=True)


def deny(reason: object) -> Decision:
    """A no, with the reason that is shown to the one who asked."""
    return Decision(allowed=False, reason=reason)


def require(decision: Decision) -> None:
    """Go on if the answer is yes; raise ``NotPermitted`` with its reason if it is no."""
    if not decision:
        raise NotPermitted(decision.reason)
