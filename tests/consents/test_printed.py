"""The municipality's own form: what it does not ask is not shown, not accepted, and never shared."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from auth.decisions import NotPermitted
from sspf.consents import queries
from sspf.consents.agreement import Row
from sspf.consents.printed.asked import CAN_BE_ASKED, DEFAULT, PARTIES, Asked, Question
from sspf.consents.printed.queries import editions_of
from sspf.consents.printed.service import add_form, end_form
from sspf.consents.sheet import sheet_of
from sspf.db import clock
from sspf.errors import ValidationFailed
from sspf.law.kinds import ASKED, TAKING_PART, Kind
from sspf.organisations.models import Organisation, OrganisationKind
from sspf.organisations.queries import list_organisations
from tests.consents.make import NARROW, a_form, answers, refresh, sign
from tests.world import World, a_case

SCHOOL, POLICE, SOCIAL = OrganisationKind.SCHOOL, OrganisationKind.POLICE, OrganisationKind.SOCIAL_SERVICES
SCHOOL_TO_POLICE = ("school", "police", Kind.SCHOOL)

questions = st.builds(
    Question, st.sampled_from(OrganisationKind), st.sampled_from(OrganisationKind), st.sampled_from(Kind)
)
forms = st.builds(
    Asked,
    st.sets(st.sampled_from(PARTIES), min_size=1).map(frozenset),
    st.sets(questions.filter(lambda one: one.can_be_asked)).map(frozenset),
).filter(lambda asked: not asked.out_of_place)


def test_a_municipality_without_a_form_asks_what_comes_with_the_product(session: Session, world: World) -> None:
    editions = editions_of(session, world.municipality.id, clock.today(session))

    asked = editions.asked("whatever is printed on it")

    assert asked is DEFAULT
    for source, kinds in ASKED.items():
        for recipient in OrganisationKind:
            if not source == recipient == OrganisationKind.COORDINATION:
                assert set(asked.kinds(OrganisationKind(source), recipient)) == set(kinds)


@given(asked=forms)
def test_no_form_can_ask_for_what_follows_from_taking_part_or_for_the_full_number(asked: Asked) -> None:
    assert not {question.kind for question in asked.questions} & {*TAKING_PART, Kind.IDENTITY_FULL}
    assert set(CAN_BE_ASKED) == set(Kind) - TAKING_PART - {Kind.IDENTITY_FULL}


def test_the_sheet_shows_only_what_the_form_asks(session: Session, world: World) -> None:
    case = a_case(session, world)

    sheet = sheet_of(case, list_organisations(session, world.municipality.id), NARROW)

    assert {one.id for one in sheet.parties} == {world.id_of("school"), world.id_of("police")}
    assert sheet.rows == {Row(world.id_of("school"), world.id_of("police"), Kind.SCHOOL)}
    assert [one.id for one in sheet.sources] == [world.id_of("school")]


@pytest.mark.parametrize(
    "given_",
    [
        {"present": ("school", "police", "social")},
        {"rows": [("police", "school", Kind.OBSERVATION)]},
        {"rows": [("school", "police", Kind.ATTENDANCE)]},
    ],
    ids=["a party", "a direction", "a kind"],
)
def test_an_answer_to_what_the_form_does_not_ask_is_refused(session: Session, world: World, given_) -> None:
    case = a_case(session, world)
    a_form(session, world, version="1", asked=NARROW)
    said = answers(
        world, SCHOOL_TO_POLICE, *given_.get("rows", ()), present=given_.get("present", ("school", "police"))
    )

    with pytest.raises(ValidationFailed) as refused:
        sign(session, world, case, case.guardian_ids[0], said)

    assert list(refused.value.errors) == [""]
    assert queries.list_consents(session, case) == []


def test_a_row_that_is_not_on_the_form_never_becomes_a_waiver(session: Session, world: World) -> None:
    """Whatever is answered: either it is refused, or every waiver stands on the form or follows from taking part."""
    case = a_case(session, world)
    a_form(session, world, version="1", asked=NARROW)
    every = [
        (source, to, kind)
        for source in ("school", "police", "social", "coordinator")
        for to in ("school", "police", "social", "coordinator")
        for kind in (Kind.SCHOOL, Kind.ATTENDANCE, Kind.OBSERVATION, Kind.ACTIONS)
        if source != to
    ]
    for row in every:
        try:
            sign(session, world, case, case.guardian_ids[0], answers(world, row, present=("school", "police")))
        except ValidationFailed:
            continue
        told = [one for one in queries.unended_waivers(session, case.id) if one.kind not in TAKING_PART]
        assert {one.as_row for one in told} <= {Row(world.id_of("school"), world.id_of("police"), Kind.SCHOOL)}
    assert queries.unended_waivers(session, case.id)


def test_a_version_the_municipality_does_not_have_is_refused(session: Session, world: World) -> None:
    case = a_case(session, world)
    a_form(session, world, version="2026-1")

    with pytest.raises(ValidationFailed) as refused:
        sign(session, world, case, case.guardian_ids[0], answers(world, SCHOOL_TO_POLICE))

    assert list(refused.value.errors) == ["form_version"]


def test_an_older_paper_is_read_by_the_version_printed_on_it(session: Session, world: World) -> None:
    case = a_case(session, world)
    a_form(session, world, version="1")
    a_form(session, world, version="2", asked=NARROW)

    consent = sign(session, world, case, case.guardian_ids[0], answers(world, ("police", "school", Kind.OBSERVATION)))

    assert consent.form_version == "1"
    assert editions_of(session, world.municipality.id, clock.today(session)).versions == ("2", "1")


def test_what_has_been_answered_stands_when_the_form_asks_less(session: Session, world: World) -> None:
    case = a_case(session, world)
    sign(session, world, case, case.guardian_ids[0], answers(world, ("police", "school", Kind.OBSERVATION)))
    before = {one.as_row for one in queries.live_waivers(session, world.coordinator, case)}

    a_form(session, world, asked=NARROW)

    assert {
        one.as_row for one in queries.live_waivers(session, world.coordinator, refresh(session, world, case))
    } == before


def test_a_version_that_begins_tomorrow_asks_nothing_today(session: Session, world: World) -> None:
    a_form(session, world, version="1", asked=NARROW, valid_from=clock.today(session) + timedelta(days=1))

    editions = editions_of(session, world.municipality.id, clock.today(session))

    assert editions.asked("1") is DEFAULT


def test_the_last_version_in_use_cannot_be_ended_and_an_ended_one_is_not_used(session: Session, world: World) -> None:
    first = a_form(session, world, version="1")
    with pytest.raises(NotPermitted, match="Gör en ny först"):
        end_form(session, world.administrator, first)
    a_form(session, world, version="2")

    end_form(session, world.administrator, first)
    session.flush()

    editions = editions_of(session, world.municipality.id, clock.today(session))
    assert editions.versions == ("2",)
    with pytest.raises(ValidationFailed):
        editions.asked("1")


@pytest.mark.parametrize("table", ["consent_form_row", "consent_form_party"])
def test_a_version_is_never_changed(session: Session, world: World, table: str) -> None:
    a_form(session, world)

    for change in (f"UPDATE {table} SET form_id = form_id", f"DELETE FROM {table}", "DELETE FROM consent_form"):
        with pytest.raises(DBAPIError, match="permission denied"), session.begin_nested():
            session.execute(text(change))


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        (Asked(frozenset(), frozenset()), "parties"),
        (Asked(frozenset({SCHOOL}), frozenset({Question(SCHOOL, POLICE, Kind.SCHOOL)})), "parties"),
        (Asked(frozenset({SCHOOL, POLICE}), frozenset({Question(SCHOOL, POLICE, Kind.ACTIONS)})), "questions"),
        (Asked(frozenset({SCHOOL, POLICE}), frozenset({Question(SCHOOL, POLICE, Kind.IDENTITY_FULL)})), "questions"),
    ],
)
def test_a_form_that_asks_what_cannot_be_asked_is_refused(session, world, asked: Asked, field: str) -> None:
    with pytest.raises(ValidationFailed) as refused:
        a_form(session, world, asked=asked)

    assert list(refused.value.errors) == [field]


def test_a_name_means_one_thing_for_ever(session: Session, world: World) -> None:
    first = a_form(session, world, version="1")
    a_form(session, world, version="2")
    end_form(session, world.administrator, first)

    with pytest.raises(ValidationFailed) as refused:
        a_form(session, world, version="1")

    assert list(refused.value.errors) == ["version"]


@pytest.mark.parametrize("name", ["coordinator", "school", "auditor"])
def test_only_the_administrator_makes_forms(session: Session, world: World, name: str) -> None:
    today = clock.today(session)
    with pytest.raises(NotPermitted):
        add_form(
            session,
            world.people[name],
            version="1",
            approved_by="Prövnämnden",
            approved_on=today,
            valid_from=today,
            asked=DEFAULT,
        )


def test_two_schools_may_tell_each_other_what_the_form_asks_of_a_school(session: Session, world: World) -> None:
    case = a_case(session, world, parties=("school", "outsider"))
    organisations: list[Organisation] = list_organisations(session, world.municipality.id)
    asked = Asked(frozenset({SCHOOL}), frozenset({Question(SCHOOL, SCHOOL, Kind.SCHOOL)}))

    rows = sheet_of(case, organisations, asked).rows

    first, second = world.id_of("school"), world.id_of("outsider")
    assert rows == {Row(first, second, Kind.SCHOOL), Row(second, first, Kind.SCHOOL)}
