"""Whatever is said, told, taken back and agreed to, in whatever order: nothing opens without a live ground for it."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test
from sqlalchemy.orm import Session

from sspf.cases.models import Case, State
from sspf.consents import queries as consents
from sspf.consents.agreement import Row
from sspf.consents.service import withdraw
from sspf.errors import NotFound
from sspf.law.kinds import Kind
from sspf.notes.telling import GroundGone
from sspf.plans import commenting, queries
from sspf.plans.models import Action, ActionDetail, Comment
from tests.plans.make import SCHOOL_TELLS_POLICE, comment, detail, fresh, promise
from tests.world import World, a_case, agree, reading_of

PARTIES = ("school", "police", "leisure")
ROWS = [SCHOOL_TELLS_POLICE, ("school", "leisure", Kind.ATTENDANCE), ("school", "police", Kind.SCHOOL)]
# no shrinking: each step is a dozen statements
PHASES = Phase.explicit, Phase.reuse, Phase.generate


class Around(RuleBasedStateMachine):
    """One action of the school's, in a savepoint of a world that is built once."""

    session: Session
    world: World

    @initialize()
    def an_action(self) -> None:
        self.savepoint = self.session.begin_nested()
        self.case: Case = a_case(self.session, self.world, parties=PARTIES)
        self.comments: list[Comment] = []
        self.details: list[ActionDetail] = []
        self.told: dict[object, set[str]] = {}
        self.the_family_says(ROWS, PARTIES)
        self.action: Action = promise(self.session, self.world, self.case)

    def teardown(self) -> None:
        if hasattr(self, "savepoint"):
            self.savepoint.rollback()
            self.session.expire_all()

    @property
    def is_over(self) -> bool:
        return fresh(self.session, self.world.coordinator, self.case).state is State.WITHDRAWN

    @rule(
        rows=st.lists(st.sampled_from(ROWS), unique=True), present=st.sampled_from([PARTIES, PARTIES[:2], PARTIES[:1]])
    )
    def the_family_says(self, rows: list[tuple[str, str, Kind]], present: tuple[str, ...]) -> None:
        if hasattr(self, "action") and self.is_over:
            return
        among = {*present, "coordinator"}
        agree(
            self.session,
            self.world,
            self.case,
            present=present,
            rows=[row for row in rows if {row[0], row[1]} <= among],
            until=datetime.now(UTC) + timedelta(days=180),
        )

    @rule()
    def everything_is_taken_back(self) -> None:
        case = fresh(self.session, self.world.coordinator, self.case)
        for consent in consents.list_consents(self.session, case):
            if consent.ended_at is None:
                withdraw(self.session, self.world.coordinator, case, consent)
                self.session.flush()
                case = fresh(self.session, self.world.coordinator, self.case)

    @rule(by=st.sampled_from(["coordinator", *PARTIES]))
    def somebody_comments(self, by: str) -> None:
        if self.is_over or not self.is_there(by):
            return
        self.comments.append(comment(self.session, self.world, self.case, self.action, by=by))

    @rule()
    def the_last_comment_is_taken_back(self) -> None:
        if not self.comments or self.is_over:
            return
        last = self.comments[-1]
        (name,) = [one for one, actor in self.world.people.items() if actor.user_id == last.written_by]
        if self.is_there(name):
            actor = self.world.people[name]
            case = fresh(self.session, actor, self.case)
            commenting.take_back(self.session, actor, case, self.action, last, last.written_at)
            self.session.flush()

    @rule(
        to=st.lists(st.sampled_from(["police", "leisure"]), unique=True),
        kind=st.sampled_from([Kind.ATTENDANCE, Kind.SCHOOL]),
    )
    def the_school_tells_more(self, to: list[str], kind: Kind) -> None:
        if self.is_over or not self.is_there("school"):
            return
        last = self.details[-1] if self.details else None
        try:
            made = detail(self.session, self.world, self.case, self.action, to=to, kind=kind, replaces=last)
        except GroundGone:
            return
        self.details.append(made)
        self.told[made.id] = set(to)

    def is_there(self, name: str) -> bool:
        try:
            fresh(self.session, self.world.people[name], self.case)
        except NotFound:
            return False
        return True

    @invariant()
    def nothing_opens_without_a_live_ground(self) -> None:
        if not hasattr(self, "action"):
            return
        grounds = consents.grounds_in(self.session, self.case)
        youth, coordination = self.case.youth_id, self.case.coordination_id
        kinds = {}
        own = reading_of(self.session, self.world.school, self.case) if self.is_there("school") else None
        for one in self.details if own else ():
            kinds[one.id] = Kind(own.opened[one.envelope_id].kind)
        for name in ("police", "leisure"):
            if not self.is_there(name):
                continue  # for whom there is no case there is no door
            reading = reading_of(self.session, self.world.people[name], self.case)
            to = self.world.id_of(name)
            may_have_actions = (Row(coordination, to, Kind.ACTIONS), youth) in grounds
            for said in self.comments:
                assert reading.shows(said) == (may_have_actions and said.removed_at is None), (name, "comment")
            for number, told in enumerate(self.details, start=1):
                if reading.shows(told):
                    assert number == len(self.details), "only the newest wording"
                    assert name in self.told[told.id]
                    assert (Row(self.world.id_of("school"), to, kinds[told.id]), youth) in grounds

    @invariant()
    def taken_back_is_on_nobodys_page(self) -> None:
        if not hasattr(self, "action"):
            return
        reading = reading_of(self.session, self.world.coordinator, self.case)
        names = {one.id: one.name for one in self.world.organisations.values()}
        shown = {view.comment.id for view in queries.comments_of(self.session, reading, self.action, names)}
        assert shown == {said.id for said in self.comments if said.removed_at is None}


@pytest.fixture
def machine(session: Session, world: World) -> Iterator[type[Around]]:
    Around.session, Around.world = session, world
    yield Around
    del Around.session, Around.world


def test_nothing_opens_without_a_live_ground_for_it(machine: type[Around]) -> None:
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=8,
            stateful_step_count=8,
            deadline=None,
            phases=PHASES,
            suppress_health_check=list(HealthCheck),
        ),
    )
