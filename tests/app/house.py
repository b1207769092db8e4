"""A house with one of everything in it, everybody at its door, and each request undone when it is answered."""

import re
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from html import unescape
from unittest.mock import patch
from uuid import UUID

import pyotp
from sqlalchemy import Connection, create_engine, text
from sqlalchemy.orm import Session
from starlette.testclient import TestClient

from audit.events import SYSTEM_LOG
from audit.opening import OpenedEntry
from audit.queries import get_entry
from audit.sealing import Sealer
from auth import accounts, enrolment
from auth import sessions as auth_sessions
from auth.permissions import Role
from sspf.app.web import create_app
from sspf.cases import queries as cases
from sspf.cases.models import Case, State, StatementKind
from sspf.cases.parties import add_party
from sspf.cases.seating import add_guest
from sspf.cases.service import open_case, write_statement
from sspf.concerns import service as concern_service
from sspf.concerns.models import Suspicion
from sspf.concerns.telling import Weighed
from sspf.consents.labels import LABELS
from sspf.db import clock
from sspf.demo.routes import router as demo
from sspf.drafts import service as drafts
from sspf.law.kinds import Kind
from sspf.meetings import deciding
from sspf.organisations.terms import OURS
from sspf.overtaken import mark_of
from sspf.people import numbers
from sspf.people.service import Described
from sspf.plans.commenting import add_comment
from sspf.plans.detailing import draft_of, write_detail
from sspf.plans.goals import write_goal
from sspf.plans.models import Action, Comment
from sspf.plans.reporting import Said, report_moved
from sspf.plans.responsible import Responsible
from sspf.vault import door
from sspf.web.current_user import COOKIE
from tests.concerns import make as concerns
from tests.conftest import ORIGIN, Served
from tests.consents.make import a_form
from tests.meetings import make as meetings
from tests.notes.make import a_draft, write
from tests.plans.make import in_days, promise
from tests.world import CONTACTS, GUARDIANS, TESTS, YOUTH_9, World, a_case, agree, keep_signed_in, reading_of

ROLES = ("nobody", "coordinator", "social", "school", "police", "leisure", "outsider", "auditor", "administrator")
SIGNED_IN = ROLES[1:]

# what is done to a meeting that has not begun; everything else is done at one that goes on
BEFORE_IT_BEGINS = ("/moten/{meeting_id}/andra", "/moten/{meeting_id}/stall-in", "/moten/{meeting_id}/borja")

# and what is done to one that is over
WHEN_IT_IS_OVER = ("/moten/{meeting_id}/anteckningar", "/moten/{meeting_id}/publicera")

# which contact about a worry it is done to: by default one that the school has told
CONCERNS = {"/vem": "wanted", "/informerat": "named", "/arende": "named", "/personer/{person_id}": "named"}

# What a page puts in its form itself: whose paper it is, and what was there when it was opened.
ABOUT_SOMEBODY = ("/samtycke", "/samtycke/nytt", "/samtycke/blankett", "/samtycke/granska")
HIDDEN = {
    "/arenden/{case_id}/avsluta": {"version": "1"},
    "/arenden/{case_id}/avsluta/granska": {"version": "1"},
    "/arenden/{case_id}/samtycke/{consent_id}/aterkalla": {"scope": "some"},
    "/arenden/{case_id}/atgarder/{action_id}/andra": {"version": "2"},
    "/administration/aldrar": {"version": "0"},
    "/administration/ord": {"read": mark_of(*[""] * len(OURS))},
    "/administration/uppgifter": {"read": mark_of(*[""] * len(LABELS))},
}

# What is sealed, each in words that stand nowhere else. The school tells the police and nobody else.
SAID = {
    "called": "Vildvittra",
    "full_name": "Ungvar Fågelholm",
    "contact": "Tallstigen 7, 070-1740605",
    "guardian_called": "Gransippa",
    "guardian_full_name": "Gunvor Dunderklack",
    "voice": "Provrösten vill åka skridskor på torsdagar.",
    "reason": "Provskälet är att alla vuxna säger samma sak.",
    "goal": "Provmålet är att åka skridskor igen.",
    "action": "Provåtagandet: ringa ishallen.",
    "comment": "Provkommentaren: de ringer upp på fredag.",
    "detail": "Provdetaljen säger när tåget går.",
    "teller": "Beskedsgivare Bengtsson",
    "draft": "Provutkastet är inte färdigt än.",
    "note": "Provanteckningen säger hur måndagen gick.",
    "decision": "Provbeslutet är att träffas i ishallen.",
    "meeting_note": "Provutkastet säger att alla var överens.",
    "worry": "Provoron är att någon väntar utanför grinden.",
    "weighing": "Provskälet att inte anmäla är att skolan redan har gjort det.",
    "advice": "Provrådet är att ringa hem och fråga hur det är.",
    "wanted_called": "Ormbunken",
    "wanted_full_name": "Ormbunke Skogsdotter",
    "guest": "Provledaren Gullviva",
}
NUMBERS = {"number": YOUTH_9, "guardian_number": GUARDIANS[0]}


@dataclass(frozen=True)
class Answer:
    """What came back, what the trail was told meanwhile, and what was written besides."""

    status: int
    page: str
    body: bytes
    headers: Mapping[str, str]
    recorded: tuple[OpenedEntry, ...]
    readings: int
    wrote: frozenset[str]

    @property
    def title(self) -> str:
        found = re.search(r"<title>(.*?)</title>", self.page, re.DOTALL)
        return found[1].strip() if found else ""

    def entries(self, event: str) -> list[OpenedEntry]:
        return [entry for entry in self.recorded if entry.leaf.event == event]

    def shows(self) -> set[str]:
        """Which of the sealed texts stand in it."""
        return shown_in(self.page)


def shown_in(said: str) -> set[str]:
    """Which of the sealed texts stand in ``said``, by their names."""
    return {name for name, words in SAID.items() if words in said} | {
        name for name, number in NUMBERS.items() if re.search(f"{number[:8]}-?{number[8:]}", said)
    }


def _written_later(served: Served) -> None:
    """The house stands for longer than a comment can be taken back; when it was written is for a superuser to say."""
    engine = create_engine(served.database.superuser_url)
    with engine.begin() as connection:
        connection.execute(text("UPDATE action_comment SET written_at = written_at + interval '1 day'"))
    engine.dispose()


class House:
    """Everything that a route may ask for: ``ids`` by the names that addresses have for them."""

    def __init__(self, served: Served) -> None:
        self.served = served
        self.world: World = served.world
        self._answers: dict[str, dict[str, Answer]] = {}
        self._signed_in_until = 0.0
        # the demo's routes are handed over too: only a demo has them
        app = create_app(served.installation, more=[demo])
        self.client = TestClient(app, base_url=ORIGIN, follow_redirects=False, raise_server_exceptions=False)
        with served.sessions.begin() as session:
            self.case, self.quiet = _the_case(session, self.world), _a_quiet_case(session, self.world)
        with served.sessions.begin() as session:
            self.ids = self._filled(session)
        _written_later(served)
        with served.sessions.begin() as session:
            actor = self.world.coordinator
            self.ids |= {"meeting_id": self.ids["ongoing"]}
            self.ids["session_id"] = auth_sessions.start(session, actor.user_id, actor.assignment_id).session_id

    def _filled(self, session: Session) -> dict[str, object]:
        world, case = self.world, self.case
        for kind, said in ((StatementKind.CHILD_VOICE, "voice"), (StatementKind.BEST_INTEREST, "reason")):
            write_statement(session, world.coordinator, self._fresh(session), kind=kind, statement=SAID[said])
        write_goal(session, world.coordinator, self._fresh(session), wording=SAID["goal"], replaces=None)
        add_guest(
            session, world.coordinator, self._fresh(session), organisation_id=world.id_of("leisure"), name=SAID["guest"]
        )
        action = promise(session, world, case, text=SAID["action"], person=True)
        comment = self._talked_about(session, action)
        note = write(session, world.school, case, a_draft(world, case, to=["police"], statement=SAID["note"]))
        planned = meetings.a_meeting(session, world, self._fresh(session))
        ongoing = meetings.a_meeting(session, world, self._fresh(session), begun=True, starts_at=clock.now(session))
        deciding.write_decision(session, world.coordinator, ongoing, self._fresh(session), statement=SAID["decision"])
        draft = drafts.keep(
            session,
            world.school,
            page=f"/arenden/{case.id}/anteckningar/ny",
            sent_to=f"/arenden/{case.id}/anteckningar/granska",
            typed=[("statement", SAID["draft"])],
        )
        session.flush()
        over = meetings.held(session, world, self._fresh(session))
        meetings.note(session, world, over, {case.id: SAID["meeting_note"]})
        self.draft_series = str(draft.series_id)
        decision = session.execute(text("SELECT id FROM decision")).scalar_one()
        somebody = text("SELECT id FROM attendance WHERE meeting_id = :meeting ORDER BY id LIMIT 1")
        return self._concerns(session) | {
            "case_id": case.id,
            "person_id": self.youth,
            "consent_id": self.consent,
            "action_id": action.id,
            "comment_id": comment.id,
            "note_id": note.id,
            "draft_id": draft.series_id,
            "ongoing": ongoing.id,
            "planned": planned.id,
            "over": over.id,
            "attendance_id": session.execute(somebody, {"meeting": ongoing.id}).scalar_one(),
            "decision_id": decision,
            "organisation_id": world.id_of("leisure"),
            "authority_id": world.organisations["leisure"].authority_id,
            **_somebody_waiting(session, world, self.served.database.totp_sealer),
            "form_id": a_form(session, world, valid_from=clock.today(session) + timedelta(days=1)).id,
            "seq": 1,
        }

    def _talked_about(self, session: Session, action: Action) -> Comment:
        """The school has moved it by telephone, told the police more about it, and said something to everyone."""
        world, case = self.world, self._fresh(session)
        said = Said(Responsible(world.id_of("school")), SAID["teller"], clock.today(session))
        report_moved(session, world.coordinator, case, action, said, due_on=in_days(session, 5))
        draft = draft_of(
            world.school, case, kind=Kind.ATTENDANCE, wording=SAID["detail"], recipients=[world.id_of("police")]
        )
        reading = reading_of(session, world.school, case)
        write_detail(session, world.school, case, reading, action, draft, replaces=None)
        return add_comment(session, world.school, case, action, wording=SAID["comment"])

    def _ids_at(self, path: str) -> dict[str, object]:
        """Which meeting and which contact about a worry an address is asked for."""
        meeting = "planned" if path.endswith(BEFORE_IT_BEGINS) else "ongoing"
        meeting = "over" if path.endswith(WHEN_IT_IS_OVER) else meeting
        concern = next((of for end, of in CONCERNS.items() if path.endswith(end)), "told")
        person = {"person_id": self.ids["wanted_person"]} if path.startswith("/kontakter") else {}
        return {"meeting_id": self.ids[meeting], "concern_id": self.ids[concern]} | person

    def _concerns(self, session: Session) -> dict[str, object]:
        """One that the school told, with advice; one where the family said yes; one where they are written down."""
        world = self.world
        told = concerns.a_concern(session, world, seen=SAID["worry"], suspicion=Suspicion.YES)
        weighing = Weighed(Suspicion.YES, is_made=False, reason=SAID["weighing"])
        concern_service.weigh(session, world.school, told, weighing)
        concern_service.advise(
            session,
            world.coordinator,
            concerns.fresh(session, world.coordinator, told),
            SAID["advice"],
            owes_weighing=False,
        )
        wanted = concerns.wanted(session, world, concerns.a_concern(session, world, "coordinator"))
        named = concerns.named(session, world, concerns.a_concern(session, world, "coordinator"))
        kind = concerns.a_kind(session, world)
        return {
            "concern_id": told.id,
            "told": told.id,
            "wanted": wanted.id,
            "named": named.id,
            "wanted_person": named.people[0].person_id,
            "kind_id": kind,
        }

    def _fresh(self, session: Session) -> Case:
        return cases.get_case(session, self.world.coordinator, self.case.id)

    @property
    def youth(self) -> UUID:
        return self.case.youth_id

    @property
    def guardian(self) -> UUID:
        return self.case.guardian_ids[0]

    @property
    def consent(self) -> UUID:
        with self.served.sessions.begin() as session:
            return session.execute(text("SELECT id FROM consent")).scalar_one()

    def everybody(self, line: str) -> dict[str, Answer]:
        """What each role is answered to a line like ``GET /arenden/{case_id}``; asked once, by whoever needs it first.

        A form is sent empty, but for what the page itself would have put in it.
        """
        if line not in self._answers:
            self._answers[line] = {who: self.asked(who, line) for who in ROLES}
        return self._answers[line]

    def asked(self, who: str, line: str, *, instead: Mapping[str, object] | None = None, **sent: object) -> Answer:
        """The same for one of them, with some ids replaced or something else sent."""
        method, path = line.split()
        ids = self.ids | self._ids_at(path) | dict(instead or {})
        if not {"data", "params"} & sent.keys():
            person = {"person": str(self.guardian)} if path.endswith(ABOUT_SOMEBODY) else {}
            hidden = HIDDEN.get(path, {}) if method == "POST" else {}
            sent |= {"data" if method == "POST" else "params": person | hidden}
        return self.ask(who, method, path.format(**ids), **sent)

    def ask(
        self, who: str, method: str, path: str, *, headers: Mapping[str, str] | None = None, **sent: object
    ) -> Answer:
        """One request; whatever it stored is gone again afterwards, and so is what the trail was told."""
        self._keep_everybody_signed_in()
        with self._undone() as connection, _counted_readings() as readings:
            before, tables = self._sizes(connection), _writes(connection)
            cookie = {"Cookie": f"{COOKIE}={self.served.tokens[who]}"} if who != "nobody" else {}
            self.client.cookies.clear()
            response = self.client.request(
                method, path, headers=cookie | dict(headers or {"Sec-Fetch-Site": "same-origin"}), **sent
            )
            return Answer(
                response.status_code,
                unescape(response.text),
                response.content,
                response.headers,
                self._recorded(connection, before),
                len(readings),
                frozenset(table for table, count in _writes(connection).items() if count != tables.get(table)),
            )

    def _keep_everybody_signed_in(self) -> None:
        """The house may stand for longer than a session lives, and that it is used is undone with all the rest."""
        if time.monotonic() > self._signed_in_until:
            with self.served.sessions.begin() as session:
                keep_signed_in(session)
            self._signed_in_until = time.monotonic() + 60

    @contextmanager
    def _undone(self) -> Iterator[Connection]:
        """One connection for all that the application does, in a transaction that is rolled back."""
        sessions = self.served.sessions
        with self.served.installation.engine.connect() as connection:
            outer = connection.begin()
            sessions.configure(bind=connection, join_transaction_mode="create_savepoint")
            try:
                yield connection
            finally:
                sessions.configure(bind=self.served.installation.engine, join_transaction_mode="conditional_savepoint")
                outer.rollback()

    def _sizes(self, connection: Connection) -> dict[UUID, int]:
        return dict(connection.execute(text("SELECT id, size FROM audit_log")).all())

    def _recorded(self, connection: Connection, before: Mapping[UUID, int]) -> tuple[OpenedEntry, ...]:
        with Session(bind=connection, join_transaction_mode="create_savepoint") as session:
            sealer, now = self.served.installation.log_sealer, self._sizes(connection)
            found = [
                get_entry(session, log, seq, sealer)
                for log in (self.world.municipality.id, SYSTEM_LOG)
                for seq in range(before[log], now[log])
            ]
        return tuple(entry for entry in found if entry is not None)


def _somebody_waiting(session: Session, world: World, sealer: Sealer) -> dict[str, UUID]:
    """A new colleague at the school, who has a password and an app and whom nobody has vouched for."""
    user = accounts.add_user(
        session, TESTS, municipality_id=world.municipality.id, email="ny@provkoping.example", name="Kurator Ny"
    )
    role = accounts.give_assignment(session, TESTS, user.id, organisation_id=world.id_of("school"), role=Role.CONTACT)
    now = clock.now(session)
    token = accounts.one_time_link(session, TESTS, user.id, now=now)
    session.flush()
    begun = enrolment.begin_enrolment(session, token, "vattenfall gråsten paraply", sealer=sealer, now=now)
    enrolment.finish_enrolment(session, token, pyotp.TOTP(begun.secret).at(now), sealer=sealer, now=now)
    return {"user_id": user.id, "assignment_id": role.id}


def _the_case(session: Session, world: World) -> Case:
    case = open_case(
        session,
        world.coordinator,
        coordination=world.organisations["coordinator"],
        youth=Described(SAID["called"], SAID["full_name"], numbers.parse(YOUTH_9), SAID["contact"]),
        guardians=[Described(SAID["guardian_called"], SAID["guardian_full_name"], numbers.parse(GUARDIANS[0]))],
    )
    session.flush()
    case = cases.get_case(session, world.coordinator, case.id)
    for name in CONTACTS:
        add_party(
            session,
            world.coordinator,
            case,
            organisation_id=world.id_of(name),
            user_ids=[world.people[name].user_id],
        )
    session.flush()
    agree(session, world, case, rows=[("school", "police", Kind.ATTENDANCE)], person_id=case.guardian_ids[0])
    case = cases.get_case(session, world.coordinator, case.id)
    case.state = State.MEETING
    session.flush()
    return case


def _a_quiet_case(session: Session, world: World) -> Case:
    """A case that nobody has said yes in: it exists for coordination alone, though the others are named in it."""
    return a_case(session, world)


@contextmanager
def _counted_readings() -> Iterator[list[object]]:
    """Every time that the door is opened for somebody meanwhile."""
    opened: list[object] = []
    really = door.open

    def count(session: Session, accesses, *args, **kwargs):
        asked = [accesses] if isinstance(accesses, door.Access) else list(accesses)
        opened.extend(["reading"] if asked else [])
        return really(session, asked, *args, **kwargs)

    with patch.object(door, "open", count):
        yield opened


def _writes(connection: Connection) -> dict[str, int]:
    """How many rows of each table this transaction has inserted, updated or deleted; of sessions, begun or ended."""
    counted = text(
        """
        SELECT relname, n_tup_ins + n_tup_upd + n_tup_del FROM pg_stat_xact_user_tables WHERE relname <> 'session'
        UNION ALL SELECT 'session.last_seen', n_tup_upd FROM pg_stat_xact_user_tables WHERE relname = 'session'
        UNION ALL SELECT 'session', count(*) + count(ended_at) FROM session
        """
    )
    return dict(connection.execute(counted).all())
