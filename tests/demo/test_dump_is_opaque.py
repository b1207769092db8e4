"""What leaves the house says nothing of a child: a dump, the server's log and the application's own.

The demo is seeded, walked through by its whole cast and written in. Then every text that it
keeps sealed, and what was typed and not accepted, is looked for in all that was left behind.
"""

import re
from dataclasses import dataclass
from functools import cached_property

import pytest
from sqlalchemy import create_engine, text

from sspf.app.installation import DATABASE
from sspf.demo.cast import CAST
from sspf.demo.families import families
from tests.demo.conftest import Demo, heard
from tests.demo.spellings import found_in, pieces
from tests.demo.walking import walk
from tests.dumping import dump, rows_in
from tests.pages import save
from tests.unsealed import Unsealed, everything_sealed

KEPT = {
    "note": "Ugglan i provnoten flyger lågt på onsdagar.",
    "action": "Provuttern simmar förbi skolan",
    "voice": "Jag vill att provsvanen får vara med.",
    "worry": "Provmåsarna är många vid torget.",
    "called_name": "Provpyret",
    "full_name": "Provpyret Dagkullen",
    "visitor": "Simtränare Provsäl",
}
# one of a few answers, an age, a day, who among the staff: in every dump, and about nobody there;
# so these are looked for where they would say something, in the dump's row about that contact
SAYS_NOTHING_ALONE = {
    *("concern_account.basis", "concern_account.age", "concern_account.stage"),
    *("concern_weighing.suspicion", "concern_weighing.is_made", "concern_weighing.made_on"),
    *("consent.language", "consent.with_interpreter"),
    *("concern_yes.said_by", "concern_yes.said_to", "concern_yes.said_on", "concern_yes.way"),
}
REJECTED = {
    "note": "Räven i den avvisade noten lurar alla.",
    "action": "Provgrävlingen sover hela dagen",
    "called_name": "Avvisaren",
    "full_name": "Avvisaren Nejmark",
    "number": "201104129307",  # valid, and nobody's in the series
    "address": "Granfeltsökning",
}


@dataclass(frozen=True)
class LeftBehind:
    """All that somebody outside could get hold of, and all that must not be in it."""

    demo: Demo
    pages: dict[str, dict[str, str]]

    @cached_property
    def sealed(self) -> list[Unsealed]:
        return everything_sealed(self.demo.installation.sessions)

    @cached_property
    def secrets(self) -> set[str]:
        sealed = {one.text for one in self.sealed if one.text and one.place not in SAYS_NOTHING_ALONE}
        numbers = {text for text in sealed | {REJECTED["number"]} if text.isdigit() and len(text) == 12}
        written = {f"{number[:8]}-{number[8:]}" for number in numbers} | {number[2:] for number in numbers}
        return sealed | written | {f"{number[2:8]}-{number[8:]}" for number in numbers} | set(REJECTED.values())

    @cached_property
    def dump(self) -> bytes:
        return dump(self.demo.embedded, DATABASE).encode()

    @cached_property
    def server_log(self) -> bytes:
        """Each line once, without its time."""
        lines = self.demo.server_log().splitlines()
        return b"\n".join({line[line.find(b"] ") + 1 :] for line in lines})

    def leaks(self, where: bytes) -> set[tuple[str, str]]:
        parts = {part for secret in self.secrets if "{" not in secret for part in pieces(secret)} - self.secrets
        return found_in(where, self.secrets) | {(part, "in part") for part in parts if part.encode() in where}


@pytest.fixture(scope="module")
def left(demo: Demo) -> LeftBehind:
    with heard(demo.said):
        write_in(demo)
        return LeftBehind(demo, {key: walk(demo.client(key)) for key in CAST})


def write_in(demo: Demo) -> None:
    """Through the pages, what is kept and what is not."""
    coordinator, school = demo.client("coordinator"), demo.client("school")
    with demo.installation.sessions.begin() as session:
        places = dict(session.execute(text("SELECT kind, id FROM organisation")).all())
        elis = session.execute(
            text("SELECT case_id FROM note JOIN envelope e ON e.id = envelope_id WHERE e.owner_id = :school"),
            {"school": places["school"]},
        ).scalar_one()
        kind = session.execute(text("SELECT id FROM concern_kind ORDER BY position")).scalars().first()
        day = session.execute(text("SELECT CAST(now() AS date)")).scalar_one().isoformat()
        meeting = session.execute(text("SELECT id FROM meeting WHERE state = 'planned'")).scalars().first()
    case = f"/arenden/{elis}"
    note = {
        "recipients": [str(places["social_services"])],
        "kind": "attendance",
        "about": "youth",
        "basis": "own_observation",
        "source": str(places["school"]),
        "observed_on": day,
    }
    assert school.post(f"{case}/anteckningar/granska", data=note | {"statement": KEPT["note"]}).status_code == 200
    assert school.post(f"{case}/anteckningar", data=note | {"statement": KEPT["note"]}).status_code == 303
    rejected = note | {"statement": REJECTED["note"], "basis": "hearsay"}
    assert school.post(f"{case}/anteckningar", data=rejected).status_code == 422
    action = {"what": KEPT["action"], "who": str(places["school"]), "due_on": day}
    assert school.post(f"{case}/atgarder", data=action).status_code == 303
    assert school.post(f"{case}/atgarder", data=action | {"what": REJECTED["action"], "who": ""}).status_code == 422
    worry = {"source": "school", "kind": str(kind), "age": "16", "seen": KEPT["worry"], "basis": "own_observation"}
    weighing = {"suspicion": "yes", "is_made": "yes", "made_on": day, "made_by": "Provrektorn"}
    registered = school.post("/kontakter/ny", data=worry)
    assert registered.status_code == 303
    (concern,) = re.findall(r"/kontakter/([0-9a-f-]{36})", registered.headers["Location"])
    assert save(school, f"/kontakter/{concern}/orosanmalan", weighing).status_code == 303
    said = {"child_voice": KEPT["voice"], "best_interest": ""}
    assert save(coordinator, f"{case}/utsagor", said).status_code == 303
    visitor = {"attendee": KEPT["visitor"], "attendee_from": str(places["association"])}
    assert coordinator.post(f"/moten/{meeting}/narvaro", data=visitor).status_code == 303
    family = {
        "called_name": KEPT["called_name"],
        "full_name": KEPT["full_name"],
        "number": "20120101-2380",
        "guardian_1_called_name": KEPT["called_name"],
        "guardian_1_full_name": KEPT["full_name"],
    }
    wrong = {name: REJECTED[name] for name in ("called_name", "full_name", "number")}
    assert coordinator.post("/arenden", data=family | wrong).status_code == 422
    assert coordinator.post("/arenden", data=family).status_code == 303
    assert coordinator.get("/arenden", params={"lage": REJECTED["address"]}).status_code == 200
    assert demo.client("auditor").get("/logg", params={"case": REJECTED["address"]}).status_code == 422
    assert coordinator.get(f"/arenden/{REJECTED['address']}").status_code == 404


def test_there_was_something_to_see(left):
    """The pages did show what is looked for, and each place that is searched was written to."""
    shown = "\n".join(page for pages in left.pages.values() for page in pages.values())
    for family in families(left.demo.day).values():
        for person in (family.youth, *family.guardians):
            assert {person.called_name, person.full_name, person.number.digits} <= left.secrets
            assert person.full_name in shown
            assert f"{person.number.digits[:8]}-{person.number.digits[8:]}" in shown
    assert set(KEPT.values()) <= left.secrets
    assert {KEPT["note"], KEPT["visitor"]} <= {said for said in KEPT.values() if said in shown}
    assert b"CREATE TABLE public.note" in left.dump
    assert b"INSERT INTO note" in left.server_log
    assert b"Parameters: $1" in left.server_log
    assert '"route": "/arenden/{case_id}/personer/{person_id}"' in left.demo.said.getvalue()
    assert sum(map(len, left.pages.values())) > 100, {key: len(pages) for key, pages in left.pages.items()}


def test_the_dump_says_nothing(left):
    assert left.leaks(left.dump) == set()


@pytest.mark.parametrize("place", sorted(SAYS_NOTHING_ALONE))
def test_what_says_nothing_alone_is_not_in_the_dumps_row_either(left, place):
    table, field = place.split(".")
    said = {str(one.envelope_id): one.text for one in left.sealed if one.text and one.place == place}
    rows = [row for row in rows_in(left.dump.decode(), table) if row["envelope_id"] in said]

    assert len(rows) == len(said) > 0
    for row in rows:
        assert found_in("\n".join(row.values()).encode(), [said[row["envelope_id"]]]) == set()
    assert len({row[field] for row in rows}) == len(rows), "who has said the same can be seen"


def test_the_servers_log_says_nothing_though_it_has_every_statement_and_value(left):
    assert left.leaks(left.server_log) == set()


def test_the_applications_log_says_nothing(left):
    assert left.leaks(left.demo.said.getvalue().encode()) == set()


def test_those_who_work_there_are_named_which_shows_that_names_would_be_found(left):
    assert {name for name, _how in found_in(left.dump, [member.name for member in CAST.values()])} == {
        member.name for member in CAST.values()
    }


@pytest.mark.parametrize("column", ["text", "bytea"])
def test_one_text_in_the_open_would_be_found(left, column):
    engine = create_engine(left.demo.superuser_url())
    secret = min(left.secrets, key=lambda one: (len(one.encode()), one))
    value = secret if column == "text" else secret.encode()
    with engine.begin() as connection:
        connection.execute(text("SET LOCAL log_statement = 'none'"))  # the log is searched too
        connection.execute(text(f"CREATE TABLE forgotten (said {column})"))
        connection.execute(text("INSERT INTO forgotten VALUES (:said)"), {"said": value})
    try:
        found = found_in(dump(left.demo.embedded, DATABASE).encode(), [secret])
    finally:
        with engine.begin() as connection:
            connection.execute(text("DROP TABLE forgotten"))
        engine.dispose()

    assert {one for one, _how in found} == {secret}
