"""A sealed column takes sealed values and gives nothing away."""

import copy
import json
import pickle

import pytest
from sqlalchemy import select
from sqlalchemy.dialects import postgresql
from sqlalchemy.exc import CompileError

from sspf.vault.columns import Sealed, place_of, sealed_fields
from sspf.vault.errors import AlreadySealed
from tests.vault.tables import MisplacedSecret, Secret


def test_a_sealed_value_prints_as_stars():
    sealed = Sealed(b"stored bytes")

    assert {repr(sealed), str(sealed), f"{sealed}", f"{sealed!r:>3}"} == {"***"}
    assert "stored" not in repr([sealed]) + repr({"statement": sealed})


@pytest.mark.parametrize(
    "escape", [json.dumps, pickle.dumps, copy.copy, len, list, bytes, float], ids=lambda f: f.__name__
)
def test_a_sealed_value_is_nothing_but_itself(escape):
    with pytest.raises(TypeError):
        escape(Sealed(b"stored bytes"))


def test_two_sealed_values_are_never_equal():
    assert Sealed(b"stored bytes") != Sealed(b"stored bytes")


@pytest.mark.parametrize("plaintext", ["Alva Lind", b"Alva Lind", 1, ["Alva Lind"]])
def test_plaintext_is_refused_where_it_is_assigned_and_not_repeated_in_the_refusal(plaintext):
    secret = Secret()

    for assign in (lambda: setattr(secret, "statement", plaintext), lambda: Secret(statement=plaintext)):
        with pytest.raises(TypeError) as refused:
            assign()
        assert "Alva" not in str(refused.value)


def test_a_second_text_is_refused():
    secret = Secret(statement=Sealed(b"one"))

    with pytest.raises(AlreadySealed):
        secret.statement = Sealed(b"two")


def test_plaintext_is_refused_in_a_comparison_too():
    bind = Secret.__table__.c.statement.type.bind_processor(postgresql.dialect())

    with pytest.raises(TypeError):
        bind("Alva Lind")
    with pytest.raises(Exception, match="cannot be opened"):
        bind(Sealed(b"not in the format"))
    with pytest.raises(CompileError):
        select(Secret).where(Secret.statement == Sealed(b"x")).compile(
            dialect=postgresql.dialect(), compile_kwargs={"literal_binds": True}
        )


def test_a_place_is_table_column_and_row():
    secret = Secret(id=None)

    assert place_of(secret, "statement") == ("test_secret", "statement", None)
    assert sealed_fields(Secret) == {"statement", "detail"}


@pytest.mark.parametrize("field", ["id", "envelope_id", "title", "nothing"])
def test_only_sealed_columns_have_a_place(field):
    with pytest.raises(TypeError):
        place_of(Secret(), field)


def test_a_column_declared_under_anothers_name_is_found_out():
    with pytest.raises(TypeError, match="other_table"):
        place_of(MisplacedSecret(), "statement")
