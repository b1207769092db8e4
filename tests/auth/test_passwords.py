"""Long passwords, any characters, kept as Argon2id; the same work whether there is an account or not."""

import threading
import time

import pytest
from argon2 import PasswordHasher

from auth import passwords
from auth.passwords import Weakness, hash_password, needs_rehash, verify, weakness

GOOD = "fyra gröna hästar"


@pytest.mark.real_hashing
def test_passwords_are_kept_as_argon2id_with_the_chosen_cost():
    stored = hash_password(GOOD)

    assert stored.startswith("$argon2id$v=19$m=47104,t=1,p=1$")
    assert verify(stored, GOOD)
    assert not verify(stored, GOOD + "!")


def test_the_same_password_is_never_stored_twice_alike():
    assert hash_password(GOOD) != hash_password(GOOD)


def test_a_password_is_the_same_from_any_keyboard():
    composed, decomposed = "fyra gröna hästar", "fyra gro\u0308na ha\u0308star"

    assert verify(hash_password(composed), decomposed)


def test_where_there_is_no_account_the_same_work_is_done(verifications):
    assert not verify(None, GOOD)
    assert not verify(hash_password(GOOD), GOOD + "!")

    assert len(verifications) == 2
    nobody, somebody = verifications
    assert nobody.split("$")[:4] == somebody.split("$")[:4]


def test_an_endless_password_costs_one_verification_and_never_fits(verifications):
    longest = GOOD * 16
    stored = hash_password(longest[: passwords.LONGEST])

    assert not verify(stored, longest)
    assert len(verifications) == 1


def test_what_is_no_hash_verifies_nothing():
    assert not verify("not a hash", GOOD)


def test_odd_characters_are_no_fault():
    assert not verify(hash_password(GOOD), "half a pair \ud800 and a \0")


def test_a_hash_made_with_other_costs_is_to_be_made_anew():
    assert not needs_rehash(hash_password(GOOD))
    assert needs_rehash(PasswordHasher(time_cost=2, memory_cost=64, parallelism=1).hash(GOOD))


def test_no_more_hash_at_once_than_there_are_cores(monkeypatch):
    now, most, lock = [0], [0], threading.Lock()

    class SlowHasher:
        def hash(self, _password):
            with lock:
                now[0] += 1
                most[0] = max(most[0], now[0])
            time.sleep(0.01)
            with lock:
                now[0] -= 1
            return "hash"

    monkeypatch.setattr(passwords, "_hasher", SlowHasher())
    monkeypatch.setattr(passwords, "_turns", threading.BoundedSemaphore(2))
    threads = [threading.Thread(target=hash_password, args=(GOOD,)) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert most[0] == 2


@pytest.mark.parametrize(
    "password",
    [
        GOOD,
        "korrekt häst batteri klammer",
        "xkq7vz2mhw9pbr4",  # fifteen
        "                lätta blå moln över sjön",
        "😀🐎🌲🚲🏠🎻🍎🌙🔔🔑🧭🪁🦉🍞🌻",
        "hej hej hej på dig du gamla indian",
        ("mycket långt lösenord som inte tar slut " * 7)[:100] + "och så något helt annat än det förra " * 4,
    ],
)
def test_anything_long_will_do(password):
    assert weakness(password, known=("karin.ek@kommun.example", "Karin Ek")) is None


@pytest.mark.parametrize(
    ("password", "why"),
    [
        ("", Weakness.TOO_SHORT),
        ("fjorton tecken", Weakness.TOO_SHORT),
        ("x" * 257, Weakness.TOO_LONG),
        ("aaaaaaaaaaaaaaa", Weakness.REPETITIVE),
        ("abababababababab", Weakness.REPETITIVE),
        ("hemma123hemma123", Weakness.REPETITIVE),
        ("abcdefgabcdefgabc", Weakness.REPETITIVE),
        ("abcdefghijklmnopqrst", Weakness.REPETITIVE),
        ("qwertyuiopåasdfgh", Weakness.REPETITIVE),
        ("098765432109876", Weakness.REPETITIVE),
        ("Sspf-Lösenord-2026", Weakness.OBVIOUS),
        ("karin.ek@kommun.example", Weakness.OBVIOUS),
        ("Kommun-Karin-Example-1", Weakness.OBVIOUS),
        ("välkommen SSPF 123456", Weakness.OBVIOUS),
        ("SSPF password 111111111", Weakness.OBVIOUS),
    ],
)
def test_what_anybody_would_try_first_will_not(password, why):
    assert weakness(password, known=("karin.ek@kommun.example", "Karin Ek")) is why


def test_length_is_counted_as_it_is_hashed():
    assert weakness("gro\u0308na ha\u0308star p") is Weakness.TOO_SHORT
