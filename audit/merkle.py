"""The Merkle tree of RFC 6962, section 2.1, with SHA-256: pure functions on hashes, no storage.

The leaves of a tree are given as their *leaf hashes* (32 bytes each, see
``leaf_hash``), in order. Proofs are lists of 32-byte hashes in the order of the
RFC, so any implementation of RFC 6962 or RFC 9162 can check ours and we theirs.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

HASH_SIZE = 32
EMPTY_ROOT = hashlib.sha256(b"").digest()


def leaf_hash(leaf: bytes) -> bytes:
    """SHA-256(0x00 ‖ leaf). The prefix keeps a leaf from being passed off as a node."""
    return hashlib.sha256(b"\x00" + leaf).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """SHA-256(0x01 ‖ left ‖ right), of the hashes of two subtrees."""
    return hashlib.sha256(b"\x01" + left + right).digest()


@dataclass(frozen=True, slots=True)
class Frontier:
    """All that must be remembered of a tree to append to it and to know its root.

    ``peaks`` are the roots of the perfect subtrees the tree falls into, largest
    and leftmost first: one for each bit set in ``size``, at most 63.
    """

    size: int = 0
    peaks: tuple[bytes, ...] = ()

    def append(self, leaf_hash: bytes) -> "Frontier":
        """The frontier after one more leaf; its last peak is the largest subtree that this leaf completes."""
        peaks, merged, completed = self.peaks, leaf_hash, self.size
        while completed & 1:
            merged = node_hash(peaks[-1], merged)
            peaks, completed = peaks[:-1], completed >> 1
        return Frontier(self.size + 1, (*peaks, merged))

    @property
    def root(self) -> bytes:
        """MTH of all leaves so far; of none, SHA-256 of the empty string."""
        if not self.peaks:
            return EMPTY_ROOT
        *lefts, joined = self.peaks
        for peak in reversed(lefts):
            joined = node_hash(peak, joined)
        return joined

    def to_bytes(self) -> bytes:
        """The peaks one after another, 32 bytes each: the form the database holds."""
        return b"".join(self.peaks)

    @classmethod
    def parse(cls, size: int, data: bytes) -> "Frontier":
        """Read back ``to_bytes``. Raises ``ValueError`` unless there is one hash for each bit set in ``size``."""
        if size < 0 or len(data) != HASH_SIZE * size.bit_count():
            raise ValueError(f"a tree of {size} leaves has no frontier of {len(data)} bytes")
        return cls(size, tuple(data[at : at + HASH_SIZE] for at in range(0, len(data), HASH_SIZE)))


class GrowingTree:
    """A frontier that grows in place: for whoever reads all of a log, one leaf after the other."""

    __slots__ = ("_peaks", "size")

    def __init__(self) -> None:
        self.size = 0
        self._peaks: list[bytes] = []

    def append(self, leaf: bytes) -> bytes:
        """Take the next leaf, itself and not its hash; the hash of the largest subtree that it completes."""
        merged = leaf_hash(leaf)
        peaks, completed = self._peaks, self.size
        while completed & 1:
            merged = node_hash(peaks.pop(), merged)
            completed >>= 1
        peaks.append(merged)
        self.size += 1
        return merged

    @property
    def frontier(self) -> Frontier:
        """What there is to remember of it now."""
        return Frontier(self.size, tuple(self._peaks))


def root(leaf_hashes: Sequence[bytes]) -> bytes:
    """MTH(D[n]) of RFC 6962, section 2.1."""
    if not leaf_hashes:
        return EMPTY_ROOT
    if len(leaf_hashes) == 1:
        return leaf_hashes[0]
    split = _split(len(leaf_hashes))
    return node_hash(root(leaf_hashes[:split]), root(leaf_hashes[split:]))


def inclusion_proof(leaf_hashes: Sequence[bytes], index: int) -> list[bytes]:
    """PATH(m, D[n]) of RFC 6962, section 2.1.1: what joins leaf ``index`` (from 0) to the root, nearest first.

    Raises ``IndexError`` if there is no such leaf.
    """
    size = len(leaf_hashes)
    if not 0 <= index < size:
        raise IndexError(f"no leaf {index} in a tree of {size}")
    if size == 1:
        return []
    split = _split(size)
    left, right = leaf_hashes[:split], leaf_hashes[split:]
    if index < split:
        return [*inclusion_proof(left, index), root(right)]
    return [*inclusion_proof(right, index - split), root(left)]


def consistency_proof(leaf_hashes: Sequence[bytes], old_size: int) -> list[bytes]:
    """PROOF(m, D[n]) of RFC 6962, section 2.1.2: that the first ``old_size`` leaves are the tree's beginning.

    Raises ``ValueError`` unless ``0 < old_size <= len(leaf_hashes)``: everything
    is consistent with the empty tree, which therefore proves nothing.
    """
    if not 0 < old_size <= len(leaf_hashes):
        raise ValueError(f"no proof from {old_size} leaves to {len(leaf_hashes)}")
    return _subproof(leaf_hashes, old_size, whole=True)


def verify_inclusion(leaf_hash: bytes, index: int, size: int, proof: Sequence[bytes], root: bytes) -> bool:
    """Whether ``proof`` shows that leaf ``index`` of the tree with ``size`` leaves and this root is the one given.

    RFC 9162, section 2.1.3.2. Malformed input is a proof that fails, never an exception.
    """
    if not 0 <= index < size or not _are_hashes(leaf_hash, root, *proof):
        return False
    place, last, joined = index, size - 1, leaf_hash
    for sibling in proof:
        if last == 0:
            return False
        if place & 1 or place == last:
            joined = node_hash(sibling, joined)
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            joined = node_hash(joined, sibling)
        place, last = place >> 1, last >> 1
    return last == 0 and joined == root


def verify_consistency(old_size: int, old_root: bytes, size: int, root: bytes, proof: Sequence[bytes]) -> bool:
    """Whether ``proof`` shows that the tree (``size``, ``root``) begins with the tree (``old_size``, ``old_root``).

    RFC 9162, section 2.1.4.2. An ``old_size`` of 0 is refused: it would prove nothing.
    """
    if not 0 < old_size <= size or not _are_hashes(old_root, root, *proof):
        return False
    if old_size == size:
        return not proof and old_root == root
    path = list(proof)
    if old_size & (old_size - 1) == 0:
        path.insert(0, old_root)  # a perfect old tree is a node of the new one and is left out of the proof
    if not path:
        return False
    place, last = old_size - 1, size - 1
    while place & 1:
        place, last = place >> 1, last >> 1
    old_joined = joined = path[0]
    for sibling in path[1:]:
        if last == 0:
            return False
        if place & 1 or place == last:
            old_joined, joined = node_hash(sibling, old_joined), node_hash(sibling, joined)
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            joined = node_hash(joined, sibling)
        place, last = place >> 1, last >> 1
    return last == 0 and old_joined == old_root and joined == root


def _split(size: int) -> int:
    """The largest power of two smaller than ``size``."""
    return 1 << ((size - 1).bit_length() - 1)


def _subproof(leaf_hashes: Sequence[bytes], old_size: int, *, whole: bool) -> list[bytes]:
    """SUBPROOF(m, D[n], b): ``whole`` while the old root itself is what the verifier already holds."""
    if old_size == len(leaf_hashes):
        return [] if whole else [root(leaf_hashes)]
    split = _split(len(leaf_hashes))
    left, right = leaf_hashes[:split], leaf_hashes[split:]
    if old_size <= split:
        return [*_subproof(left, old_size, whole=whole), root(right)]
    return [*_subproof(right, old_size - split, whole=False), root(left)]


def _are_hashes(*values: bytes) -> bool:
    return all(len(value) == HASH_SIZE for value in values)
