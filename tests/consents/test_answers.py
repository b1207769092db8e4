"""What stands on one person's form, and what it gives."""

from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from sspf.consents.agreement import Row, taking_part
from sspf.consents.answers import Answer, Answers, dumps, loads
from sspf.law.kinds import Kind
from tests.consents.family import ASKED, COORDINATION, LEISURE, OTHERS, POLICE, SCHOOL

ATTENDANCE = Row(SCHOOL, POLICE, Kind.ATTENDANCE)

answered = st.sampled_from([Answer.YES, Answer.NO])
any_answers = st.builds(
    Answers,
    wants=answered,
    organisations=st.dictionaries(st.sampled_from(OTHERS), answered),
    rows=st.dictionaries(st.builds(Row, st.uuids(), st.uuids(), st.sampled_from(Kind)), answered),
)
forms = st.builds(
    Answers,
    wants=st.sampled_from(Answer),
    organisations=st.dictionaries(st.sampled_from(OTHERS), st.sampled_from(Answer)),
    rows=st.dictionaries(st.sampled_from(ASKED), st.sampled_from(Answer)),
)


def on_the_form(
    rows: dict[Row, Answer], present: tuple[UUID, ...] = (SCHOOL, POLICE), wants: Answer = Answer.YES
) -> Answers:
    return Answers(wants, dict.fromkeys(present, Answer.YES), rows)


@given(any_answers)
def test_what_is_sealed_reads_back_as_it_was(answers: Answers) -> None:
    assert loads(dumps(answers)) == answers


@given(forms)
def test_what_was_not_asked_is_not_kept_and_gives_the_same(answers: Answers) -> None:
    kept = loads(dumps(answers))

    assert Answer.NOT_ASKED not in {*kept.organisations.values(), *kept.rows.values()}
    assert kept.yes_rows(COORDINATION) == answers.yes_rows(COORDINATION)


@given(forms)
def test_the_same_answers_are_sealed_as_the_same_text(answers: Answers) -> None:
    backwards = Answers(
        answers.wants,
        dict(reversed(answers.organisations.items())),
        dict(reversed(answers.rows.items())),
    )

    assert dumps(backwards) == dumps(answers)


@given(forms)
def test_no_row_is_a_yes_that_was_not_answered_so(answers: Answers) -> None:
    for row in answers.yes_rows(COORDINATION):
        assert answers.wants is Answer.YES
        asked = answers.rows.get(row) is Answer.YES
        seat = answers.organisations.get(row.recipient_id) is Answer.YES and row in taking_part(
            COORDINATION, row.recipient_id
        )
        assert asked or seat


@given(forms)
def test_every_yes_either_gives_something_or_is_said_to_give_nothing(answers: Answers) -> None:
    gives = answers.yes_rows(COORDINATION)
    nothing = answers.without_effect(COORDINATION)

    assert not gives & nothing
    assert answers.rows_answered(Answer.YES) <= gives | nothing


def test_who_does_not_want_to_take_part_agrees_to_nothing_whatever_else_is_ticked() -> None:
    answers = on_the_form({ATTENDANCE: Answer.YES}, wants=Answer.NO)

    assert answers.yes_rows(COORDINATION) == frozenset()
    assert answers.without_effect(COORDINATION) == {ATTENDANCE}


def test_an_organisation_at_the_table_gets_the_two_kinds_of_taking_part_and_no_more() -> None:
    assert on_the_form({}, present=(POLICE,)).yes_rows(COORDINATION) == {
        Row(COORDINATION, POLICE, Kind.IDENTITY),
        Row(COORDINATION, POLICE, Kind.ACTIONS),
    }


def test_who_is_not_wanted_there_neither_tells_nor_is_told() -> None:
    rows = {ATTENDANCE: Answer.YES, Row(POLICE, SCHOOL, Kind.OBSERVATION): Answer.YES}

    answers = on_the_form(rows, present=(SCHOOL, LEISURE))

    assert not rows.keys() & answers.yes_rows(COORDINATION)
    assert answers.without_effect(COORDINATION) == rows.keys()


def test_coordination_is_told_by_a_yes_of_its_own_and_needs_no_seat() -> None:
    told = Row(SCHOOL, COORDINATION, Kind.SCHOOL)

    assert told in on_the_form({told: Answer.YES}).yes_rows(COORDINATION)
    assert told not in on_the_form({}).yes_rows(COORDINATION)
