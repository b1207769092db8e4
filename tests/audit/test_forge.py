"""A superuser with every trigger off changes the trail; verification finds it and names the entry.

``FOUND_BESIDE`` needs no key, ``FOUND_SEALED`` needs the log's; for ``REHASHED`` the
forger has repaired the tree as well.
"""

from dataclasses import dataclass

import pytest

from audit.events import Subject
from audit.findings import Finding
from audit.merkle import Frontier, leaf_hash


@dataclass(frozen=True)
class Forgery:
    """What is done, and where it must be found."""

    name: str
    sql: tuple[str, ...]
    finding: Finding
    seq: int | None = 4


HEAD = Finding.HEAD
LEAF, FACTS, SUBJECT = "audit_leaf", "audit_entry_facts", "audit_entry_subject"
FOUR = "WHERE log_id = :log AND seq = 4"
FIRST = f"{FOUR} AND position = 1"
EVERY_TABLE = (LEAF, FACTS, SUBJECT)


def flip(table: str, column: str, where: str) -> str:
    return f"UPDATE {table} SET {column} = set_byte({column}, 5, get_byte({column}, 5) # 1) {where}"


def rewrite(old: str, new: str, where: str = FOUR) -> str:
    old, new = (part.replace(":", "\\:") for part in (old, new))  # else SQLAlchemy takes ":1" for a parameter
    return f"UPDATE {LEAF} SET leaf = convert_to(replace(convert_from(leaf, 'UTF8'), '{old}', '{new}'), 'UTF8') {where}"


def everywhere(sql: str) -> tuple[str, ...]:
    return tuple(sql.format(table=table) for table in EVERY_TABLE)


def swap(one: int, other: int) -> tuple[str, ...]:
    return (
        *everywhere(f"UPDATE {{table}} SET seq = 1000 WHERE log_id = :log AND seq = {one}"),
        *everywhere(f"UPDATE {{table}} SET seq = {one} WHERE log_id = :log AND seq = {other}"),
        *everywhere(f"UPDATE {{table}} SET seq = {other} WHERE log_id = :log AND seq = 1000"),
    )


def shift(start: int, by: int) -> tuple[str, ...]:
    """Renumber everything from ``start`` on, by way of numbers that are free."""
    return (
        *everywhere(f"UPDATE {{table}} SET seq = seq + 1000 WHERE log_id = :log AND seq >= {start}"),
        *everywhere(f"UPDATE {{table}} SET seq = seq - 1000 + {by} WHERE log_id = :log AND seq >= 1000"),
    )


def copy(table: str, changes: str, where: str) -> str:
    """Insert a copy of a row with some columns changed; ``changes`` is a JSON object in SQL."""
    return f"INSERT INTO {table} SELECT (jsonb_populate_record(row, {changes})).* FROM {table} AS row {where}"


FOUND_BESIDE = [
    Forgery("edit a byte of the leaf", (flip(LEAF, "leaf", FOUR),), Finding.MALFORMED),
    Forgery("edit the leaf, well formed", (rewrite("case:note_added", "case:read"),), Finding.TREE),
    Forgery(
        "edit the event in the leaf and beside it",
        (rewrite("case:note_added", "case:read"), f"UPDATE {FACTS} SET event = 'case:read' {FOUR}"),
        Finding.TREE,
    ),
    Forgery("edit the node", (flip(LEAF, "node", FOUR),), Finding.TREE),
    Forgery("edit the event beside", (f"UPDATE {FACTS} SET event = 'case:read' {FOUR}",), Finding.EVENT),
    Forgery("edit the time beside", (f"UPDATE {FACTS} SET at = at + interval '1 microsecond' {FOUR}",), Finding.EVENT),
    Forgery("edit the user", (f"UPDATE {FACTS} SET user_id = gen_random_uuid() {FOUR}",), Finding.WHO),
    Forgery("remove the user", (f"UPDATE {FACTS} SET user_id = NULL {FOUR}",), Finding.WHO),
    Forgery("edit the organisation", (f"UPDATE {FACTS} SET organisation_id = gen_random_uuid() {FOUR}",), Finding.WHO),
    Forgery("edit the salt of who", (flip(FACTS, "who_salt", FOUR),), Finding.WHO),
    Forgery("lengthen the salt of who", (f"UPDATE {FACTS} SET who_salt = who_salt || '\\x00' {FOUR}",), Finding.WHO),
    Forgery("edit the commitment to the rest", (flip(FACTS, "who_rest", FOUR),), Finding.WHO),
    Forgery("remove the rest of who", (f"UPDATE {FACTS} SET who_rest = NULL, who_sealed = NULL {FOUR}",), Finding.WHO),
    Forgery("remove the sealed rest of who", (f"UPDATE {FACTS} SET who_sealed = NULL {FOUR}",), Finding.WHO),
    Forgery("remove the row beside", (f"DELETE FROM {FACTS} {FOUR}",), Finding.FACTS),
    Forgery("edit the case", (f"UPDATE {SUBJECT} SET case_id = gen_random_uuid() {FIRST}",), Finding.SUBJECT),
    Forgery("remove the case", (f"UPDATE {SUBJECT} SET case_id = NULL {FIRST}",), Finding.SUBJECT),
    Forgery("edit the person", (f"UPDATE {SUBJECT} SET person_id = gen_random_uuid() {FIRST}",), Finding.SUBJECT),
    Forgery("edit the salt of a subject", (flip(SUBJECT, "salt", FIRST),), Finding.SUBJECT),
    Forgery("edit the commitment to the ids", (flip(SUBJECT, "rest", FIRST),), Finding.SUBJECT),
    Forgery("remove the sealed ids", (f"UPDATE {SUBJECT} SET sealed = NULL {FIRST}",), Finding.SUBJECT),
    Forgery("say it erased", (f"UPDATE {SUBJECT} SET redacts_seq = 2, redacts_position = 1 {FIRST}",), Finding.SUBJECT),
    Forgery(
        "swap two subjects",
        (
            f"UPDATE {SUBJECT} SET position = 9 {FIRST}",
            f"UPDATE {SUBJECT} SET position = 1 {FOUR} AND position = 2",
            f"UPDATE {SUBJECT} SET position = 2 {FOUR} AND position = 9",
        ),
        Finding.SUBJECT,
    ),
    Forgery("remove a subject", (f"DELETE FROM {SUBJECT} {FIRST}",), Finding.SUBJECT_MISSING),
    Forgery("remove all subjects", (f"DELETE FROM {SUBJECT} {FOUR}",), Finding.SUBJECT_MISSING),
    Forgery("add a subject", (copy(SUBJECT, """'{"position": 3}'""", FIRST),), Finding.SUBJECT_ADDED),
    Forgery(
        "add a subject to an entry without any",
        (copy(SUBJECT, """'{"seq": 3}'""", FIRST),),
        Finding.SUBJECT_ADDED,
        3,
    ),
    Forgery(
        "remove a subject and let another entry say it was erased",
        (
            f"DELETE FROM {SUBJECT} {FIRST}",
            f"UPDATE {SUBJECT} SET redacts_seq = 4, redacts_position = 1 WHERE log_id = :log AND seq = 7",
        ),
        Finding.SUBJECT_MISSING,
    ),
    Forgery(
        "remove a subject and add an erasure to another entry",
        (
            copy(SUBJECT, """'{"seq": 6, "redacts_seq": 4, "redacts_position": 1}'""", FIRST),
            f"DELETE FROM {SUBJECT} {FIRST}",
            f"UPDATE {FACTS} SET event = 'trail:redacted' WHERE log_id = :log AND seq = 6",
        ),
        Finding.SUBJECT_MISSING,
    ),
    Forgery("remove the leaf", (f"DELETE FROM {LEAF} {FOUR}",), Finding.MISSING),
    Forgery("remove an entry", everywhere(f"DELETE FROM {{table}} {FOUR}"), Finding.MISSING),
    Forgery(
        "remove the first entry", everywhere("DELETE FROM {table} WHERE log_id = :log AND seq = 0"), Finding.MISSING, 0
    ),
    Forgery(
        "remove the last entry", everywhere("DELETE FROM {table} WHERE log_id = :log AND seq = 7"), Finding.MISSING, 7
    ),
    Forgery("remove the tail", everywhere("DELETE FROM {table} WHERE log_id = :log AND seq >= 5"), Finding.MISSING, 5),
    Forgery(
        "remove an entry and close the gap",
        (
            *everywhere(f"DELETE FROM {{table}} {FOUR}"),
            *shift(5, -1),
            "UPDATE audit_log SET size = 7 WHERE id = :log",
        ),
        Finding.TREE,
    ),
    Forgery("reorder two entries", swap(3, 5), Finding.TREE, 3),
    Forgery(
        "insert an entry in the middle",
        (
            *shift(4, 1),
            copy(LEAF, """'{"seq": 4}'""", "WHERE log_id = :log AND seq = 3"),
            copy(FACTS, """'{"seq": 4}'""", "WHERE log_id = :log AND seq = 3"),
            "UPDATE audit_log SET size = 9 WHERE id = :log",
        ),
        Finding.TREE,
    ),
    Forgery(
        "insert an entry after the last",
        (copy(LEAF, """'{"seq": 8}'""", FOUR), copy(FACTS, """'{"seq": 8}'""", FOUR)),
        Finding.BEYOND_HEAD,
        8,
    ),
    Forgery(
        "insert an entry after the last and count it",
        (
            copy(LEAF, """'{"seq": 8}'""", FOUR),
            copy(FACTS, """'{"seq": 8}'""", FOUR),
            "UPDATE audit_log SET size = 9 WHERE id = :log",
        ),
        Finding.MISPLACED,
        8,
    ),
    Forgery("leave values without a leaf", (copy(FACTS, """'{"seq": 12}'""", FOUR),), Finding.BEYOND_HEAD, 12),
    Forgery("leave a subject without a leaf", (copy(SUBJECT, """'{"seq": 12}'""", FIRST),), Finding.BEYOND_HEAD, 12),
    Forgery(
        "put an entry before the first",
        (copy(FACTS, """'{"seq": -1}'""", FOUR),),
        Finding.BEYOND_HEAD,
        -1,
    ),
    Forgery("count too few", ("UPDATE audit_log SET size = 6 WHERE id = :log",), Finding.BEYOND_HEAD, 6),
    Forgery("count too many", ("UPDATE audit_log SET size = 9 WHERE id = :log",), Finding.MISSING, 8),
    Forgery("edit the root", (flip("audit_log", "root", "WHERE id = :log"),), Finding.HEAD, None),
    Forgery("edit the frontier", (flip("audit_log", "frontier", "WHERE id = :log"),), Finding.HEAD, 0),
    Forgery("lengthen the frontier", ("UPDATE audit_log SET frontier = frontier || root WHERE id = :log",), HEAD, None),
    Forgery("empty the frontier", ("UPDATE audit_log SET frontier = '' WHERE id = :log",), HEAD, None),
    Forgery(
        "edit the last time", ("UPDATE audit_log SET last_at = now() + '1 h' WHERE id = :log",), Finding.HEAD, None
    ),
    Forgery("remove the head", ("DELETE FROM audit_log WHERE id = :log",), Finding.NO_LOG, None),
    Forgery(
        "two things at once",
        (
            f"UPDATE {FACTS} SET user_id = NULL WHERE log_id = :log AND seq = 6",
            f"UPDATE {FACTS} SET event = 'case:read' WHERE log_id = :log AND seq = 1",
        ),
        Finding.EVENT,
        1,
    ),
]

SEALED_IN_ANOTHER = f"SELECT facts_sealed FROM {FACTS} WHERE log_id = :log AND seq = 0"
FOUND_SEALED = [
    Forgery("edit the sealed facts", (flip(FACTS, "facts_sealed", FOUR),), Finding.FACTS),
    Forgery("cut the sealed facts", (f"UPDATE {FACTS} SET facts_sealed = '' {FOUR}",), Finding.FACTS),
    Forgery("edit the sealed rest of who", (flip(FACTS, "who_sealed", FOUR),), Finding.WHO),
    Forgery("edit the sealed ids", (flip(SUBJECT, "sealed", FIRST),), Finding.SUBJECT),
    Forgery(
        "move sealed facts from another entry",
        (f"UPDATE {FACTS} SET facts_sealed = ({SEALED_IN_ANOTHER}) {FOUR}",),
        Finding.FACTS,
    ),
]


@pytest.mark.parametrize("forgery", FOUND_BESIDE, ids=lambda forgery: forgery.name)
def test_a_forgery_is_found_without_a_key(eight, forgery):
    assert eight.verify(opening=False).ok

    eight.forge(*forgery.sql)

    for opening in (False, True):
        problem = eight.verify(opening=opening).problem
        assert problem is not None
        assert (problem.finding, problem.seq) == (forgery.finding, forgery.seq), str(problem)


@pytest.mark.parametrize("forgery", FOUND_SEALED, ids=lambda forgery: forgery.name)
def test_a_forgery_of_sealed_values_is_found_with_the_key(eight, forgery):
    eight.forge(*forgery.sql)

    problem = eight.verify().problem
    assert problem is not None
    assert (problem.finding, problem.seq) == (forgery.finding, forgery.seq), str(problem)
    assert eight.verify(opening=False).ok, "if this is found without a key, say so in docs/trail.md"


def test_facts_sealed_anew_by_whoever_has_the_key_are_found_by_the_commitment(eight):
    sealed = eight.sealer.seal(bytes(32) + b"{}", ("audit_entry_facts", "facts_sealed", f"{eight.log}/4"))

    eight.forge(f"UPDATE {FACTS} SET facts_sealed = :sealed {FOUR}", sealed=sealed)

    problem = eight.verify().problem
    assert (problem.finding, problem.seq) == (Finding.FACTS, 4)


def test_a_forged_leaf_with_its_node_is_found_at_the_next_subtree(eight):
    eight.forge(rewrite("case:note_added", "case:read"), f"UPDATE {FACTS} SET event = 'case:read' {FOUR}")
    leaf = eight.scalar(f"SELECT leaf FROM {LEAF} {FOUR}", log=eight.log)

    eight.forge(f"UPDATE {LEAF} SET node = :node {FOUR}", node=leaf_hash(leaf))

    problem = eight.verify().problem
    assert (problem.finding, problem.seq) == (Finding.TREE, 5)
    assert "4–5" in str(problem), "it says that it may be an earlier one"


def test_a_forged_tree_under_an_old_head_is_found_at_the_head(eight):
    head = eight.verify()
    old = {
        column: eight.scalar(f"SELECT {column} FROM audit_log WHERE id = :log", log=eight.log)
        for column in ("root", "frontier")
    }
    eight.record(eight.event())
    eight.forge(rewrite("case:note_added", "case:read"), f"UPDATE {FACTS} SET event = 'case:read' {FOUR}")
    eight.rehash()
    frontier = Frontier.parse(9, eight.scalar("SELECT frontier FROM audit_log WHERE id = :log", log=eight.log))
    restored = old["frontier"] + frontier.peaks[-1]
    eight.forge("UPDATE audit_log SET frontier = :frontier WHERE id = :log", frontier=restored)

    problem = eight.verify().problem
    assert (problem.finding, problem.seq) == (Finding.HEAD, 0)
    assert "entries 0–7" in str(problem)
    assert head.root == old["root"]


OF_ANOTHER_LOG = f"""
    UPDATE {LEAF} SET leaf = convert_to(
        replace(convert_from(leaf, 'UTF8'), CAST(:log AS text), '00000000-0000-7000-8000-000000000001'), 'UTF8'
    ) {FOUR}
"""
OLDER_LEAF = f"""
    UPDATE {LEAF} SET leaf = convert_to(
        regexp_replace(convert_from(leaf, 'UTF8'), '20[0-9-]+T[0-9\\:.]+Z', '2020-01-01T00:00:00.000000Z'), 'UTF8'
    ) {FOUR}
"""
REHASHED = [
    Forgery("another form of the same leaf", (rewrite(",", ", "),), Finding.MALFORMED),
    Forgery("a leaf of another version", (rewrite('"v":1', '"v":2'),), Finding.MALFORMED),
    Forgery("a leaf that says it is another", (rewrite('"seq":4', '"seq":5'),), Finding.MISPLACED),
    Forgery("two entries that changed places", swap(3, 5), Finding.MISPLACED, 3),
    Forgery("a leaf of another log", (OF_ANOTHER_LOG,), Finding.MISPLACED),
    Forgery(
        "a gap that was closed",
        (*everywhere(f"DELETE FROM {{table}} {FOUR}"), *shift(5, -1)),
        Finding.MISPLACED,
    ),
    Forgery("another event", (rewrite("case:note_added", "case:read"),), Finding.EVENT),
    Forgery(
        "an entry older than the one before",
        (OLDER_LEAF, f"UPDATE {FACTS} SET at = '2020-01-01T00:00:00Z' {FOUR}"),
        Finding.TIME,
    ),
]


@pytest.mark.parametrize("forgery", REHASHED, ids=lambda forgery: forgery.name)
def test_a_forgery_under_a_rebuilt_tree_is_found_by_what_the_leaf_says(eight, forgery):
    eight.forge(*forgery.sql)
    eight.rehash()

    problem = eight.verify(opening=False).problem
    assert problem is not None
    assert (problem.finding, problem.seq) == (forgery.finding, forgery.seq), str(problem)


def test_a_frontier_is_told_apart_by_its_subtrees(eight):
    eight.record(eight.event())
    eight.forge("UPDATE audit_log SET frontier = set_byte(frontier, 40, get_byte(frontier, 40) # 1) WHERE id = :log")

    problem = eight.verify().problem
    assert (problem.finding, problem.seq) == (Finding.HEAD, 8)


def test_a_rebuilt_history_is_found_only_by_what_was_noted_before(eight):
    noted = eight.noted()
    everything = everywhere("DELETE FROM {table} WHERE log_id = :log")
    eight.forge(*everything, "UPDATE audit_log SET size = 0, frontier = '', last_at = NULL WHERE id = :log")
    eight.record(*(eight.event(subjects=(Subject(case_id=eight.cast.linden),)) for _ in range(8)))

    assert eight.verify().ok, "inside, a rebuilt log is whole"
    problem = eight.verify(since=noted).problem
    assert (problem.finding, problem.seq) == (Finding.NOTED, None)


def test_a_tail_cut_off_with_its_head_is_found_only_by_what_was_noted_before(trail):
    trail.record(trail.event(), trail.event())
    early = trail.noted()
    columns = "size, frontier, root, last_at"
    with trail.superuser.connect() as connection:
        head = connection.exec_driver_sql(f"SELECT {columns} FROM audit_log WHERE id = %s", (trail.log,)).one()
    trail.record(trail.event(), trail.event())
    late = trail.noted()

    trail.forge(
        *everywhere("DELETE FROM {table} WHERE log_id = :log AND seq >= 2"),
        f"UPDATE audit_log SET ({columns}) = (:size, :frontier, :root, :last_at) WHERE id = :log",
        **head._asdict(),
    )

    assert trail.verify().ok, "inside, a shortened log is whole"
    assert trail.verify(since=early).ok
    problem = trail.verify(since=late).problem
    assert (problem.finding, problem.seq) == (Finding.NOTED, 2)
