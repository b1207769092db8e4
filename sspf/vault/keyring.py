"""The root of the key tree, which is never in the database.

A key provider wraps and unwraps secrets under a root it keeps to itself. The root
comes in epochs: the newest wraps, any that is left unwraps, and the wrapped value
names the one it needs. A wrapped secret is a sealed value (see ``sealing``) whose
key id is the epoch's and whose place is "keyring" and the secret's context, so
that one wrapped secret cannot stand in for another.

The file keyring is JSON, readable by its owner only:

    {"format": "sspf keyring 1", "epochs": [{"id": …, "made_at": …, "key": base64}, …]}

with the newest epoch last. Whoever has this file and the database has everything;
``docs/keys.md`` says where to keep it.
"""

import base64
import binascii
import json
import os
import stat
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Protocol, Self
from uuid import UUID

from sspf.db import new_id
from sspf.vault import sealing
from sspf.vault.errors import CannotOpen, KeyringRefused

FORMAT = "sspf keyring 1"

Context = tuple[str, ...]


class KeyProvider(Protocol):
    """What keeps the root. Both methods take and return in order, one call for many secrets."""

    def wrap_many(self, secrets: Sequence[tuple[Context, bytes]]) -> list[bytes]:
        """Wrap each secret under the newest epoch, bound to its context."""

    def unwrap_many(self, wrapped: Sequence[tuple[Context, bytes]]) -> list[bytes]:
        """The secrets again; raises ``CannotOpen`` if the epoch is gone or a context is another."""


class FileKeyring:
    """A key provider that keeps its epochs in one file."""

    def __init__(self, path: Path) -> None:
        """Read the file once.

        Raises:
            KeyringRefused: missing, a link, readable by others, someone else's, or malformed.
        """
        self._epochs = _parse(_read_private(path))
        self._newest = next(reversed(self._epochs))

    @classmethod
    def create(cls, path: Path) -> Self:
        """Make a keyring with one epoch, mode 0600, in a folder of mode 0700 if it must be made.

        Raises:
            KeyringRefused: something is already there; a keyring is never written over.
        """
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        epoch = {
            "id": str(new_id()),
            "made_at": datetime.now(UTC).isoformat(),
            "key": base64.b64encode(sealing.new_key()).decode(),
        }
        _write_private(path, json.dumps({"format": FORMAT, "epochs": [epoch]}, indent=1).encode())
        return cls(path)

    def wrap_many(self, secrets: Sequence[tuple[Context, bytes]]) -> list[bytes]:
        key = self._epochs[self._newest]
        return [sealing.seal(key, self._newest, ("keyring", *context), secret) for context, secret in secrets]

    def unwrap_many(self, wrapped: Sequence[tuple[Context, bytes]]) -> list[bytes]:
        return [self._unwrap(context, value) for context, value in wrapped]

    def _unwrap(self, context: Context, value: bytes) -> bytes:
        epoch = sealing.parse(value).key_id
        if epoch not in self._epochs:
            raise CannotOpen
        return sealing.unseal(self._epochs[epoch], epoch, ("keyring", *context), value)


def check_place(path: Path, database_dir: Path) -> None:
    """Refuse a keyring in the database's folder or in a folder above it.

    A copy of either folder would carry keys and data together, and the embedded
    server, run as root, opens every folder above its data to others.

    Raises:
        KeyringRefused: the keyring lies in or above ``database_dir``.
    """
    folder, database = path.resolve().parent, database_dir.resolve()
    if folder.is_relative_to(database) or database.is_relative_to(folder):
        raise KeyringRefused(f"the keyring may not lie in or above the database's folder {database}")


def _read_private(path: Path) -> bytes:
    try:
        # no link is followed: it could be pointed elsewhere by whoever owns the folder it is in
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC)
    except OSError as error:
        raise KeyringRefused(f"the keyring {path} cannot be read: {error.strerror}") from None
    with os.fdopen(descriptor, "rb") as file:
        found = os.fstat(file.fileno())
        if not stat.S_ISREG(found.st_mode) or stat.S_IMODE(found.st_mode) & 0o177:
            raise KeyringRefused(f"the keyring {path} must be a file of mode 0600")
        if os.geteuid() not in {0, found.st_uid}:
            raise KeyringRefused(f"the keyring {path} belongs to another user")
        return file.read()


def _write_private(path: Path, content: bytes) -> None:
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
    except OSError as error:
        raise KeyringRefused(f"the keyring {path} cannot be made: {error.strerror}") from None
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    folder = os.open(path.parent, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(folder)  # or a crash could leave a database whose keyring is gone
    finally:
        os.close(folder)


def _parse(content: bytes) -> dict[UUID, bytes]:
    try:
        document: Any = json.loads(content)
        if document["format"] != FORMAT:
            raise KeyringRefused("the keyring is of another format")
        epochs = {UUID(epoch["id"]): base64.b64decode(epoch["key"], validate=True) for epoch in document["epochs"]}
    except (ValueError, KeyError, TypeError, AttributeError, binascii.Error):
        raise KeyringRefused("the keyring is malformed") from None
    if not epochs or len(epochs) != len(document["epochs"]):
        raise KeyringRefused("the keyring has no epoch, or one twice")
    if any(len(key) != sealing.KEY_BYTES for key in epochs.values()):
        raise KeyringRefused("the keyring has a key of another length")
    return epochs
