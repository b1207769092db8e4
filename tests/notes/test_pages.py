"""Writing a note as a browser does it: recipients first, then what each of them will see, then saving."""

import re
from datetime import timedelta

import pytest

from sspf.cases import queries as cases
from sspf.consents.lasting import end_of
from sspf.db import clock
from sspf.law.kinds import Kind
from sspf.notes.models import Note
from sspf.notes.queries import PAGE
from sspf.web.dates import day
from tests.notes.house import House, hidden_fields, words
from tests.notes.make import SCHOOL_TELLS_POLICE, TEXT, a_draft, correct, write
from tests.world import CALLED, a_case, agree

SCHOOL_TELLS_LEISURE = ("school", "leisure", Kind.ATTENDANCE)
RIGHT = "Provtexten var fel och lyder så här i stället."


def test_recipients_are_asked_about_first_with_what_they_may_hear(house: House) -> None:
    case_id = house.prepared(SCHOOL_TELLS_POLICE)

    page = house.client("school").get(f"/arenden/{case_id}/anteckningar/ny")

    said = words(page)
    asked = ["Vem behöver veta det här?", "Vilket slags uppgift", "Vem handlar det om?", "Hur vet du det?",
             "Vem berättade?", "Vilken dag var det?", "Vad behöver mottagaren veta för att göra sin del?"]  # fmt: skip
    assert [said.index(one) for one in asked] == sorted(said.index(one) for one in asked)
    assert "Får höra från Enheten school: Närvaro i skolan." in said
    assert re.search(r"Enheten leisure\s*Kan inte få någon anteckning härifrån", said)
    assert "Annat kan finnas eller inte finnas. Det framgår inte här." in said


def test_the_preview_says_what_each_recipient_will_see_and_saves_nothing(house: House) -> None:
    case_id = house.prepared(SCHOOL_TELLS_POLICE)

    page = house.client("school").post(
        f"/arenden/{case_id}/anteckningar/granska", data=house.fields(to=["police", "leisure"])
    )

    said = words(page)
    assert page.status_code == 200
    assert re.search(r"Enheten police\s*Ser hela texten", said)
    assert re.search(r"Enheten leisure ser ingenting\s*Det finns inget ja", said)
    assert house.notes_of(case_id) == 0
    assert hidden_fields(page, f"/arenden/{case_id}/anteckningar")["recipients"] == [str(house.world.id_of("police"))]


def test_the_last_day_is_the_one_that_the_consent_names(house: House) -> None:
    with house.session() as session:
        last = clock.today(session) + timedelta(days=40)
        case_id = a_case(session, house.world).id
        case = cases.get_case(session, house.world.coordinator, case_id)
        agree(session, house.world, case, rows=[SCHOOL_TELLS_POLICE], until=end_of(last))
    where, school = f"/arenden/{case_id}/anteckningar", house.client("school")

    preview = school.post(f"{where}/granska", data=house.fields(to=["police"]))
    school.post(where, data=hidden_fields(preview, where))

    assert f"Till och med {day(last)}, om familjen inte tar tillbaka sitt ja." in words(preview)
    assert f"Delad med Enheten police till och med {day(last)}" in words(school.get(f"/arenden/{case_id}"))


def test_what_was_previewed_is_what_is_saved(house: House) -> None:
    case_id = house.prepared(SCHOOL_TELLS_POLICE, SCHOOL_TELLS_LEISURE)
    client = house.client("school")
    page = client.post(f"/arenden/{case_id}/anteckningar/granska", data=house.fields(to=["police"]))

    saved = client.post(
        f"/arenden/{case_id}/anteckningar", data=hidden_fields(page, f"/arenden/{case_id}/anteckningar")
    )

    assert saved.status_code == 303
    assert saved.headers["location"] == f"/arenden/{case_id}?klart=anteckning"
    assert house.seen("police", case_id) == [TEXT]
    assert house.seen("leisure", case_id) == []
    assert TEXT in words(client.get(f"/arenden/{case_id}"))


def test_from_the_preview_one_can_go_back_and_nothing_is_lost(house: House) -> None:
    case_id = house.prepared(SCHOOL_TELLS_POLICE)
    client = house.client("school")
    path = f"/arenden/{case_id}/anteckningar/granska"
    page = client.post(path, data=house.fields(to=["police"], statement='Rad ett\nrad <två> & "tre"'))

    again = client.post(path, data=hidden_fields(page, path) | {"step": "edit"})

    assert again.status_code == 200
    assert "Rad ett\nrad &lt;två&gt; &amp; &#34;tre&#34;</textarea>" in again.text
    assert re.search(rf'value="{house.world.id_of("police")}" checked', again.text)
    assert 'value="attendance" selected' in again.text


def test_a_yes_taken_back_after_the_preview_stops_the_saving_and_keeps_what_was_typed(house: House) -> None:
    case_id = house.prepared(SCHOOL_TELLS_POLICE, SCHOOL_TELLS_LEISURE)
    client = house.client("school")
    path = f"/arenden/{case_id}/anteckningar"
    page = client.post(f"{path}/granska", data=house.fields(to=["police", "leisure"]))
    with house.session() as session:
        agree(session, house.world, house.case_in(session, case_id), rows=[SCHOOL_TELLS_POLICE])

    stopped = client.post(path, data=hidden_fields(page, path))

    assert stopped.status_code == 409
    assert "Det som får delas har ändrats" in words(stopped)
    assert re.search(r"Enheten leisure ser ingenting", words(stopped))
    assert house.notes_of(case_id) == 0

    carried = hidden_fields(stopped, path)
    assert carried["statement"] == [TEXT]
    assert carried["recipients"] == [str(house.world.id_of("police"))]
    assert client.post(path, data=carried).status_code == 303
    assert house.seen("police", case_id) == [TEXT]


WRONG = [
    ({"statement": ""}, "Skriv vad mottagaren behöver veta.", "statement"),
    ({"statement": "x" * 501}, "Skriv kortare: högst 500 tecken.", "statement"),
    ({"kind": ""}, "Välj vilket slags uppgift det är.", "kind"),
    ({"kind": "identity_full"}, "Välj ett av slagen.", "kind"),
    ({"kind": "hobby"}, "Välj ett av alternativen.", "kind"),
    ({"about": ""}, "Välj vem det handlar om.", "about"),
    ({"about": "0190163d-8694-739b-aea5-966c26f8ad91"}, "Välj vem det handlar om.", "about"),
    ({"basis": ""}, "Välj hur du vet det.", "basis"),
    ({"observed_on": ""}, "Skriv vilken dag det var.", "observed_on"),
    ({"observed_on": "i går"}, "Skriv dagen som 2026-11-24.", "observed_on"),
    ({"observed_on": "2099-01-01"}, "Skriv en dag som har varit.", "observed_on"),
    ({"source": "0190163d-8694-739b-aea5-966c26f8ad91"}, "Välj vem som har berättat det.", "source"),
    ({"recipients": ["0190163d-8694-739b-aea5-966c26f8ad91"]}, "Välj bland dem som är med i ärendet.", "recipients"),
]


@pytest.mark.parametrize("step", ["/granska", ""])
@pytest.mark.parametrize(("wrong", "sentence", "name"), WRONG)
def test_bad_input_is_said_first_and_beside_the_field_and_nothing_is_lost_or_stored(
    house: House, wrong: dict[str, object], sentence: str, name: str, step: str
) -> None:
    case_id = house.prepared(SCHOOL_TELLS_POLICE)

    page = house.client("school").post(
        f"/arenden/{case_id}/anteckningar{step}", data=house.fields(to=["police"]) | wrong
    )

    assert page.status_code == 422
    assert f'href="#{name}">{sentence}' in page.text
    assert words(page).count(sentence) == 2
    if name != "statement":
        assert f"{TEXT}</textarea>" in page.text
    if name != "recipients":
        assert re.search(rf'value="{house.world.id_of("police")}" checked', page.text)
    assert house.notes_of(case_id) == 0


def test_about_somebody_else_the_preview_says_that_it_is_never_shared(house: House) -> None:
    case_id = house.prepared(SCHOOL_TELLS_POLICE)

    page = house.client("school").post(
        f"/arenden/{case_id}/anteckningar/granska", data=house.fields(to=["police"], about="other")
    )

    assert re.search(r"Enheten police ser ingenting", words(page))
    assert "delas aldrig" in words(page)
    assert "Spara hos oss" in words(page)
    assert "recipients" not in hidden_fields(page, f"/arenden/{case_id}/anteckningar")


def test_a_contact_is_not_told_what_the_guardians_are_called_or_how_many_they_are(house: House) -> None:
    with house.session() as session:
        case = a_case(session, house.world, guardians=("198005012383", "198005012391"))
        agree(session, house.world, case)
        case_id = case.id

    contact = words(house.client("school").get(f"/arenden/{case_id}/anteckningar/ny"))
    coordinator = words(house.client("coordinator").get(f"/arenden/{case_id}/anteckningar/ny"))

    assert contact.count("En vårdnadshavare ") == 1
    assert "Vuxen" not in contact
    assert "Vårdnadshavare: Vuxen1" in coordinator
    assert "Vårdnadshavare: Vuxen2" in coordinator


@pytest.mark.parametrize("name", ["outsider", "auditor", "administrator"])
def test_for_whoever_takes_no_part_there_is_nothing_to_write_on(house: House, name: str) -> None:
    case_id = house.prepared()
    note_id = house.note(case_id)
    client = house.client(name)

    assert client.get(f"/arenden/{case_id}/anteckningar/ny").status_code == 404
    assert client.post(f"/arenden/{case_id}/anteckningar/granska", data={}).status_code == 404
    assert client.post(f"/arenden/{case_id}/anteckningar", data={}).status_code == 404
    assert client.get(f"/arenden/{case_id}/anteckningar/{note_id}/ratta").status_code == 404
    assert client.post(f"/arenden/{case_id}/anteckningar/{note_id}/ratta", data={}).status_code == 404
    assert client.post(f"/arenden/{case_id}/anteckningar/{note_id}/ratta/granska", data={}).status_code == 404


@pytest.mark.parametrize(("name", "status"), [("police", 403), ("leisure", 404), ("coordinator", 404)])
def test_a_note_is_corrected_by_those_who_wrote_it(house: House, name: str, status: int) -> None:
    case_id = house.prepared(SCHOOL_TELLS_POLICE)
    note_id = house.note(case_id, to=["police"])
    client = house.client(name)
    path = f"/arenden/{case_id}/anteckningar/{note_id}/ratta"

    assert client.get(path).status_code == status
    assert client.post(f"{path}/granska", data=house.fields()).status_code == status
    refused = client.post(path, data=house.fields())
    assert refused.status_code == status
    assert ("Bara den organisation som har skrivit" in words(refused)) is (status == 403)
    assert house.seen("police", case_id) == [TEXT]


def test_correcting_begins_with_the_old_text_and_no_recipients(house: House) -> None:
    case_id = house.prepared(SCHOOL_TELLS_POLICE, SCHOOL_TELLS_LEISURE)
    note_id = house.note(case_id, to=["police"])
    client = house.client("school")
    path = f"/arenden/{case_id}/anteckningar/{note_id}/ratta"

    page = client.get(path)
    preview = client.post(f"{path}/granska", data=house.fields(to=["leisure"], statement=RIGHT))
    saved = client.post(path, data=hidden_fields(preview, path))

    assert f"{TEXT}</textarea>" in page.text
    assert not re.search(r'name="recipients"[^>]*checked', page.text)
    assert "Enheten police slutar se den gamla texten" in words(preview)
    assert saved.status_code == 303
    assert house.seen("leisure", case_id) == [RIGHT]
    assert house.seen("police", case_id) == []


def test_two_people_correcting_the_same_note_see_both_texts(house: House) -> None:
    case_id = house.prepared(SCHOOL_TELLS_POLICE)
    note_id = house.note(case_id)
    with house.session() as session:
        case = house.case_in(session, case_id)
        old = session.get(Note, note_id)
        newest = correct(
            session, house.world.school, case, old, a_draft(house.world, case, statement="Kollegans rättelse.")
        )
        newest_id = newest.id
    client = house.client("school")
    path = f"/arenden/{case_id}/anteckningar/{note_id}/ratta"

    for step in ("", "/granska"):
        second = client.post(f"{path}{step}", data=house.fields(statement="Min rättelse."))

        assert second.status_code == 409
        assert "Kollegans rättelse." in words(second)
        assert "Min rättelse.</textarea>" in second.text
        assert f'action="/arenden/{case_id}/anteckningar/{newest_id}/ratta/granska"' in second.text
    assert house.notes_of(case_id) == 2
    opened = client.get(path)
    assert opened.headers["location"] == f"/arenden/{case_id}/anteckningar/{newest_id}/ratta"


def test_the_case_page_shows_notes_to_those_they_are_for(house: House) -> None:
    case_id = house.prepared(SCHOOL_TELLS_POLICE)
    note_id = house.note(case_id, to=["police"])

    pages = {
        name: house.client(name).get(f"/arenden/{case_id}") for name in ("school", "police", "leisure", "coordinator")
    }

    assert "Delad med Enheten police" in words(pages["school"])
    assert f"/anteckningar/{note_id}/ratta" in pages["school"].text
    assert TEXT in words(pages["police"])
    assert "Delad med" not in words(pages["police"])
    assert f"{note_id}" not in pages["police"].text
    for name in ("leisure", "coordinator"):
        assert TEXT not in pages[name].text
        assert "Det finns ingen anteckning som du kan läsa." in words(pages[name])


def test_nothing_of_a_note_is_in_an_address_or_a_title(house: House) -> None:
    case_id = house.prepared(SCHOOL_TELLS_POLICE)

    page = house.client("coordinator").get(f"/arenden/{case_id}/anteckningar/ny")

    title = re.search(r"<title>(.*?)</title>", page.text, re.DOTALL).group(1)
    assert CALLED not in title
    assert re.match(r"SSPF-\d{4}-\d{4} – ", title)


def test_the_preview_asks_no_more_however_many_recipients_are_chosen(house: House) -> None:
    rows = [("school", name, Kind.ATTENDANCE) for name in ("coordinator", "social", "police", "leisure")]
    case_id = house.prepared(*rows)
    client = house.client("school")
    path = f"/arenden/{case_id}/anteckningar/granska"
    everyone, somebody = house.fields(to=[name for _source, name, _kind in rows]), house.fields(to=["police"])
    client.post(path, data=everyone)  # the keys are fetched once in ten minutes

    with house.counted() as one:
        client.post(path, data=somebody)
    with house.counted() as four:
        page = client.post(path, data=everyone)

    assert words(page).count("Ser anteckningen") == 4
    assert len(four) == len(one) <= 20


def test_notes_beyond_the_first_page_are_a_press_away(house: House) -> None:
    case_id, client = house.prepared(), house.client("school")
    with house.session() as session:
        case = house.case_in(session, case_id)
        for number in range(PAGE + 1):
            write(session, house.world.school, case, a_draft(house.world, case, statement=f"Anteckning {number:03}."))

    first = client.get(f"/arenden/{case_id}")
    older = re.search(rf'href="(/arenden/{case_id}\?fore=[0-9a-f-]+)#notes" rel="next"', first.text)
    second = client.get(older[1])

    assert re.findall(r"Anteckning \d+", first.text) == [f"Anteckning {number:03}" for number in range(PAGE, 0, -1)]
    assert re.findall(r"Anteckning \d+", second.text) == ["Anteckning 000"]
    assert 'rel="next"' not in second.text
    assert f'href="/arenden/{case_id}#notes" rel="prev"' in second.text
