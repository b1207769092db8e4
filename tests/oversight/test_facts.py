"""Facts in words: ids become names, codes become Swedish, what is unknown stands as it is stored."""

from uuid import UUID

from audit.events import SYSTEM_LOG
from sspf.oversight.facts import Row, ids_in, rows_of
from sspf.oversight.names import CaseName, Names

SARA, SCHOOL, CASE, MUNICIPALITY, OTHER = (UUID(int=number) for number in range(1, 6))
NAMES = Names(MUNICIPALITY, {SARA: "Sara Lind"}, {SCHOOL: "Björkskolan"}, {CASE: CaseName("SSPF-2026-0042", "Björken")})


def said(rows: tuple[Row, ...]) -> list[tuple[str, list[str]]]:
    return [(str(row.label), [str(word) for word in row.words]) for row in rows]


def test_ids_become_names_where_there_is_one():
    rows = rows_of({"user": str(SARA), "organisation": str(SCHOOL), "consent": str(OTHER)}, NAMES)

    assert said(rows) == [
        ("Samtycke", [str(OTHER)]),
        ("Organisation", ["Björkskolan"]),
        ("Användare", ["Sara Lind"]),
    ]


def test_logs_and_cases_have_names_too():
    assert [str(NAMES.of(each)) for each in (SYSTEM_LOG, MUNICIPALITY, CASE)] == [
        "systemets logg",
        "kommunens logg",
        "SSPF-2026-0042 Björken",
    ]
    assert NAMES.of(OTHER) is None


def test_codes_become_words_by_the_fact_they_stand_in():
    rows = rows_of({"kind": "school", "ground": "consent", "to": "follow_up", "ok": True, "refusals": False}, NAMES)

    assert said(rows) == [
        ("Grund", ["samtycke"]),
        ("Slag", ["Hur skolan fungerar"]),
        ("Obruten", ["ja"]),
        ("Bara nekade", ["nej"]),
        ("Till", ["uppföljning"]),
    ]


def test_a_code_without_words_stands_as_it_is_stored():
    assert said(rows_of({"kind": "later", "unheard_of": "value", "count": 3}, NAMES)) == [
        ("Antal", ["3"]),
        ("Slag", ["later"]),
        ("unheard_of", ["value"]),
    ]


def test_what_is_null_is_left_out_and_what_is_empty_is_said_to_be():
    assert said(rows_of({"until": None, "audience": []}, NAMES)) == [("I rummet", ["–"])]


def test_times_are_those_on_the_wall_and_odd_ones_stand():
    assert said(rows_of({"until": "2026-07-01T07:00:00+00:00", "since": "snart"}, NAMES)) == [
        ("Från och med", ["snart"]),
        ("Till och med", ["1 juli 2026 09:00"]),
    ]


def test_things_inside_things_keep_their_order():
    (row,) = rows_of({"envelopes": [{"kind": "actions", "fields": ["a.b", "a.c"]}, {"kind": "identity"}]}, NAMES)

    assert row.words == ()
    assert [said(group) for group in row.groups] == [
        [("Fält som visades", ["a.b", "a.c"]), ("Slag", ["Åtaganden och beslut"])],
        [("Slag", ["Tilltalsnamn och ålder"])],
    ]


def test_every_id_is_found_wherever_it_lies():
    facts = {"user": str(SARA), "rows": [{"source": str(SCHOOL)}, [str(CASE)]], "count": 3, "root": "a" * 64}

    assert set(ids_in(facts)) == {SARA, SCHOOL, CASE}


def test_a_text_as_long_as_an_id_is_not_one():
    assert list(ids_in(["x" * 36])) == []
