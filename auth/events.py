"""What is recorded of signing in and of accounts. Never a typed name, a password, a code or a token."""

from audit.events import EventTag


class SignInEvent(EventTag):
    """In the system's log (``audit.events.SYSTEM_LOG``)."""

    SIGNED_IN = "session:signed_in"
    SIGNED_OUT = "session:signed_out"
    ENDED = "session:ended"
    REFUSED = "session:sign_in_refused"
    PASSWORD_SET = "account:password_set"  # noqa: S105  # a tag
    TOTP_ENROLLED = "account:totp_enrolled"


class AccountEvent(EventTag):
    """In the municipality's log."""

    ADDED = "account:added"
    ASSIGNED = "account:assigned"
    ASSIGNMENT_ENDED = "account:assignment_ended"
    CHANGED = "account:changed"
    CONFIRMED = "account:confirmed"
    DISABLED = "account:disabled"
    LINK_MADE = "account:link_made"
    LISTED = "account:listed"
    NOT_RECOGNISED = "account:not_recognised"
    SESSIONS_ENDED = "account:sessions_ended"
    SHOWN = "account:shown"
