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
from hypothesis.stateful import Bundle, RuleBasedStateMachine, initialize, rule, run_state_machine_as_test
from sqlalchemy import text

from audit.events import Who
from sspf.vault import door
from sspf.vault.ending import end_disclosures, live_disclosures, sweep
from sspf.vault.errors import NotShown, NotTheOwner
from sspf.vault.writing import Unit
from tests.vault.make import build_house, database_now
from tests.vault.tables import Secret

ORGANISATIONS = st.sampled_from(["coordinator", "school", "police"])
FIELDS = ("statement", "detail")


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
    """One municipality and its vault."""

    database: Any  # the test's, set below
    records = Bundle("records")
    consents = Bundle("consents")

    @initialize()
    def begin(self) -> None:
        self.house = build_house(self.database)
        self.model = Model()
        self.cases = [self.house.case_id]
        self.written: list[Written] = []
        self.readings = 0

    def actor(self, organisation: str) -> Any:
        return getattr(self.house, organisation)

    @rule()
    def open_a_case(self) -> None:
        self.cases.append(uuid4())

    @rule(target=records, owner=ORGANISATIONS, kind=st.sampled_from(["school", "actions"]), detailed=st.booleans())
    def write(self, owner: str, kind: str, detailed: bool) -> Written:
        case_id = next((case for case in reversed(self.cases) if case not in self.model.erased), None)
        if case_id is None:
            self.cases.append(case_id := uuid4())
        texts = {name: f"{owner} {uuid4()}" for name in FIELDS[: 1 + detailed]}
        with self.house.work() as session:
            unit = Unit("case", case_id, self.house.authority_id)
            record = self.house.seal(session, self.actor(owner), unit=unit, kind=kind, fields=texts)
        written = Written(record, owner, case_id, kind, texts)
        self.written.append(written)
        return written

    @rule(target=consents)
    def consent(self) -> UUID:
        return uuid4()

    @rule(written=records, to=ORGANISATIONS, on=st.lists(consents, max_size=2), brief=st.booleans())
    def disclose(self, written: Written, to: str, on: list[UUID], brief: bool) -> None:
        if written.case_id in self.model.erased:
            return
        with self.house.work() as session:
            until = database_now(session) + timedelta(milliseconds=60) if brief else None
            [disclosure_id] = self.house.disclose(
                session, self.actor(written.owner), [written.record], self.actor(to), until=until, resting_on=on
            )
        self.model.shared.append(Shared(written, to, frozenset(on), until, disclosure_id))

    @rule(written=records, by=ORGANISATIONS, to=ORGANISATIONS)
    def try_to_disclose_somebody_elses(self, written: Written, by: str, to: str) -> None:
        if by == written.owner:
            return
        with self.house.work() as session:
            try:
                self.house.disclose(session, self.actor(by), [written.record], self.actor(to))
            except NotTheOwner:
                return
        raise AssertionError("somebody else disclosed it")

    @rule(consent=consents)
    def withdraw(self, consent: UUID) -> None:
        with self.house.work() as session:
            ending = live_disclosures(session, resting_on=[consent])
            end_disclosures(session, self.house.coordinator, [one.id for one in ending], "withdrawn")
        for one in self.model.shared:
            one.is_ended |= consent in one.consents

    @rule()
    def let_time_pass(self) -> None:
        time.sleep(0.07)

    @rule()
    def sweep(self) -> None:
        with self.database.sessions.begin() as session:
            sweep(session, Who(system="sweep"))

    @rule(written=records)
    def erase_the_case_of(self, written: Written) -> None:
        if len(self.written) < 4:
            return  # let something be written first
        secret = "DELETE FROM unit_secret USING erasure_unit WHERE id = unit_id AND subject_id = :case_id"
        with self.house.work() as session:
            session.execute(text(secret), {"case_id": written.case_id})
        self.model.erased.add(written.case_id)

    @rule(reader=ORGANISATIONS, audience=st.lists(ORGANISATIONS, max_size=2, unique=True), narrow=st.booleans())
    def read(self, reader: str, audience: list[str], narrow: bool) -> None:
        kinds = ["actions"] if narrow else None
        access = self.house.access(self.actor(reader), *(("case", case_id) for case_id in self.cases))
        seen: dict[UUID, list[str]] = {}
        with self.house.page() as session:
            before = database_now(session)
            others = [self.actor(other).organisation_id for other in audience]
            reading = door.open(session, access, "case_page", audience=others, kinds=kinds)
            after = database_now(session)
            for written in self.written:
                shown = reading.shows(written.record)
                expected = {self.expects(moment, {reader, *audience}, written, kinds) for moment in (before, after)}
                assert shown in expected, "the vault and the model differ on what may be seen"
                if shown:
                    seen[written.record.envelope_id] = self.reveal(reading, written)
                else:
                    self.fail_to_reveal(reading, written)
        self.check_entry(seen, others)

    def expects(self, at: datetime, present: set[str], written: Written, kinds: Sequence[str] | None) -> bool:
        """What the model says; where a disclosure ends while the door is asked, before and after may differ."""
        may = all(self.model.may_see(organisation, written, at) for organisation in present)
        return may and (kinds is None or written.kind in kinds)

    def reveal(self, reading: door.Reading, written: Written) -> list[str]:
        for name, sealed_text in written.texts.items():
            assert reading.reveal(written.record, name) == sealed_text
        return sorted(f"test_secret.{name}" for name in written.texts)

    def fail_to_reveal(self, reading: door.Reading, written: Written) -> None:
        try:
            reading.reveal(written.record, "statement")
        except NotShown:
            return
        raise AssertionError("a field was revealed that is not shown")

    def check_entry(self, seen: dict[UUID, list[str]], audience: list[UUID]) -> None:
        entries = self.house.entries("envelope:read")
        self.readings += 1
        assert len(entries) == self.readings, "a reading leaves exactly one entry"
        facts = entries[-1].facts
        assert {UUID(one["envelope"]): one["fields"] for one in facts["envelopes"]} == seen
        assert facts["audience"] == [str(organisation_id) for organisation_id in sorted(audience)]

    def teardown(self) -> None:
        if hasattr(self, "house"):
            assert self.house.entries("envelope:broken") == []


def test_no_history_lets_an_organisation_see_without_a_live_disclosure_or_off_the_record(vault_database):
    class Here(History):
        database = vault_database

    run_state_machine_as_test(
        Here,
        settings=settings(
            max_examples=25,
            stateful_step_count=30,
            deadline=None,
            suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
        ),
    )
