"""A commitment binds to one value of one kind, and hides it."""

import hashlib
import hmac

import pytest

from audit.commitments import Kind, Salted, commit, fresh_salt

SALT = bytes(range(32))


def test_the_commitment_is_the_hmac_that_is_documented():
    message = b'sspf/audit/commit/1\x00subject/rest\x00{"note":"n1"}'

    assert commit(Kind.SUBJECT_REST, SALT, b'{"note":"n1"}') == hmac.new(SALT, message, hashlib.sha256).digest()


def test_kind_value_and_salt_all_take_part():
    commitments = {
        commit(kind, salt, value) for kind in Kind for salt in (SALT, SALT[::-1]) for value in (b"{}", b'{"a":1}')
    }

    assert len(commitments) == len(Kind) * 2 * 2


@pytest.mark.parametrize("length", [0, 31, 33, 64])
def test_a_salt_that_could_be_padded_into_another_is_refused(length):
    with pytest.raises(ValueError, match="32 bytes"):
        commit(Kind.WHO, bytes(length), b"{}")


def test_every_salt_is_fresh():
    assert len({fresh_salt() for _ in range(100)}) == 100
    assert Salted.of({}).salt != Salted.of({}).salt


def test_what_is_sealed_opens_the_commitment():
    salted = Salted.of({"purpose": "meeting"})

    opened = Salted.parse(salted.to_bytes())

    assert opened.value == {"purpose": "meeting"}
    assert opened.commitment(Kind.FACTS) == salted.commitment(Kind.FACTS)


def test_a_salted_value_is_the_value_as_it_was():
    facts = {"fields": ["a"]}
    salted = Salted.of(facts)

    facts["fields"].append("b")

    assert salted.value == {"fields": ["a"]}


def test_a_salt_is_not_printed():
    assert SALT.hex() not in repr(Salted(b"{}", SALT))
    assert repr(SALT) not in repr(Salted(b"{}", SALT))


@pytest.mark.parametrize("data", [b"", SALT, b"{}", SALT + b"{", SALT + b'{"a": 1}'])
def test_other_bytes_are_no_salted_value(data):
    with pytest.raises(ValueError, match=r"salt|JSON"):
        Salted.parse(data).value  # noqa: B018  # reading it is what is tried
