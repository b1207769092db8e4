"""In whatever order: nobody sees a field without a live disclosure, and every field seen has its entry.

Hypothesis makes up histories of writing, consenting, disclosing, withdrawing, expiring, sweeping, erasing and
reading. A small model keeps, beside the vault, what each organisation may see; after each reading the two are
compared, and so is what the trail says of it.
"""

import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import text
from sqlalchemy.orm import Session

from audit.events import Who
from sspf.vault import door
from sspf.vault.disclosed import live_disclosures
from sspf.vault.ending import end_disclosures, sweep
from sspf.vault.errors import NotShown, NotTheOwner
from sspf.vault.reading import Reading
from sspf.vault.writing import Unit
from tests.vault.make import build_house, database_now
from tests.vault.tables import Secret

ORGANISATIONS = st.sampled_from(["coordinator", "school", "police"])
KINDS = st.sampled_from(["school", "actions"])
FIELDS = ("statement", "detail")
BRIEF = timedelta(milliseconds=50)


@dataclass
class Written:
    """A record as the model knows it."""

    record: Secret
    owner: str
    case_id: UUID
    kind: str
    texts: dict[str, str]


@dataclass
class Shared:
    """A disclosure as the model knows it; ``until`` None has no end."""

    written: Written
    to: str
    consents: frozenset[UUID]
    until: datetime | None
    disclosure_id: UUID
    is_ended: bool = False


@dataclass
class Model:
    """What may be seen: the rule, written once more and as simply as possible."""

    shared: list[Shared] = field(default_factory=list)
    erased: set[UUID] = field(default_factory=set)

    def may_see(self, organisation: str, written: Written, at: datetime) -> bool:
        if written.case_id in self.erased:
            return False
        return written.owner == organisation or any(
            one.written is written and one.to == organisation and not one.is_ended and (not one.until or at < one.until)
            for one in self.shared
        )


class History(RuleBasedStateMachine):
    """One municipality and its vault. After every step all three organisations read everything they can."""

    database: Any  # the test's, set below

    @initialize()
    def begin(self) -> None:
        """Everyone has written something and shown it to the next, on one consent or on both."""
        self.house = build_house(self.database)
        self.model = Model()
        self.cases = [self.house.case_id]
        self.written: list[Written] = []
        self.newest = -1
        self.consents = [uuid4(), uuid4()]
        for owner, to, on in (
            ("coordinator", "school", self.consents),
            ("school", "police", self.consents[:1]),
            ("police", "coordinator", self.consents[1:]),
        ):
            self.write(owner, "school", detailed=True, in_new_case=False)
            self.share(self.written[-1], to, on, until=None)

    @rule(owner=ORGANISATIONS, kind=KINDS, detailed=st.booleans(), in_new_case=st.booleans())
    def write(self, owner: str, kind: str, detailed: bool, in_new_case: bool) -> None:
        if in_new_case or self.cases[-1] in self.model.erased:
            self.cases.append(uuid4())
        texts = {name: f"{owner} {uuid4()}" for name in FIELDS[: 1 + detailed]}
        with self.house.work() as session:
            unit = Unit("case", self.cases[-1], self.house.authority_id)
            record = self.house.seal(session, self.actor(owner), unit=unit, kind=kind, fields=texts)
        self.written.append(Written(record, owner, self.cases[-1], kind, texts))

    @rule()
    def consent(self) -> None:
        self.consents.append(uuid4())

    @rule(data=st.data(), to=ORGANISATIONS, brief=st.booleans())
    def disclose(self, data: st.DataObject, to: str, brief: bool) -> None:
        written = data.draw(st.sampled_from(self.written))
        on = data.draw(st.lists(st.sampled_from(self.consents), min_size=1, max_size=2))
        self.share(written, to, on, until=BRIEF if brief else None)

    def share(self, written: Written, to: str, on: list[UUID], until: timedelta | None) -> None:
        if written.case_id in self.model.erased:
            return
        with self.house.work() as session:
            ends_at = database_now(session) + until if until else None
            [disclosure_id] = self.house.disclose(
                session, self.actor(written.owner), [written.record], self.actor(to), until=ends_at, resting_on=on
            )
        self.model.shared.append(Shared(written, to, frozenset(on), ends_at, disclosure_id))

    @rule(data=st.data(), by=ORGANISATIONS, to=ORGANISATIONS)
    def try_to_disclose_somebody_elses(self, data: st.DataObject, by: str, to: str) -> None:
        written = data.draw(st.sampled_from(self.written))
        if by == written.owner:
            return
        with self.house.work() as session:
            try:
                self.house.disclose(session, self.actor(by), [written.record], self.actor(to))
            except NotTheOwner:
                return
        raise AssertionError("somebody else disclosed it")

    @rule(data=st.data())
    def withdraw(self, data: st.DataObject) -> None:
        consent = data.draw(st.sampled_from(self.consents))
        with self.house.work() as session:
            ending = live_disclosures(session, resting_on=[consent])
            end_disclosures(session, self.house.coordinator, [one.id for one in ending], "withdrawn")
        for one in self.model.shared:
            one.is_ended |= consent in one.consents

    @rule(is_swept=st.booleans())
    def let_time_pass(self, is_swept: bool) -> None:
        time.sleep(BRIEF.total_seconds())
        if is_swept:
            with self.database.sessions.begin() as session:
                sweep(session, Who(system="sweep"))

    @precondition(lambda self: len(self.written) > 4)
    @rule(data=st.data())
    def erase_a_case(self, data: st.DataObject) -> None:
        case_id = data.draw(st.sampled_from(self.cases))
        secret = "DELETE FROM unit_secret USING erasure_unit WHERE id = unit_id AND subject_id = :case_id"
        with self.house.work() as session:
            session.execute(text(secret), {"case_id": case_id})
        self.model.erased.add(case_id)

    @rule(reader=ORGANISATIONS, audience=st.lists(ORGANISATIONS, max_size=2, unique=True), kinds=st.none() | KINDS)
    def read_before_an_audience(self, reader: str, audience: list[str], kinds: str | None) -> None:
        with self.house.page() as session:
            seen = self.read(session, reader, audience, kinds)
        self.check_entries([seen])

    @invariant()
    def everyone_reads_what_they_may_and_it_is_on_the_record(self) -> None:
        with self.house.page() as session:
            seen = [self.read(session, reader) for reader in ("coordinator", "school", "police")]
        self.check_entries(seen)

    def read(
        self, session: Session, reader: str, audience: Sequence[str] = (), kinds: str | None = None
    ) -> dict[str, list[str]]:
        """Open the door, compare with the model, reveal all that is shown; returns the fields seen by envelope."""
        access = self.house.access(self.actor(reader), *(("case", case_id) for case_id in self.cases))
        others = [self.actor(other).organisation_id for other in audience]
        before = database_now(session)
        reading = door.open(session, access, "case_page", audience=others, kinds=[kinds] if kinds else None)
        after = database_now(session)
        seen = {}
        for written in self.written:
            shown = reading.shows(written.record)
            # where a disclosure runs out just while the door is asked, before and after differ
            expected = {self.expects(moment, {reader, *audience}, written, kinds) for moment in (before, after)}
            assert shown in expected, "the vault and the model differ on what may be seen"
            if shown:
                seen[str(written.record.envelope_id)] = self.reveal(reading, written)
            else:
                self.fail_to_reveal(reading, written)
        return seen

    def actor(self, organisation: str) -> Any:
        return getattr(self.house, organisation)

    def expects(self, at: datetime, present: set[str], written: Written, kind: str | None) -> bool:
        may = all(self.model.may_see(organisation, written, at) for organisation in present)
        return may and kind in {None, written.kind}

    def reveal(self, reading: Reading, written: Written) -> list[str]:
        for name, sealed_text in written.texts.items():
            assert reading.reveal(written.record, name) == sealed_text
        return sorted(f"test_secret.{name}" for name in written.texts)

    def fail_to_reveal(self, reading: Reading, written: Written) -> None:
        try:
            reading.reveal(written.record, "statement")
        except NotShown:
            return
        raise AssertionError("a field was revealed that is not shown")

    def check_entries(self, seen: list[dict[str, list[str]]]) -> None:
        """Each reading has left one entry, with exactly the fields that were seen."""
        entries = self.house.entries("envelope:read", after=self.newest)
        self.newest = entries[-1].leaf.seq
        told = [
            {envelope_id: one["fields"] for one in entry.facts["envelopes"] for envelope_id in one["ids"]}
            for entry in entries
            if entry.facts
        ]
        assert told == seen

    def teardown(self) -> None:
        if hasattr(self, "house"):
            assert self.house.entries("envelope:broken") == []


def test_no_history_lets_an_organisation_see_without_a_live_disclosure_or_off_the_record(vault_database):
    class Here(History):
        database = vault_database

    run_state_machine_as_test(
        Here,
        settings=settings(
            max_examples=15,
            stateful_step_count=15,
            deadline=None,
            suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
        ),
    )
