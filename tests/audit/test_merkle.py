"""The tree against RFC 6962's own definitions, written out here, and against pymerkle."""

import hashlib

import pymerkle
import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit.merkle import (
    EMPTY_ROOT,
    Frontier,
    GrowingTree,
    consistency_proof,
    inclusion_proof,
    leaf_hash,
    node_hash,
    root,
    verify_consistency,
    verify_inclusion,
)

leaves = st.lists(st.binary(max_size=40), max_size=70)
some_leaves = st.lists(st.binary(max_size=40), min_size=1, max_size=70)

# The example trees of the Certificate Transparency reference implementation.
KNOWN_LEAVES = [
    bytes.fromhex(leaf)
    for leaf in ("", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f")
]
KNOWN_ROOTS = {
    1: "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    2: "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    3: "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    5: "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    8: "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
}


def sha256(data: bytes) -> bytes:
    return hashlib.sha256(data).digest()


def mth(d: list[bytes]) -> bytes:
    """RFC 6962, section 2.1, word for word."""
    n = len(d)
    if n == 0:
        return sha256(b"")
    if n == 1:
        return sha256(b"\x00" + d[0])
    k = largest_power_of_two_below(n)
    return sha256(b"\x01" + mth(d[0:k]) + mth(d[k:n]))


def path(m: int, d: list[bytes]) -> list[bytes]:
    """RFC 6962, section 2.1.1."""
    n = len(d)
    if n == 1:
        return []
    k = largest_power_of_two_below(n)
    if m < k:
        return [*path(m, d[0:k]), mth(d[k:n])]
    return [*path(m - k, d[k:n]), mth(d[0:k])]


def proof(m: int, d: list[bytes]) -> list[bytes]:
    """RFC 6962, section 2.1.2."""
    return subproof(m, d, b=True)


def subproof(m: int, d: list[bytes], *, b: bool) -> list[bytes]:
    n = len(d)
    if m == n:
        return [] if b else [mth(d)]
    k = largest_power_of_two_below(n)
    if m <= k:
        return [*subproof(m, d[0:k], b=b), mth(d[k:n])]
    return [*subproof(m - k, d[k:n], b=False), mth(d[0:k])]


def largest_power_of_two_below(n: int) -> int:
    k = 1
    while k * 2 < n:
        k *= 2
    return k


def hashes(data: list[bytes]) -> list[bytes]:
    return [leaf_hash(leaf) for leaf in data]


def frontier_of(data: list[bytes]) -> Frontier:
    frontier = Frontier()
    for leaf in data:
        frontier = frontier.append(leaf_hash(leaf))
    return frontier


@pytest.mark.parametrize(("size", "known"), KNOWN_ROOTS.items())
def test_the_known_trees_have_their_known_roots(size, known):
    assert root(hashes(KNOWN_LEAVES[:size])).hex() == known
    assert frontier_of(KNOWN_LEAVES[:size]).root.hex() == known


def test_the_empty_tree_has_the_hash_of_nothing():
    assert root([]) == Frontier().root == EMPTY_ROOT == sha256(b"")


@given(leaves)
def test_the_root_is_the_rfcs(data):
    assert root(hashes(data)) == mth(data)


@given(leaves)
def test_appending_one_by_one_gives_the_same_root(data):
    frontier = Frontier()
    for size, leaf in enumerate(data, start=1):
        frontier = frontier.append(leaf_hash(leaf))
        assert frontier.root == mth(data[:size])


@given(some_leaves)
def test_the_last_peak_is_the_largest_subtree_the_leaf_completes(data):
    frontier = Frontier()
    for size, leaf in enumerate(data, start=1):
        frontier = frontier.append(leaf_hash(leaf))
        completed = size & -size
        assert frontier.peaks[-1] == mth(data[size - completed : size])


@given(leaves)
def test_a_frontier_survives_the_database(data):
    frontier = frontier_of(data)

    assert Frontier.parse(frontier.size, frontier.to_bytes()) == frontier


@pytest.mark.parametrize(("size", "length"), [(0, 32), (1, 0), (1, 33), (3, 32), (4, 64), (-1, 0)])
def test_a_frontier_of_the_wrong_length_is_refused(size, length):
    with pytest.raises(ValueError, match="frontier"):
        Frontier.parse(size, bytes(length))


@given(some_leaves, st.data())
def test_an_inclusion_proof_is_the_rfcs_and_verifies(data, draw):
    index = draw.draw(st.integers(0, len(data) - 1))
    made = inclusion_proof(hashes(data), index)

    assert made == path(index, data)
    assert verify_inclusion(leaf_hash(data[index]), index, len(data), made, mth(data))


@given(some_leaves, st.data())
def test_a_consistency_proof_is_the_rfcs_and_verifies(data, draw):
    old_size = draw.draw(st.integers(1, len(data)))
    made = consistency_proof(hashes(data), old_size)

    assert made == proof(old_size, data)
    assert verify_consistency(old_size, mth(data[:old_size]), len(data), mth(data), made)


@given(some_leaves, st.data())
def test_pymerkle_makes_the_same_tree_and_accepts_our_proofs(data, draw):
    tree = pymerkle.InmemoryTree(algorithm="sha256")
    for leaf in data:
        tree.append_entry(leaf)
    index = draw.draw(st.integers(0, len(data) - 1))
    old_size = draw.draw(st.integers(1, len(data)))

    theirs = tree.prove_inclusion(index + 1)
    assert theirs.path == [leaf_hash(data[index]), *inclusion_proof(hashes(data), index)]
    pymerkle.verify_inclusion(leaf_hash(data[index]), root(hashes(data)), theirs, index=index + 1, size=len(data))
    assert tree.get_root() == root(hashes(data))
    assert tree.get_root(old_size) == frontier_of(data[:old_size]).root
    # pymerkle orders a consistency path in another way: the proofs must carry the same roots
    pymerkle.verify_consistency(
        root(hashes(data[:old_size])), root(hashes(data)), tree.prove_consistency(old_size), prior_size=old_size
    )


@given(some_leaves, st.data())
def test_an_altered_inclusion_proof_fails(data, draw):
    index = draw.draw(st.integers(0, len(data) - 1))
    leaf, made, whole = leaf_hash(data[index]), inclusion_proof(hashes(data), index), mth(data)

    for place in range(len(made)):
        altered = [*made[:place], flipped(made[place]), *made[place + 1 :]]
        assert not verify_inclusion(leaf, index, len(data), altered, whole)
    assert not verify_inclusion(flipped(leaf), index, len(data), made, whole)
    assert not verify_inclusion(leaf, index, len(data), made, flipped(whole))
    assert not verify_inclusion(leaf, index, len(data), [*made, whole], whole)
    assert not made or not verify_inclusion(leaf, index, len(data), made[:-1], whole)
    assert not verify_inclusion(leaf, len(data), len(data), made, whole)
    assert not verify_inclusion(leaf, -1, len(data), made, whole)


@given(some_leaves, st.data())
def test_an_altered_consistency_proof_fails(data, draw):
    size, old_size = len(data), draw.draw(st.integers(1, len(data)))
    made, old, new = consistency_proof(hashes(data), old_size), mth(data[:old_size]), mth(data)

    for place in range(len(made)):
        altered = [*made[:place], flipped(made[place]), *made[place + 1 :]]
        assert not verify_consistency(old_size, old, size, new, altered)
    assert not verify_consistency(old_size, flipped(old), size, new, made)
    assert not verify_consistency(old_size, old, size, flipped(new), made)
    assert not verify_consistency(old_size, old, size, new, [*made, new])
    assert not made or not verify_consistency(old_size, old, size, new, made[:-1])
    assert not verify_consistency(size + 1, old, size, new, made)


@given(some_leaves, st.data())
def test_a_tree_that_rewrote_its_history_has_no_proof(data, draw):
    old_size = draw.draw(st.integers(1, len(data)))
    place = draw.draw(st.integers(0, old_size - 1))
    rewritten = [*data[:place], data[place] + b"!", *data[place + 1 :]]

    made = consistency_proof(hashes(rewritten), old_size)

    assert not verify_consistency(old_size, mth(data[:old_size]), len(data), mth(rewritten), made)


def test_without_a_proof_nothing_is_proved():
    data = hashes([b"a", b"b", b"c", b"d", b"e"])

    for old_size in (1, 2, 3, 4):
        assert not verify_consistency(old_size, root(data[:old_size]), 5, root(data), [])
    assert verify_consistency(5, root(data), 5, root(data), [])
    assert not verify_consistency(5, root(data), 5, root(data), [root(data)])


def test_everything_grows_from_the_empty_tree_so_it_proves_nothing():
    one = leaf_hash(b"one")

    assert not verify_consistency(0, EMPTY_ROOT, 1, one, [])
    with pytest.raises(ValueError, match="no proof"):
        consistency_proof([one], 0)
    with pytest.raises(ValueError, match="no proof"):
        consistency_proof([one], 2)


@pytest.mark.parametrize("index", [-1, 2])
def test_there_is_no_proof_for_a_leaf_that_is_not_there(index):
    with pytest.raises(IndexError):
        inclusion_proof(hashes([b"a", b"b"]), index)


def test_a_leaf_cannot_pass_for_a_node():
    left, right = leaf_hash(b"a"), leaf_hash(b"b")

    assert leaf_hash(left + right) != node_hash(left, right)
    assert not verify_inclusion(node_hash(left, right)[:31], 0, 1, [], node_hash(left, right))


def flipped(value: bytes) -> bytes:
    return bytes([value[0] ^ 1]) + value[1:]


@given(leaves)
def test_a_tree_that_grows_in_place_is_the_same_tree(data):
    growing, frontier = GrowingTree(), Frontier()
    for leaf in data:
        completed = growing.append(leaf)
        frontier = frontier.append(leaf_hash(leaf))

        assert completed == frontier.peaks[-1]
        assert growing.frontier == frontier
    assert growing.frontier.root == mth(data)
