"""The sealed value opens under its own key, at its own place, unaltered, and in no other way."""

from itertools import permutations
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sspf.vault import sealing
from sspf.vault.errors import CannotOpen
from sspf.vault.packing import packed

KEY, OTHER_KEY = b"k" * 32, b"o" * 32
KEY_ID = UUID(int=7)
PLACE = ("note", "statement", UUID(int=1))

texts = st.text().map(str.encode) | st.binary(max_size=3000)


@given(texts, st.uuids(), st.uuids())
def test_what_is_sealed_opens_again(plaintext, key_id, row_id):
    place = ("note", "statement", row_id)

    sealed = sealing.seal(KEY, key_id, place, plaintext)

    assert sealing.unseal(KEY, key_id, place, sealed) == plaintext


def test_the_bytes_are_in_the_order_the_format_says():
    sealed = sealing.seal(KEY, KEY_ID, PLACE, b"ja")

    assert sealed[:3] == b"\x53\x01\x01"
    assert sealed[3:19] == KEY_ID.bytes
    assert len(sealed) == 3 + 16 + 12 + 32 + 16


def test_a_value_sealed_by_an_earlier_release_still_opens():
    # made from the format's description with AES-256-GCM alone: changing it would lose what is stored
    kept = bytes.fromhex(
        "53010100000000000000000000000000000007000102030405060708090a0b00bc742e04d08675439b538a64c50858"
        "f8eeba649c669c85af7ce9a5f02a9428fcac2ff66d5a2a225a713b61ed83d4cc"
    )

    assert sealing.unseal(KEY, KEY_ID, PLACE, kept) == b"ja"


def test_the_same_text_never_looks_the_same():
    seen = {sealing.seal(KEY, KEY_ID, PLACE, b"ja") for _ in range(1000)}

    assert len({sealed[19:31] for sealed in seen}) == 1000


def test_a_value_moved_to_any_other_row_column_table_or_key_does_not_open():
    places = [
        (key, key_id, (table, column, UUID(int=row)))
        for key, key_id in ((KEY, KEY_ID), (OTHER_KEY, KEY_ID), (KEY, UUID(int=8)))
        for table in ("note", "action")
        for column in ("statement", "detail")
        for row in (1, 2)
    ]
    sealed = {place: sealing.seal(place[0], place[1], place[2], b"text") for place in places}
    assert len(places) == 24

    for here, there in permutations(places, 2):
        with pytest.raises(CannotOpen):
            sealing.unseal(*there, sealed[here])


def test_a_key_id_rewritten_in_the_header_does_not_open():
    sealed = sealing.seal(KEY, KEY_ID, PLACE, b"text")
    forged = sealed[:3] + UUID(int=8).bytes + sealed[19:]

    with pytest.raises(CannotOpen):
        sealing.unseal(KEY, UUID(int=8), PLACE, forged)


@given(st.integers(min_value=0), st.integers(min_value=1, max_value=255))
def test_any_altered_byte_is_noticed(position, change):
    sealed = bytearray(sealing.seal(KEY, KEY_ID, PLACE, b"text"))
    sealed[position % len(sealed)] ^= change

    with pytest.raises(CannotOpen):
        sealing.unseal(KEY, KEY_ID, PLACE, bytes(sealed))


@given(st.binary(max_size=200))
def test_what_is_not_a_sealed_value_is_refused_before_any_key_is_tried(garbage):
    with pytest.raises(CannotOpen):
        sealing.parse(garbage)


@pytest.mark.parametrize("cut", [0, 1, 30, 31, 46, 62, 78])
def test_a_truncated_value_is_refused(cut):
    with pytest.raises(CannotOpen):
        sealing.parse(sealing.seal(KEY, KEY_ID, PLACE, b"text")[:cut])


def test_a_value_with_something_added_is_refused():
    with pytest.raises(CannotOpen):
        sealing.parse(sealing.seal(KEY, KEY_ID, PLACE, b"text") + b"\0")


def test_the_refusal_says_nothing_of_why():
    sealed = sealing.seal(KEY, KEY_ID, PLACE, b"Alva Lind")
    reasons = set()
    for attempt in (
        lambda: sealing.unseal(OTHER_KEY, KEY_ID, PLACE, sealed),
        lambda: sealing.unseal(KEY, UUID(int=8), PLACE, sealed),
        lambda: sealing.unseal(KEY, KEY_ID, PLACE, b"garbage"),
    ):
        with pytest.raises(CannotOpen) as refused:
            attempt()
        reasons.add(str(refused.value))
        assert refused.value.__cause__ is None

    assert reasons == {"cannot be opened"}


def test_short_answers_have_one_length():
    lengths = {len(sealing.seal(KEY, KEY_ID, PLACE, word.encode())) for word in ("ja", "nej", "", "inte tillfrågad")}

    assert len(lengths) == 1


@given(st.integers(min_value=1, max_value=200_000))
def test_a_size_class_is_its_own_and_close(length):
    size = sealing.size_class(length)

    assert sealing.size_class(size) == size >= length
    assert size in {32, 64, 128, 256} or size - length <= 0.0625 * length


@given(texts)
def test_padding_comes_off_as_it_was_put_on(plaintext):
    assert sealing.unpad(sealing.pad(plaintext)) == plaintext


@pytest.mark.parametrize(
    "padded",
    [b"", b"\0" * 32, b"text" + b"\0" * 28, b"\x80", b"a" * 31 + b"\x80" + b"\0" * 32, b"\x80" + b"\0" * 30 + b"\1"],
)
def test_padding_that_nothing_is_padded_with_is_refused(padded):
    with pytest.raises(CannotOpen):
        sealing.unpad(padded)


@given(st.tuples(st.text(), st.text(), st.uuids()) | st.lists(st.text() | st.uuids(), max_size=5).map(tuple))
def test_a_place_is_bound_as_the_format_says_whatever_is_remembered_of_it(place):
    assert sealing._placed(place) + sealing.SealingKey(KEY, KEY_ID)._bound == packed("sspf/1", *place, KEY_ID, b"\x01")


def test_a_key_made_ready_shows_nothing_of_itself():
    assert repr(sealing.SealingKey(KEY, KEY_ID)) == "SealingKey(***)"
