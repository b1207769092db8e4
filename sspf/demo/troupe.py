"""The cast at work: what the stories are told with, each act in a transaction of its own, as in a browser."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import partial
from typing import TypeVar
from uuid import UUID

from sqlalchemy.orm import Session

from auth.actor import Actor
from sspf.casefile.steps import readiness_of
from sspf.cases import parties, policy, service
from sspf.cases import queries as cases
from sspf.cases.models import Case, State, StatementKind
from sspf.consents.agreement import Row
from sspf.consents.answers import Answer, Answers
from sspf.db import clock, locks
from sspf.db.sessions import Sessions
from sspf.demo.families import Family
from sspf.demo.given import ON_PAPER, Given
from sspf.demo.typing_in import givers, type_in
from sspf.law.kinds import Kind
from sspf.law.purposes import Purpose
from sspf.notes.drafts import Draft
from sspf.notes.models import Basis
from sspf.notes.service import add_note
from sspf.organisations.models import Organisation
from sspf.plans.commenting import add_comment
from sspf.plans.detailing import draft_of, write_detail
from sspf.plans.goals import write_goal
from sspf.plans.models import Action
from sspf.plans.queries import get_action
from sspf.plans.responsible import FAMILY, Responsible
from sspf.plans.service import create_action, mark_done
from sspf.vault import door
from sspf.vault.reading import Reading
from sspf.vault.writing import About, AboutKind

Made = TypeVar("Made")


@dataclass(frozen=True)
class Troupe:
    """Who acts, where they work, the database they act on, and the families of the cases they have opened."""

    actors: dict[str, Actor]
    places: dict[str, Organisation]
    sessions: Sessions
    families: dict[UUID, Family] = field(default_factory=dict)

    def place(self, key: str) -> UUID:
        return self.places[key].id

    def day(self, days: int) -> date:
        """The day in so many days."""
        with self.sessions.begin() as session:
            return clock.today(session) + timedelta(days=days)

    def act(self, key: str, case_id: UUID, what: Callable[[Session, Actor, Case], Made]) -> Made:
        """Let one of the cast do something in a case, under its lock; what came of it."""
        with self.sessions.begin() as session:
            locks.exclusive(session, case_id)
            return what(session, self.actors[key], cases.get_case(session, self.actors[key], case_id))

    def open(self, family: Family, *, asked: Collection[str]) -> UUID:
        """Open a case and name who the family is asked about."""
        with self.sessions.begin() as session:
            actor = self.actors["coordinator"]
            case = service.open_case(
                session,
                actor,
                coordination=self.places["coordination"],
                youth=family.youth,
                guardians=family.guardians,
            )
            session.flush()
            case = cases.get_case(session, actor, case.id)
            self.families[case.id] = family
            for key in asked:
                parties.add_party(
                    session, actor, case, organisation_id=self.place(key), user_ids=[self.actors[key].user_id]
                )
            return case.id

    def consents(
        self,
        case_id: UUID,
        *,
        present: Collection[str],
        rows: Sequence[tuple[str, str, Kind]] = (),
        refused: Collection[str] = (),
        giver: int | None = None,
        given: Given = ON_PAPER,
    ) -> None:
        """Type in the answers of everyone whose yes is needed, or of the one at place ``giver``."""
        answers = Answers(
            wants=Answer.YES,
            organisations={self.place(key): Answer.YES for key in present}
            | {self.place(key): Answer.NO for key in refused},
            rows={Row(self.place(source), self.place(to), kind): Answer.YES for source, to, kind in rows},
        )
        for place in givers(self.families[case_id], self.day(0)) if giver is None else [giver]:
            self.act("coordinator", case_id, partial(type_in, place, answers, given))

    def step(self, case_id: UUID, *to: State) -> None:
        """Take the case along its path."""

        def change(session: Session, actor: Actor, case: Case) -> None:
            for state in to:
                service.change_state(session, actor, case, to=state, readiness=readiness_of(session, case))

        self.act("coordinator", case_id, change)

    def say(self, case_id: UUID, kind: StatementKind, statement: str) -> None:
        self.act("coordinator", case_id, partial(service.write_statement, kind=kind, statement=statement))

    def promise(self, case_id: UUID, text: str, *, who: str | None, days: int) -> UUID:
        """An action, due in so many days; nobody named means the family itself. Returns its id."""
        somebody = self.actors.get(who) if who else None
        if somebody is not None:
            responsible = Responsible(somebody.organisation_id, somebody.user_id)
        else:
            responsible = Responsible(self.place(who)) if who else FAMILY
        create = partial(create_action, text=text, responsible=responsible, due_on=self.day(days))
        return self.act("coordinator", case_id, create).id

    def keep(self, case_id: UUID, by: str, promised: UUID) -> None:
        """It is done, says one of those who have it."""

        def mark(session: Session, actor: Actor, case: Case) -> None:
            _reading, action = _open_action(session, actor, case, promised)
            mark_done(session, actor, case, action)

        self.act(by, case_id, mark)

    def aim(self, case_id: UUID, wording: str) -> None:
        """The goal, in the youth's words."""
        self.act("coordinator", case_id, partial(write_goal, wording=wording, replaces=None))

    def comment(self, case_id: UUID, by: str, about: UUID, wording: str) -> None:
        """A line about an action, by one of those who have it."""

        def write(session: Session, actor: Actor, case: Case) -> None:
            _reading, action = _open_action(session, actor, case, about)
            add_comment(session, actor, case, action, wording=wording)

        self.act(by, case_id, write)

    def detail(
        self, case_id: UUID, by: str, about: UUID, wording: str, *, kind: Kind, to: Collection[str] = ()
    ) -> None:
        """More about an action, for those who may know."""

        def write(session: Session, actor: Actor, case: Case) -> None:
            reading, action = _open_action(session, actor, case, about)
            draft = draft_of(actor, case, kind=kind, wording=wording, recipients=[self.place(key) for key in to])
            write_detail(session, actor, case, reading, action, draft, replaces=None)

        self.act(by, case_id, write)

    def note(
        self,
        case_id: UUID,
        by: str,
        statement: str,
        *,
        kind: Kind,
        basis: Basis,
        to: Collection[str] = (),
        days_ago: int = 2,
    ) -> None:
        """A note about the youth, by one of the contacts."""

        def write(session: Session, actor: Actor, case: Case) -> None:
            draft = Draft(
                kind=kind,
                about=About(AboutKind.YOUTH, case.youth_id),
                source_id=actor.organisation_id,
                basis=basis,
                observed_on=clock.today(session) - timedelta(days=days_ago),
                statement=statement,
                recipients=frozenset(self.place(key) for key in to),
            )
            add_note(session, actor, case, draft)

        self.act(by, case_id, write)


def _open_action(session: Session, actor: Actor, case: Case, action_id: UUID) -> tuple[Reading, Action]:
    reading = door.open(session, policy.access_to(actor, case, clock.now(session)), Purpose.ACTION)
    return reading, get_action(session, reading, case, action_id)
