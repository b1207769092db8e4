"""Unwrapped secrets are remembered for a while, and asked for together."""

import pytest

from sspf.vault.errors import CannotOpen
from sspf.vault.keyring import FileKeyring
from sspf.vault.keys import LIFETIME, KeyStore

ONE, OTHER = ("unit_secret", "one"), ("unit_secret", "other")


class CountingKeyring:
    """A key provider that remembers what it was asked to unwrap."""

    def __init__(self, keyring):
        self.keyring = keyring
        self.asked = []

    def wrap_many(self, secrets):
        return self.keyring.wrap_many(secrets)

    def unwrap_many(self, wrapped):
        self.asked.append(len(wrapped))
        return self.keyring.unwrap_many(wrapped)


@pytest.fixture
def provider(tmp_path):
    return CountingKeyring(FileKeyring.create(tmp_path / "keyring.json"))


@pytest.fixture
def clock():
    return [1000.0]


@pytest.fixture
def store(provider, clock):
    return KeyStore(provider, tick=lambda: clock[0])


def test_many_secrets_are_asked_for_once(store, provider):
    one, other = store.wrap(ONE, b"1" * 32), store.wrap(OTHER, b"2" * 32)

    assert store.unwrap([(ONE, one), (OTHER, other), (ONE, one)]) == [b"1" * 32, b"2" * 32, b"1" * 32]
    assert store.unwrap([(OTHER, other)]) == [b"2" * 32]
    assert provider.asked == [2]


def test_a_secret_is_forgotten_after_ten_minutes(store, provider, clock):
    wrapped = store.wrap(ONE, b"1" * 32)
    store.unwrap([(ONE, wrapped)])

    clock[0] += 599
    store.unwrap([(ONE, wrapped)])
    assert provider.asked == [1]

    clock[0] += 1
    store.unwrap([(ONE, wrapped)])
    assert provider.asked == [1, 1]


def test_forgotten_secrets_do_not_stay_in_memory(store, clock):
    wrapped = store.wrap(ONE, b"1" * 32)
    store.unwrap([(ONE, wrapped)])

    clock[0] += 600
    store.unwrap([(OTHER, store.wrap(OTHER, b"2" * 32))])

    assert len(store._held) == 1


def test_nobody_can_ask_for_a_longer_memory(provider):
    assert KeyStore(provider, lifetime=86_400)._lifetime == LIFETIME == 600


def test_a_remembered_secret_does_not_open_in_another_place(store):
    wrapped = store.wrap(ONE, b"1" * 32)
    store.unwrap([(ONE, wrapped)])

    with pytest.raises(CannotOpen):
        store.unwrap([(OTHER, wrapped)])
