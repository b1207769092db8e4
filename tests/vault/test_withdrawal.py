"""A withdrawal bites at once: nothing that was read before it leaves after it."""

import random
import time
from concurrent.futures import ThreadPoolExecutor
from threading import Event
from uuid import UUID

from sspf.db.locks import key_of
from sspf.vault.ending import end_disclosures
from tests.vault.make import wait_until

READERS = 20


def test_twenty_readers_and_one_withdrawal_and_no_read_commits_after_it(house):
    record = house.sealed(house.school)
    disclosure = house.disclosed(house.school, record, house.police)
    running = Event()

    def read_until_it_is_gone(seed: int) -> int:
        waits, reads = random.Random(seed), 0  # noqa: S311  # only spreads the readers out
        while True:
            with house.page() as session:
                reading = house.open(session, house.police)
                if not reading.shows(record):
                    return reads
                assert reading.reveal(record, "statement")
                time.sleep(waits.uniform(0, 0.02))  # the page is rendered
            reads += 1
            if reads > 1:
                running.set()

    with ThreadPoolExecutor(READERS) as pool:
        readers = [pool.submit(read_until_it_is_gone, seed) for seed in range(READERS)]
        assert running.wait(30)
        with house.work() as session:
            end_disclosures(session, house.coordinator, [disclosure], "withdrawn")
        reads = sum(reader.result(timeout=30) for reader in readers)

    # numbers in the log are given under its head lock, which is held to the commit: their order is that of commits
    [withdrawal] = house.entries("disclosure:ended")
    shown = [entry.leaf.seq for entry in house.entries("envelope:read") if entry.facts["envelopes"]]
    refused = [entry.leaf.seq for entry in house.entries("envelope:read") if not entry.facts["envelopes"]]
    assert len(shown) == reads > READERS
    assert len(refused) == READERS
    assert max(shown) < withdrawal.leaf.seq < min(refused)


def test_a_withdrawal_waits_for_a_page_that_is_being_made_and_the_next_page_waits_for_it(house):
    record = house.sealed(house.school)
    disclosure = house.disclosed(house.school, record, house.police)
    order: list[str] = []

    def withdraw() -> None:
        with house.work() as session:
            order.append("withdrawing")
            end_disclosures(session, house.coordinator, [disclosure], "withdrawn")

    def next_page() -> None:
        seen = house.can_read(house.police, record)
        order.append(f"next page shows it: {seen}")

    with ThreadPoolExecutor(2) as pool:
        with house.page() as session:
            reading = house.open(session, house.police)
            withdrawal = pool.submit(withdraw)
            wait_until(lambda: waiting_for_locks(house.database, house.case_id) == 1)
            page = pool.submit(next_page)
            wait_until(lambda: waiting_for_locks(house.database, house.case_id) == 2)
            assert reading.reveal(record, "statement")
            order.append("page leaves")
        withdrawal.result(timeout=30)
        page.result(timeout=30)

    assert order == ["page leaves", "withdrawing", "next page shows it: False"]


def waiting_for_locks(database, case_id: UUID) -> int:
    key = key_of(case_id) % 2**64
    waiting = (
        "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted "
        "AND classid = CAST(:high AS oid) AND objid = CAST(:low AS oid)"
    )
    [(count,)] = database.ask(waiting, high=str(key >> 32), low=str(key % 2**32))
    return count
