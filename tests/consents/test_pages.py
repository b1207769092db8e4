"""The consent pages: who may open them, what they keep of what was typed, and what they never show."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import text

from sspf.consents import queries
from sspf.law.kinds import Kind
from sspf.web.dates import day
from tests.conftest import Served
from tests.consents.make import a_fact, refresh, told
from tests.consents.served import SCHOOL_TO_POLICE, Desk, filled, hidden, unasked
from tests.pages import words
from tests.world import CALLED, CONTACTS, GUARDIANS, YOUTH_16

OUTSIDE = ("outsider", "auditor", "administrator")


def test_the_overview_says_who_must_answer_and_that_nobody_has(desk: Desk) -> None:
    page = desk.client().get(f"{desk.base}/samtycke")

    assert page.status_code == 200
    assert "Väntar på svar" in page.text
    assert "Den unge är 9 år." in page.text
    assert "Kommunens jurist avgör" in page.text
    assert "föräldrabalken 6 kap. 11 och 13 §§" in page.text
    assert "Ingen organisation är med nu." in page.text
    assert "Annat kan finnas eller inte finnas. Det framgår inte här." in page.text


def test_the_page_title_is_the_reference_and_no_name(desk: Desk) -> None:
    client = desk.client()
    new = f"{desk.base}/samtycke/nytt?person={desk.guardians[0]}"

    for path in (f"{desk.base}/samtycke", new):
        title = re.search(r"<title>(.*?)</title>", client.get(path).text, re.DOTALL)
        assert title is not None
        assert desk.case.reference in title[1]
        assert CALLED not in title[1]
        assert "Vuxen" not in title[1]


def test_from_paper_to_what_holds(desk: Desk) -> None:
    client = desk.client()
    new = client.get(f"{desk.base}/samtycke/nytt?person={desk.guardians[0]}")
    checked = client.post(f"{desk.base}/samtycke/granska", data=desk.paper())
    saved = client.post(f"{desk.base}/samtycke", data=hidden(checked.text))
    overview = client.get(saved.headers["location"])

    assert new.status_code == checked.status_code == 200
    assert saved.status_code == 303
    assert re.fullmatch(rf"{desk.base}/samtycke\?klart=samtycke", saved.headers["location"])
    assert "Blanketten är registrerad" in overview.text
    assert "Vill vara med" in overview.text
    assert desk.client("school").get(desk.base).status_code == 200
    assert desk.client("leisure").get(desk.base).status_code == 404


def test_every_row_starts_as_not_asked(desk: Desk) -> None:
    page = desk.client().get(f"{desk.base}/samtycke/nytt?person={desk.guardians[0]}").text

    rows = re.findall(r'<input[^>]*name="((?:rows|organisations)\[[^"]*\])" value="([^"]*)"( checked)?', page)
    chosen = {name: value for name, value, checked in rows if checked}
    assert len(chosen) > 20
    assert set(chosen.values()) == {""}
    assert chosen.keys() == {name for name, _value, _checked in rows}
    assert "ja till allt" not in page.lower()


def test_the_check_page_tells_every_row_and_what_follows(desk: Desk) -> None:
    page = desk.client().post(f"{desk.base}/samtycke/granska", data=desk.paper()).text

    assert "1 ja · 1 nej ·" in page
    assert "Inget är sparat än." in page
    assert "Enheten school får berätta för Enheten police" in page
    assert re.search(r"Enheten police\s+får veta att ärendet finns", page)
    assert "Det som inte är ifyllt är inte ett ja." in page
    assert desk.count("consent") == 0


def test_the_check_page_says_who_else_is_needed(house: Served) -> None:
    desk = Desk(house, youth=YOUTH_16)

    page = desk.client().post(f"{desk.base}/samtycke/granska", data=desk.paper()).text

    assert f"{CALLED} behöver också säga ja" in page
    assert "Blir synligt direkt" not in page


def test_the_check_page_says_what_stops(desk: Desk) -> None:
    desk.sign(SCHOOL_TO_POLICE)
    with desk.served.sessions.begin() as session:
        case = refresh(session, desk.world, desk.case)
        assert told(session, desk.world, case, a_fact(session, desk.world, case), "police")
    narrower = desk.paper() | {desk.row(*SCHOOL_TO_POLICE): "no"}

    page = desk.client().post(f"{desk.base}/samtycke/granska", data=narrower).text

    assert "Stängs direkt" in page
    assert "Enheten school får inte längre berätta för Enheten police" in page
    assert "Det här kan läsas nu och går inte att läsa sedan" in page
    assert "Enheten leisure är inte med längre" in page


def test_a_yes_that_gives_nothing_is_pointed_out(desk: Desk) -> None:
    typed = desk.paper() | {desk.row("school", "leisure", Kind.SCHOOL): "yes"}

    page = desk.client().post(f"{desk.base}/samtycke/granska", data=typed).text

    assert "Ja som inte leder till något" in page


def test_change_goes_back_with_everything_that_was_typed(desk: Desk) -> None:
    client = desk.client()
    typed = desk.paper(with_interpreter="on")
    checked = client.post(f"{desk.base}/samtycke/granska", data=typed)

    form = client.post(f"{desk.base}/samtycke/blankett", data=hidden(checked.text))

    assert form.status_code == 200
    assert filled(form.text) == {name: value for name, value in typed.items() if name != "person"} | unasked(form.text)
    assert desk.count("consent") == 0


@pytest.mark.parametrize(("answer", "number"), [("yes", 12), ("no", 12), ("", 0)])
def test_one_button_fills_one_source_and_saves_nothing(desk: Desk, answer: str, number: int) -> None:
    typed = desk.paper(fill=f"{desk.world.id_of('school')}:{answer}")

    form = desk.client().post(f"{desk.base}/samtycke/blankett", data=typed)

    now = filled(form.text)
    schools = {name: value for name, value in now.items() if name.startswith(f"rows[{desk.world.id_of('school')}:")}
    assert set(schools.values()) == {answer}
    assert len([value for value in schools.values() if value]) == number
    assert now[desk.row("police", "school", Kind.OBSERVATION)] == "no"
    assert "ds-error-summary" not in form.text
    assert desk.count("consent") == 0


@pytest.mark.parametrize("fill", ["", "x", ":yes", "x:yes", "%s:kanske"])
def test_a_button_that_is_not_there_fills_nothing(desk: Desk, fill: str) -> None:
    typed = desk.paper(fill=fill.replace("%s", str(desk.world.id_of("school"))))

    form = desk.client().post(f"{desk.base}/samtycke/blankett", data=typed)

    assert form.status_code == 200
    assert sum(value == "yes" for value in filled(form.text).values()) == 4


@pytest.mark.parametrize(
    ("name", "wrong", "sentence"),
    [
        ("wants", "", "Svara om personen vill vara med."),
        ("wants", "kanske", "Välj ett av alternativen."),
        ("given_on", "", "Skriv dagen då blanketten skrevs under."),
        ("given_on", "i går", "Skriv datumet som 2026-11-24."),
        ("given_on", "2099-01-01", "Den dagen har inte varit än."),
        ("valid_to", "", "Skriv till och med vilken dag det gäller."),
        ("valid_to", "2020-01-01", "Den dagen har redan varit."),
        ("valid_to", "2099-01-01", "Ett samtycke gäller i högst 12 månader"),
        ("form_version", "", "Skriv blankettens version."),
        ("form_version", "x" * 21, "Skriv kortare: högst 20 tecken."),
        ("language", "klingonska", "Välj ett av alternativen."),
    ],
)
@pytest.mark.parametrize("step", ["samtycke/granska", "samtycke"])
def test_bad_input_is_answered_beside_the_field_and_stores_nothing(
    desk: Desk, step: str, name: str, wrong: str, sentence: str
) -> None:
    typed = desk.paper() | {name: wrong}

    page = desk.client().post(f"{desk.base}/{step}", data=typed)

    assert page.status_code == 422
    assert page.text.index("ds-error-summary") < page.text.index('name="given_on"')
    assert page.text.count(sentence) == 2  # in the summary and beside the field
    assert f'href="#{name}"' in page.text
    assert filled(page.text)[desk.row(*SCHOOL_TO_POLICE)] == "yes"
    assert filled(page.text)["form_version" if name != "form_version" else "given_on"]
    assert desk.count("consent") == desk.count("waiver") == 0


@pytest.mark.parametrize(
    "stray",
    [
        {"rows[x:y:z]": "yes"},
        {"organisations[11111111-1111-4111-8111-111111111111]": "yes"},
        {"hemlig": "1"},
    ],
    ids=["a row that is not asked", "an organisation outside the case", "a field that is not there"],
)
def test_an_answer_to_what_was_not_asked_is_refused(desk: Desk, stray: dict[str, str]) -> None:
    for step in ("samtycke/granska", "samtycke"):
        page = desk.client().post(f"{desk.base}/{step}", data=desk.paper() | stray)

        assert page.status_code == 422
        assert "försök igen." in page.text
    assert desk.count("consent") == 0


def test_an_answer_nobody_can_give_stands_beside_its_row(desk: Desk) -> None:
    typed = desk.paper() | {desk.row(*SCHOOL_TO_POLICE): "kanske"}

    page = desk.client().post(f"{desk.base}/samtycke/granska", data=typed)

    assert page.status_code == 422
    assert page.text.count("Välj ett av alternativen.") == 2


def test_the_same_paper_typed_in_twice_is_one(desk: Desk) -> None:
    client = desk.client()

    first, second = (client.post(f"{desk.base}/samtycke", data=desk.paper()) for _time in range(2))

    assert (first.status_code, second.status_code) == (303, 303)
    assert desk.count("consent") == 1


def test_two_who_type_in_a_paper_each_for_one_person_see_both(desk: Desk) -> None:
    client = desk.client()
    assert client.post(f"{desk.base}/samtycke", data=desk.paper()).status_code == 303
    other = desk.paper() | {desk.row(*SCHOOL_TO_POLICE): "no"}

    late = client.post(f"{desk.base}/samtycke", data=other)
    said = words(late)

    assert late.status_code == 409
    assert "Någon hann före" in said
    assert re.search("Så står det nu Enheten school får berätta för Enheten police: [^:]*: Ja", said)
    assert re.search("Ditt förslag Enheten school får berätta för Enheten police: [^:]*: Nej", said)
    assert desk.count("consent") == 1
    read = dict(re.findall(r'name="(read)" value="(\w+)"', late.text))
    assert client.post(f"{desk.base}/samtycke", data=other | read).status_code == 303
    assert desk.count("consent") == 2


def test_a_paper_is_not_saved_over_what_was_taken_back_meanwhile(desk: Desk) -> None:
    (consent,) = desk.sign(SCHOOL_TO_POLICE)
    client = desk.client()
    form = client.get(f"{desk.base}/samtycke/nytt?person={desk.guardians[0]}&fran={consent}").text
    read = dict(re.findall(r'name="(read)" value="(\w+)"', form))
    client.post(f"{desk.base}/samtycke/{consent}/aterkalla", data={"scope": "all"})
    with desk.served.sessions.begin() as session:  # as when somebody else's yes is left
        session.execute(text("UPDATE \"case\" SET state = 'information' WHERE id = :id"), {"id": desk.case.id})

    late = client.post(f"{desk.base}/samtycke", data=desk.paper() | read)

    assert late.status_code == 409
    assert "Läge: Återkallat" in words(late)
    assert desk.client("police").get(desk.base).status_code == 404


def test_nobody_outside_the_family_has_a_form(desk: Desk) -> None:
    client = desk.client()

    for person in ("", "x", "11111111-1111-4111-8111-111111111111"):
        assert client.get(f"{desk.base}/samtycke/nytt?person={person}").status_code == 404
        assert client.post(f"{desk.base}/samtycke", data=desk.paper() | {"person": person}).status_code == 404
    assert client.get(f"{desk.base}/samtycke/nytt").status_code == 404


@pytest.mark.parametrize("name", CONTACTS[:1] + OUTSIDE)
def test_nobody_but_the_coordinator_opens_them(desk: Desk, name: str) -> None:
    (consent,) = desk.sign(SCHOOL_TO_POLICE)
    client = desk.client(name)
    status = 403 if name in CONTACTS else 404

    for path in ("samtycke", f"samtycke/nytt?person={desk.guardians[0]}", f"samtycke/{consent}/aterkalla"):
        page = client.get(f"{desk.base}/{path}")
        assert page.status_code == status
        assert CALLED not in page.text
    for path in ("samtycke", "samtycke/granska", "samtycke/blankett"):
        assert client.post(f"{desk.base}/{path}", data=desk.paper()).status_code == status
    assert client.post(f"{desk.base}/samtycke/{consent}/aterkalla", data={"scope": "all"}).status_code == status
    assert desk.count("consent") == 1


def test_a_withdrawal_lists_what_was_shared_bites_and_lists_what_to_recall(desk: Desk) -> None:
    (consent,) = desk.sign(SCHOOL_TO_POLICE)
    with desk.served.sessions.begin() as session:
        case = refresh(session, desk.world, desk.case)
        assert told(session, desk.world, case, a_fact(session, desk.world, case), "police")
    client = desk.client()
    path = f"{desk.base}/samtycke/{consent}/aterkalla"

    before = client.get(path)
    answer = client.post(path, data={"scope": "all"})
    after = client.get(answer.headers["location"])

    shared = re.compile(
        r"Enheten police.*?Hur skolan fungerar <span[^>]*>om Pricken · 1 uppgift · från Enheten school", re.DOTALL
    )
    assert shared.search(before.text)
    assert answer.status_code == 303
    assert "Samtycket är återkallat." in after.text
    assert "Stängt – be mottagarna ta bort det" in after.text
    assert shared.search(after.text)
    assert "Har varit i skolan" not in before.text + after.text
    assert desk.client("police").get(desk.base).status_code == 404


def test_part_of_a_consent_is_withdrawn_by_row_and_by_seat(desk: Desk) -> None:
    (consent,) = desk.sign(SCHOOL_TO_POLICE, ("school", "social", Kind.SCHOOL))
    client = desk.client()
    path = f"{desk.base}/samtycke/{consent}/aterkalla"
    row = f"{desk.world.id_of('school')}:{desk.world.id_of('police')}:school"

    first = client.post(path, data={"scope": "some", "rows": row})
    second = client.post(path, data={"scope": "some", "seats": str(desk.world.id_of("leisure"))})

    assert (first.status_code, second.status_code) == (303, 303)
    assert desk.client("leisure").get(desk.base).status_code == 404
    assert desk.client("police").get(desk.base).status_code == 200
    assert "Det valda är återkallat." in client.get(second.headers["location"]).text


@pytest.mark.parametrize(
    "typed",
    [
        {},
        {"scope": "some"},
        {"scope": "some", "seats": "x"},
        {"scope": "some", "rows": "x:y:z"},
        {"scope": "some", "seats": "11111111-1111-4111-8111-111111111111"},
        {"scope": "hälften"},
    ],
    ids=str,
)
def test_a_withdrawal_of_nothing_is_answered_and_changes_nothing(desk: Desk, typed: dict[str, str]) -> None:
    (consent,) = desk.sign(SCHOOL_TO_POLICE)

    page = desk.client().post(f"{desk.base}/samtycke/{consent}/aterkalla", data=typed)

    assert page.status_code == 422
    assert "ds-error-summary" in page.text
    assert desk.client("police").get(desk.base).status_code == 200


def test_a_consent_is_withdrawn_once(desk: Desk) -> None:
    (consent,) = desk.sign(SCHOOL_TO_POLICE)
    path = f"{desk.base}/samtycke/{consent}/aterkalla"
    desk.client().post(path, data={"scope": "all"})

    again = desk.client().post(path, data={"scope": "all"})

    assert again.status_code == 409
    assert "gäller inte längre" in again.text


@pytest.mark.parametrize("consent", ["11111111-1111-4111-8111-111111111111", "x"])
def test_a_consent_that_is_not_there_is_not_found(desk: Desk, consent: str) -> None:
    assert desk.client().get(f"{desk.base}/samtycke/{consent}/aterkalla").status_code == 404
    assert desk.client().post(f"{desk.base}/samtycke/{consent}/aterkalla", data={"scope": "all"}).status_code == 404


def test_a_consent_of_another_case_is_not_found_in_this_one(desk: Desk) -> None:
    other = Desk(desk.served)
    (consent,) = other.sign(SCHOOL_TO_POLICE)

    assert desk.client().get(f"{desk.base}/samtycke/{consent}/aterkalla").status_code == 404
    assert other.client().get(f"{other.base}/samtycke/{consent}/aterkalla").status_code == 200


def test_a_contact_receives_a_withdrawal_and_the_case_is_gone_for_them(desk: Desk) -> None:
    desk.sign(SCHOOL_TO_POLICE)
    client = desk.client("school")
    path = f"{desk.base}/aterkallelse"

    asked = client.get(path)
    checked = client.post(path, data={"role": "guardian", "step": "check"})
    still_there = client.get(desk.base)
    done = client.post(path, data={"role": "guardian", "step": "save"})
    told_so = client.get(done.headers["location"])

    assert asked.status_code == checked.status_code == still_there.status_code == 200
    assert "Det här händer direkt" in checked.text
    assert done.status_code == 303
    assert told_so.status_code == 200
    assert "Återkallelsen är mottagen och gäller nu" in told_so.text
    assert str(desk.case.id) not in told_so.text + done.headers["location"]
    for shown in (desk.case.alias, desk.case.reference, CALLED):
        assert shown not in told_so.text
    for name in CONTACTS:
        assert desk.client(name).get(desk.base).status_code == 404
    assert client.get(path).status_code == 404
    assert client.post(path, data={"role": "guardian", "step": "save"}).status_code == 404
    assert "Stoppat, inte utrett" in desk.client().get(f"{desk.base}/samtycke").text


def test_a_contact_is_not_told_who_has_said_what(desk: Desk) -> None:
    desk.sign(SCHOOL_TO_POLICE)
    client = desk.client("leisure")

    for page in (
        client.get(f"{desk.base}/aterkallelse"),
        client.post(f"{desk.base}/aterkallelse", data={"role": "youth", "step": "check"}),
    ):
        assert "Vuxen1" not in page.text
        assert "Enheten police" not in page.text


@pytest.mark.parametrize("typed", [{}, {"role": "granne"}, {"role": "youth", "step": "nu"}], ids=str)
def test_a_withdrawal_by_nobody_is_answered_and_changes_nothing(desk: Desk, typed: dict[str, str]) -> None:
    desk.sign(SCHOOL_TO_POLICE)

    page = desk.client("school").post(f"{desk.base}/aterkallelse", data=typed)

    assert page.status_code == 422
    assert "ds-error-summary" in page.text
    assert desk.client("school").get(desk.base).status_code == 200


@pytest.mark.parametrize("name", OUTSIDE)
def test_whoever_is_outside_the_case_receives_nothing(desk: Desk, name: str) -> None:
    desk.sign(SCHOOL_TO_POLICE)
    client = desk.client(name)

    assert client.get(f"{desk.base}/aterkallelse").status_code == 404
    assert client.post(f"{desk.base}/aterkallelse", data={"role": "guardian", "step": "save"}).status_code == 404
    assert desk.client("school").get(desk.base).status_code == 200


def test_the_coordinator_is_led_to_where_it_is_known_whose_it_is(desk: Desk) -> None:
    answer = desk.client().get(f"{desk.base}/aterkallelse")

    assert answer.status_code == 303
    assert answer.headers["location"] == f"{desk.base}/samtycke"


def test_the_case_page_shows_a_contact_the_rows_it_stands_in_and_no_others(desk: Desk) -> None:
    desk.sign(SCHOOL_TO_POLICE, ("school", "social", Kind.ATTENDANCE))

    police = desk.client("police").get(desk.base).text
    leisure = desk.client("leisure").get(desk.base).text
    coordinator = desk.client().get(desk.base).text

    row = "Enheten school får berätta för Enheten %s"
    assert row % "police" in police
    assert row % "social" not in police
    assert "får berätta för" not in leisure
    assert row % "police" in coordinator
    assert row % "social" in coordinator


def test_an_overview_of_many_papers_asks_few_questions_of_the_database(desk: Desk) -> None:
    for _ in range(4):
        desk.sign(SCHOOL_TO_POLICE, ("school", "social", Kind.ATTENDANCE))
    client = desk.client()
    few = _queries(desk, lambda: client.get(f"{desk.base}/samtycke"))
    for _ in range(4):
        desk.sign(SCHOOL_TO_POLICE, ("school", "social", Kind.ATTENDANCE))

    many = _queries(desk, lambda: client.get(f"{desk.base}/samtycke"))

    assert many == few
    assert many <= 20, many


def test_what_is_read_on_these_pages_is_on_the_record(desk: Desk) -> None:
    desk.sign(SCHOOL_TO_POLICE)

    def reads() -> int:
        with desk.served.sessions.begin() as session:
            return session.scalar(text("SELECT count(*) FROM audit_entry_facts WHERE event = 'envelope:read'"))

    before = reads()

    desk.client().get(f"{desk.base}/samtycke")

    assert reads() == before + 1


def test_all_of_it_is_there_for_a_sixteen_year_old_too(house: Served) -> None:
    desk = Desk(house, youth=YOUTH_16, guardians=GUARDIANS)
    for person in (*desk.guardians, desk.youth):
        desk.sign(SCHOOL_TO_POLICE, person=person)

    page = desk.client().get(f"{desk.base}/samtycke").text

    assert page.count("Vill vara med") >= 3
    assert "Alla vårdnadshavare och den unge själv behöver säga ja." in page
    with desk.served.sessions.begin() as session:
        assert len(queries.list_consents(session, desk.case)) == 3


def _queries(desk: Desk, act) -> int:
    from sqlalchemy import event  # noqa: PLC0415

    seen: list[str] = []
    engine = desk.served.installation.engine

    def count(_connection, _cursor, statement, *_rest) -> None:
        seen.append(statement)

    event.listen(engine, "before_cursor_execute", count)
    try:
        assert act().status_code == 200
    finally:
        event.remove(engine, "before_cursor_execute", count)
    return len(seen)


def test_a_renewal_says_its_new_last_day_and_every_page_says_the_same_day(desk: Desk) -> None:
    client, school = desk.client(), desk.client("school")
    first, second = (desk.today + timedelta(days=days) for days in (30, 90))

    checked = client.post(f"{desk.base}/samtycke/granska", data=desk.paper(valid_to=str(first)))
    client.post(f"{desk.base}/samtycke", data=hidden(checked.text))
    pages = [words(one.get(desk.base)) for one in (client, school)]
    renewed = words(client.post(f"{desk.base}/samtycke/granska", data=desk.paper(valid_to=str(second))))

    assert all(f"deltar till och med {day(first)}" in page for page in pages)
    assert f"familjens samtycke till och med {day(first)}" in pages[1]
    assert f"är med till och med {day(second)} i stället för {day(first)}." in renewed
    assert "Inget blir synligt" not in renewed
