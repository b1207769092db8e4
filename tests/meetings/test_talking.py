"""What may be said in the room: rules, no database. What is said too much here is heard by a whole room."""

from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from sspf.consents.agreement import Row
from sspf.law.kinds import TAKING_PART, Kind
from sspf.meetings.talking import TalkCard, Told, before_family, talk_card

COORDINATION, SCHOOL, SOCIAL, POLICE, LEISURE = ORGANISATIONS = [UUID(int=number) for number in range(1, 6)]
YOUTH, GUARDIAN = UUID(int=11), UUID(int=12)

WAIVER = st.tuples(
    st.builds(
        Row,
        st.sampled_from(ORGANISATIONS),
        st.sampled_from(ORGANISATIONS),
        st.sampled_from([Kind.ACTIONS, Kind.ATTENDANCE, Kind.OBSERVATION]),
    ).filter(lambda row: row.source_id != row.recipient_id),
    st.sampled_from([YOUTH, GUARDIAN]),
)
WAIVERS = st.frozensets(WAIVER, max_size=24)
PRESENT = st.frozensets(st.sampled_from(ORGANISATIONS))


def card(waivers: list[tuple[UUID, UUID, Kind]], *present: UUID) -> TalkCard:
    told = [(Row(*one), YOUTH) for one in waivers]
    return talk_card(told, present, coordination_id=COORDINATION, youth_id=YOUTH)


def said(card: TalkCard) -> dict[frozenset[UUID], set[tuple[UUID, Kind, UUID]]]:
    """Every single thing on the card, by who has to go out for it."""
    groups = {frozenset[UUID](): card.to_everyone} | {aside.out: aside.told for aside in card.aside}
    return {
        out: {(told.source_id, kind, about) for told in its for kind in told.kinds for about in told.about_ids}
        for out, its in groups.items()
    }


def test_what_everyone_here_may_hear_and_what_only_without_one_of_them() -> None:
    to_both = [(SCHOOL, one, Kind.ATTENDANCE) for one in (COORDINATION, SOCIAL, POLICE)]
    to_social = [(SCHOOL, one, Kind.STUDENT_HEALTH) for one in (COORDINATION, SOCIAL)]

    found = card(to_both + to_social, SCHOOL, SOCIAL, POLICE)

    assert found.to_everyone == (Told(SCHOOL, frozenset({YOUTH}), (Kind.ATTENDANCE,)),)
    assert [(aside.out, aside.told[0].kinds) for aside in found.aside] == [({POLICE}, (Kind.STUDENT_HEALTH,))]


def test_what_coordination_may_not_hear_is_not_said_while_it_leads() -> None:
    assert card([(SCHOOL, SOCIAL, Kind.ATTENDANCE)], SCHOOL, SOCIAL) == TalkCard((), ())


def test_somebody_without_any_yes_in_the_room_stops_everything() -> None:
    to_both = [(SCHOOL, one, Kind.ATTENDANCE) for one in (COORDINATION, SOCIAL)]

    found = card(to_both, SCHOOL, SOCIAL, LEISURE)

    assert found.to_everyone == ()
    assert found.aside[0].out == {LEISURE}


def test_nobody_speaks_for_one_who_is_not_here() -> None:
    assert card([(SCHOOL, COORDINATION, Kind.ATTENDANCE)], SOCIAL) == TalkCard((), ())


@given(waivers=WAIVERS, present=PRESENT)
def test_a_kind_is_for_everyone_exactly_if_everyone_present_has_a_yes(
    waivers: frozenset[tuple[Row, UUID]], present: frozenset[UUID]
) -> None:
    room = present | {COORDINATION}
    found = said(talk_card(waivers, present, coordination_id=COORDINATION, youth_id=YOUTH))

    expected = {
        (row.source_id, row.kind, about)
        for row, about in waivers
        if row.source_id in room
        and row.kind not in TAKING_PART
        and all((Row(row.source_id, other, row.kind), about) in waivers for other in room if other != row.source_id)
    }
    assert found[frozenset()] == expected


@given(waivers=WAIVERS, present=PRESENT)
def test_what_needs_somebody_to_go_out_is_for_everyone_once_they_have(
    waivers: frozenset[tuple[Row, UUID]], present: frozenset[UUID]
) -> None:
    found = said(talk_card(waivers, present, coordination_id=COORDINATION, youth_id=YOUTH))

    for out, things in found.items():
        left = present - out
        assert out <= present - {COORDINATION}
        assert all((left | {COORDINATION}) - {source} for source, _kind, _about in things if out), "nobody listens"
        assert things <= said(talk_card(waivers, left, coordination_id=COORDINATION, youth_id=YOUTH))[frozenset()]


OTHER = UUID(int=13)
FAMILY = st.frozensets(st.sampled_from([YOUTH, GUARDIAN, OTHER]))
AGREED = st.dictionaries(WAIVER, FAMILY, max_size=12)


@given(waivers=AGREED, family=FAMILY)
def test_of_the_family_everyone_hears_of_themselves_and_of_the_youth_who_has_agreed_to_it(
    waivers: dict[tuple[Row, UUID], frozenset[UUID]], family: frozenset[UUID]
) -> None:
    left = before_family(waivers, family, youth_id=YOUTH)

    for (row, about), agreed in waivers.items():
        may_hear = {about} | (agreed if about == YOUTH else set())
        assert ((row, about) in left) is (family <= may_hear)


def test_a_guardian_alone_hears_of_themselves() -> None:
    about_them = {(Row(SOCIAL, SCHOOL, Kind.SOCIAL_CONTACT), GUARDIAN): {GUARDIAN}}

    assert before_family(about_them, [GUARDIAN], youth_id=YOUTH) == [*about_them]
    assert before_family(about_them, [GUARDIAN, YOUTH], youth_id=YOUTH) == []


def test_the_parents_of_somebody_who_decides_alone_hear_nothing_of_them() -> None:
    about_the_youth = {(Row(SOCIAL, SCHOOL, Kind.SOCIAL_CONTACT), YOUTH): {YOUTH}}

    assert before_family(about_the_youth, [YOUTH], youth_id=YOUTH) == [*about_the_youth]
    assert before_family(about_the_youth, [YOUTH, GUARDIAN], youth_id=YOUTH) == []
