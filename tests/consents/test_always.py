"""Whatever is signed, taken back and told, in whatever order: what is shared follows from what the family says."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import HealthCheck, Phase, settings
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

from sspf.cases.models import Case, CaseRole, State
from sspf.consents import queries
from sspf.consents.agreement import Row, taking_part
from sspf.consents.lasting import end_of
from sspf.consents.models import Consent
from sspf.consents.service import receive_withdrawal, withdraw
from sspf.db import clock
from sspf.errors import ValidationFailed
from sspf.law.consenters import needed
from sspf.law.kinds import Kind
from sspf.vault.disclosed import live_disclosures
from tests.consents.make import a_fact, answers, refresh, sign, told
from tests.world import GUARDIANS, YOUTH_9, YOUTH_16, World, a_case, family_of, reading_of

PARTIES = ("school", "police", "social")
TOLD = [("school", "police", Kind.SCHOOL), ("school", "social", Kind.SCHOOL), ("police", "school", Kind.OBSERVATION)]


@dataclass
class Said:
    """What one person's standing paper says, as the test remembers it."""

    rows: set[Row]
    until: datetime


@dataclass
class Remembered:
    """What everyone has said, kept without asking the program."""

    papers: dict[UUID, Said] = field(default_factory=dict)
    # until when what was said by word of mouth may hold, since the first time it was said unsigned
    unsigned: dict[UUID, datetime] = field(default_factory=dict)

    def everyone(self, people: frozenset[UUID], row: Row) -> bool:
        return bool(people) and all(person in self.papers and row in self.papers[person].rows for person in people)


class Families(RuleBasedStateMachine):
    """One case at a time, in a savepoint of a world that is built once."""

    session: Session
    world: World

    @initialize(youth=st.sampled_from([YOUTH_9, YOUTH_16]), guardians=st.sampled_from([GUARDIANS, GUARDIANS[:1]]))
    def open_a_case(self, youth: str, guardians: tuple[str, ...]) -> None:
        self.savepoint = self.session.begin_nested()
        self.case: Case = a_case(self.session, self.world, youth=youth, guardians=guardians, parties=PARTIES)
        reading = reading_of(self.session, self.world.coordinator, self.case)
        self.born_on = family_of(self.session, self.case, reading).born_on
        self.said = Remembered()
        # most of what can go wrong goes wrong on the way out, so it begins with everyone in agreement
        for who in range(len(self.case.people)):
            self.somebody_signs(who, TOLD, (), 90)
        for row in TOLD:
            for about in range(len(self.case.people)):
                self.an_organisation_tells_what_it_may(row, about)

    def teardown(self) -> None:
        if hasattr(self, "savepoint"):
            self.savepoint.rollback()
            self.session.expire_all()

    @property
    def needed(self) -> frozenset[UUID]:
        return needed(
            self.born_on, clock.today(self.session), youth=self.case.youth_id, guardians=self.case.guardian_ids
        )

    @precondition(lambda self: self.case.state is not State.WITHDRAWN)
    @rule(
        who=st.integers(0, 2),
        rows=st.lists(st.sampled_from(TOLD), unique=True),
        absent=st.sampled_from([(), (), ("police",), ("school",)]),
        days=st.sampled_from([30, 90, 180]),
    )
    def somebody_signs(self, who: int, rows: list[tuple[str, str, Kind]], absent: tuple[str, ...], days: int) -> None:
        person = self.case.people[who % len(self.case.people)].person_id
        present = tuple(name for name in PARTIES if name not in absent)
        given = answers(self.world, *rows, present=present)
        consent = sign(self.session, self.world, self.case, person, given, lasting=timedelta(days=days))
        self.said.unsigned.pop(person, None)
        self.remember(person, rows, present, consent)

    @precondition(lambda self: self.case.state is not State.WITHDRAWN)
    @rule(
        who=st.integers(0, 2), rows=st.lists(st.sampled_from(TOLD), unique=True), days=st.sampled_from([3, 13, 14, 20])
    )
    def somebody_says_it_and_signs_nothing(self, who: int, rows: list[tuple[str, str, Kind]], days: int) -> None:
        person = self.case.people[who % len(self.case.people)].person_id
        given = answers(self.world, *rows, present=PARTIES)
        try:
            consent = sign(
                self.session, self.world, self.case, person, given, lasting=timedelta(days=days), spoken=True
            )
        except ValidationFailed:
            # too long, or a second time to put off the signature: then nothing has changed
            assert days == 20 or person in self.said.unsigned
            return
        day_14 = end_of(clock.today(self.session) + timedelta(days=14))
        self.said.unsigned[person] = min(self.said.unsigned.get(person, day_14), consent.valid_until)
        self.remember(person, rows, PARTIES, consent)

    def remember(
        self, person: UUID, rows: list[tuple[str, str, Kind]], present: tuple[str, ...], consent: Consent
    ) -> None:
        self.case = refresh(self.session, self.world, self.case)
        there = {self.world.id_of(name) for name in present}
        said = {
            Row(self.world.id_of(source), self.world.id_of(to), kind)
            for source, to, kind in rows
            if {self.world.id_of(source), self.world.id_of(to)} <= there
        }
        coordination = self.case.coordination_id
        seats = {row for organisation in there for row in taking_part(coordination, organisation)}
        self.said.papers[person] = Said(said | seats, consent.valid_until)
        # and what everyone agrees to does hold: a service that did nothing would pass the rest
        assert self.participants() == {
            organisation
            for organisation in map(self.world.id_of, PARTIES)
            if self.said.everyone(self.needed, Row(coordination, organisation, Kind.ACTIONS))
        }

    @rule(who=st.integers(0, 2))
    def somebody_takes_everything_back(self, who: int) -> None:
        person = self.case.people[who % len(self.case.people)].person_id
        if person in self.said.papers:
            heard = self.goes_with_the_childs_no(None) if person == self.case.youth_id else {}
            withdraw(self.session, self.world.coordinator, self.case, self.consent_of(person))
            takes_back_something = bool(self.said.papers[person].rows)
            self.forget(person)
            self.ask_again(heard if takes_back_something else {})

    @rule(who=st.integers(0, 2), which=st.integers(0, 20))
    def somebody_takes_one_thing_back(self, who: int, which: int) -> None:
        person = self.case.people[who % len(self.case.people)].person_id
        standing = sorted(self.said.papers[person].rows, key=str) if person in self.said.papers else []
        if not standing:
            return
        row = standing[which % len(standing)]
        heard = self.goes_with_the_childs_no(row) if person == self.case.youth_id else {}
        withdraw(self.session, self.world.coordinator, self.case, self.consent_of(person), rows=[row])
        self.said.papers[person].rows -= self.goes_with(row, standing)
        self.ask_again(heard)

    def goes_with(self, row: Row, standing: Iterable[Row]) -> set[Row]:
        if row.source_id != self.case.coordination_id:
            return {row}.intersection(standing)
        return {one for one in standing if row.recipient_id in {one.source_id, one.recipient_id}}

    def goes_with_the_childs_no(self, row: Row | None) -> dict[UUID, set[Row]]:
        """What the others have said yes to that ends when the child says no, to this row or to everything.

        Not where it is the child's own yes that makes it hold: then their no is enough.
        """
        youth, at_table = self.case.youth_id, {self.case.coordination_id, *self.participants()}
        by_childs_yes = {
            one
            for said in self.said.papers.values()
            for one in said.rows
            if youth in self.needed
            and self.said.everyone(self.needed, one)
            and {one.source_id, one.recipient_id} <= at_table
        }
        return {
            person: (set(said.rows) if row is None else self.goes_with(row, said.rows)) - by_childs_yes
            for person, said in self.said.papers.items()
            if person != youth
        }

    def ask_again(self, heard: Mapping[UUID, set[Row]]) -> None:
        for person, rows in heard.items():
            if rows and rows == self.said.papers[person].rows:
                self.forget(person)
            else:
                self.said.papers[person].rows -= rows

    @rule(role=st.sampled_from(CaseRole), name=st.sampled_from(PARTIES))
    def a_contact_is_told_that_somebody_has_changed_their_mind(self, role: CaseRole, name: str) -> None:
        of_that_role = {one.person_id for one in self.case.people if one.role is role} & self.said.papers.keys()
        is_child = role is CaseRole.YOUTH
        heard = self.goes_with_the_childs_no(None) if is_child else {}
        is_enough = is_child or any(self.something_rests_on(person) for person in of_that_role)
        receive_withdrawal(self.session, self.world.people[name], self.case, role=role)
        for person in of_that_role if is_enough else set(self.said.papers):
            self.forget(person)
        self.ask_again(heard)

    def something_rests_on(self, person: UUID) -> bool:
        """Whether what this person says makes a difference to what may be told, of the youth or of themselves."""
        at_table = {self.case.coordination_id, *self.participants()}
        told = {row for row in self.said.papers[person].rows if {row.source_id, row.recipient_id} <= at_table}
        of_youth = person in self.needed and any(self.said.everyone(self.needed, row) for row in told)
        return of_youth or (person in self.case.guardian_ids and bool(told))

    def forget(self, person: UUID) -> None:
        del self.said.papers[person]
        self.said.unsigned.pop(person, None)

    @rule(row=st.sampled_from(TOLD), about=st.integers(0, 2))
    def an_organisation_tells_what_it_may(self, row: tuple[str, str, Kind], about: int) -> None:
        source, to, kind = row
        about_id = self.case.people[about % len(self.case.people)].person_id
        told(
            self.session,
            self.world,
            self.case,
            a_fact(self.session, self.world, self.case, source=source, kind=kind, about_id=about_id),
            to,
        )

    @invariant()
    def only_what_everyone_needed_agrees_to_is_shared(self) -> None:
        if not hasattr(self, "case"):
            return
        youth = self.case.youth_id
        there = self.participants() | {self.case.coordination_id}
        for one in self.disclosures():
            row = Row(one.source_id, one.organisation_id, Kind(one.kind))
            people = self.needed if one.about.person_id == youth else frozenset({one.about.person_id})
            assert self.said.everyone(people, row)  # type: ignore[arg-type]
            assert one.valid_until is not None
            assert one.valid_until <= min(self.said.papers[person].until for person in people)  # type: ignore[index]
            assert all(one.valid_until <= self.said.unsigned[person] for person in people & self.said.unsigned.keys())
            assert {row.source_id, row.recipient_id} <= there

    @invariant()
    def only_whom_everyone_wants_there_takes_part(self) -> None:
        if not hasattr(self, "case"):
            return
        for organisation in self.participants():
            assert self.said.everyone(self.needed, Row(self.case.coordination_id, organisation, Kind.ACTIONS))

    @invariant()
    def no_key_is_left_for_anything_else(self) -> None:
        if not hasattr(self, "case"):
            return
        left = text(
            "SELECT disclosure_id FROM wrapped_key JOIN disclosure ON disclosure.id = disclosure_id "
            "WHERE ground = 'consent'"
        )
        assert set(self.session.scalars(left)) == {one.id for one in self.disclosures()}

    def participants(self) -> set[UUID]:
        case = refresh(self.session, self.world, self.case)
        now = clock.now(self.session)
        return {spell.organisation_id for spell in case.participations if spell.is_live(now)}

    def disclosures(self) -> list:  # type: ignore[type-arg]
        consents = [consent.id for consent in queries.list_consents(self.session, self.case)]
        return live_disclosures(self.session, resting_on=consents)

    def consent_of(self, person: UUID):  # type: ignore[no-untyped-def]
        now = clock.now(self.session)
        return next(
            consent
            for consent in queries.list_consents(self.session, self.case)
            if consent.person_id == person and consent.is_live(now)
        )


@pytest.fixture
def families(session: Session, world: World) -> Iterator[type[Families]]:
    session.flush()
    Families.session, Families.world = session, world
    yield Families
    del Families.session, Families.world


def test_what_is_shared_follows_from_what_the_family_says(families: type[Families]) -> None:
    run_state_machine_as_test(
        families,
        settings=settings(
            max_examples=15,
            stateful_step_count=6,
            deadline=None,
            # six steps are read as they are; making them fewer takes minutes of database work
            phases=[Phase.explicit, Phase.reuse, Phase.generate],
            suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
        ),
    )
