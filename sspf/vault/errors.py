# ruff: noqa: N818  # named as they read where they are raised and caught
"""What the vault refuses with. No message carries content, a key or a reason a stranger could use."""


class VaultError(Exception):
    """Something the vault would not do."""


class CannotOpen(VaultError, ValueError):
    """These bytes do not open here: wrong key, wrong place, wrong reason, altered or malformed.

    Which of them is not said: an answer that tells them apart helps whoever is trying.
    """

    def __init__(self) -> None:
        super().__init__("cannot be opened")


class NotShown(VaultError):
    """The reading has no live disclosure of this record; it might as well not exist."""

    def __init__(self) -> None:
        super().__init__("not shown in this reading")


class ReadingClosed(VaultError):
    """The reading's transaction has ended, or what it revealed is already written to the trail."""

    def __init__(self) -> None:
        super().__init__("the reading is closed")


class NotTheOwner(VaultError):
    """Only the organisation that owns an envelope discloses it, while it can read it itself."""

    def __init__(self) -> None:
        super().__init__("only the owner discloses")


class AlreadySealed(VaultError):
    """Sealed text never changes: a correction is a new record in a new envelope."""

    def __init__(self) -> None:
        super().__init__("already sealed")


class NoKey(VaultError):
    """The organisation has no key, or the unit is erased: nothing can be sealed or wrapped for it."""

    def __init__(self) -> None:
        super().__init__("no key")


class KeyringRefused(VaultError):
    """The keyring file is missing, misplaced, malformed or readable by others."""


class OwnRecordStays(VaultError):
    """An owner's own record is ended by erasure, never like a disclosure to somebody else."""

    def __init__(self) -> None:
        super().__init__("an own record ends by erasure")
