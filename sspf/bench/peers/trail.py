"""One entry with one durable commit, beside pymerkle's tree in SQLite; and a log verified, beside SHA-256 alone.

Ours is written as a request writes it: a session of its own, the head locked, the values committed to and sealed,
the transaction committed. The peer keeps the bytes of the same leaf and its hash.
"""

import hashlib
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from itertools import cycle, islice
from pathlib import Path
from statistics import median
from uuid import UUID

from pymerkle import SqliteTree

from audit.events import Event, Subject, Who
from audit.log import create_log, record
from audit.merkle import GrowingTree
from audit.stored import get_head, stream_entries
from audit.verification import verify
from sspf.app.installation import Installation, open_installation, prepare
from sspf.bench.comparing import Comparison, compare
from sspf.bench.flushing import flush_ms
from sspf.bench.ground import throw_away_settings
from sspf.bench.peers.scale import PeerScale
from sspf.bench.peers.timing import times
from sspf.cases.events import CaseEvent
from sspf.db import new_id
from sspf.db.embedded import Embedded

_VERIFIED_TIMES = 5


@dataclass(frozen=True, slots=True)
class Trail:
    """How many times as long the peer takes to append, and what share of a tree's time its leaves' hashes alone take.

    ``from_database`` are entries a second that ``sspf audit verify`` reads, recomputes and opens.
    """

    flush_ms: float
    append: Comparison
    tree: Comparison
    from_database: float


def compare_trail(scale: PeerScale) -> Trail:
    """Append turn and turn about in one folder, then verify what was appended."""
    with _installation() as (installation, folder):
        log_id = new_id()
        with installation.sessions.begin() as session:
            create_log(session, log_id, "sspf/bench/peers")
        with SqliteTree(str(folder / "peer.db")) as peer:
            append = compare(
                times(lambda: peer.append_entry(_LEAF), scale.entries),
                times(lambda: _append(installation, log_id), scale.entries),
                scale.turn_about(),
            )
        leaves = list(islice(cycle(_leaves(installation, log_id)), scale.leaves))
        return Trail(
            flush_ms=flush_ms(folder),
            append=append,
            tree=compare(
                times(lambda: _hashed(leaves), 1), times(lambda: _grown(leaves), 1), scale.turn_about(turns=1)
            ),
            from_database=_verified_a_second(installation, log_id),
        )


# as long as ours are
_LEAF = b"{" + b"x" * 398 + b"}"


@contextmanager
def _installation() -> Iterator[tuple[Installation, Path]]:
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="sspf-peers-")))
        settings = throw_away_settings(folder)
        embedded = Embedded(settings.database_dir, keep=False)
        stack.callback(embedded.stop)
        prepare(settings, embedded, create_roles=True, create_keyring=True)
        installation = open_installation(settings, embedded=embedded)
        stack.callback(installation.close)
        yield installation, folder


def _append(installation: Installation, log_id: UUID) -> None:
    who = Who(user_id=new_id(), organisation_id=new_id(), assignment_id=new_id(), session_id=new_id())
    subject = Subject(case_id=new_id())
    with installation.sessions.begin() as session:
        record(session, Event(log=log_id, tag=CaseEvent.SHOWN, who=who, subjects=(subject,), facts={"page": "first"}))


def _leaves(installation: Installation, log_id: UUID) -> list[bytes]:
    with installation.sessions.begin() as session:
        head = get_head(session, log_id)
        size = head.size if head else 0
        return [entry.leaf or b"" for entry in stream_entries(session, log_id, size)]


def _grown(leaves: list[bytes]) -> bytes:
    tree = GrowingTree()
    for leaf in leaves:
        tree.append(leaf)
    return tree.frontier.root


def _hashed(leaves: list[bytes]) -> None:
    for leaf in leaves:
        hashlib.sha256(leaf).digest()


def _verified_a_second(installation: Installation, log_id: UUID) -> float:
    rates = []
    for _ in range(_VERIFIED_TIMES):
        with installation.sessions.begin() as session:
            began = time.perf_counter()
            report = verify(session, log_id, installation.log_sealer)
            rates.append(report.size / (time.perf_counter() - began))
        if not report.ok:
            raise ValueError("the trail that was just written does not verify")
    return median(rates)
