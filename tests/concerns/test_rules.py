"""Who knows of a contact about a worry, what they read of it, and what comes before what."""

from datetime import date

import pytest
from sqlalchemy import text
from sqlalchemy.orm.attributes import set_committed_value

from auth.decisions import NotPermitted
from sspf.concerns import contacting, labels, policy, queries, service
from sspf.concerns.models import (
    ConcernAccount,
    ConcernAdvice,
    ConcernState,
    ConcernWeighing,
    ConcernYes,
    Suspicion,
    Way,
)
from sspf.concerns.telling import Weighed, newest_weighing, weighed, weighed_in
from sspf.concerns.view import owes_weighing, view_concern
from sspf.db import clock
from sspf.errors import NotFound, ValidationFailed
from sspf.people.models import PersonPart
from tests.concerns.make import (
    CALLED,
    SEEN,
    a_concern,
    a_kind,
    a_yes,
    described,
    fresh,
    named,
    reading_of,
    told,
    wanted,
)
from tests.world import World

MADE = Weighed(Suspicion.YES, is_made=True, made_on=date(2026, 11, 2), made_by="Kurator Rönn")
NOT_MADE = Weighed(Suspicion.YES, is_made=False, reason="Provskälet: " + "å" * 580)
EVERYONE = ("coordinator", "social", "school", "police", "leisure", "outsider", "auditor", "administrator")


def knows(session, world: World, concern) -> set[str]:
    found = set()
    for name in EVERYONE:
        try:
            queries.get_concern(session, world.people[name], concern.id)
        except NotFound:
            continue
        found.add(name)
    return found


def test_a_contacts_own_is_known_to_the_contact_and_to_coordination_alone(session, world):
    concern = a_concern(session, world, "school")

    assert knows(session, world, concern) == {"coordinator", "school"}
    for name in EVERYONE:
        may = policy.may_enter(world.people[name], fresh(session, world.coordinator, concern))
        assert may == (name in {"coordinator", "school"}), name


def test_coordinations_own_is_known_to_nobody_else(session, world):
    assert knows(session, world, a_concern(session, world, "coordinator")) == {"coordinator"}


def test_coordination_reads_what_a_contact_told_on_a_ground_that_names_nobody(session, world):
    concern = a_concern(session, world, "school")

    reading = reading_of(session, world.coordinator, concern)

    (row,) = queries.shown(session, reading, concern, ConcernAccount)
    (ground,) = reading.opened[row.envelope_id].grounds
    assert reading.reveal(row, "seen") == SEEN
    assert (ground.ground, reading.opened[row.envelope_id].owner_id) == ("unnamed", world.id_of("school"))
    assert ground.valid_until is not None


def test_age_stage_and_area_are_nowhere_in_the_open(session, world):
    a_concern(session, world, "school", area="Provdalen")
    session.flush()

    plain = str(session.execute(text("SELECT * FROM concern")).all())
    account = session.execute(text("SELECT age, stage, area, basis, seen FROM concern_account")).one()

    assert "Provdalen" not in plain
    assert "upper" not in plain
    assert all(value[:1] == b"\x53" for value in account)


@pytest.mark.parametrize("field", ["seen", "area"])
def test_a_text_that_says_who_it_is_about_is_refused_and_nothing_is_written(session, world, field):
    with pytest.raises(ValidationFailed) as refused:
        a_concern(session, world, **{field: "Ring 070-174 06 05"})

    assert set(refused.value.errors) == {field}
    assert session.execute(text("SELECT count(*) FROM concern")).scalar_one() == 0


def test_a_kind_that_is_out_of_use_is_refused(session, world):
    kind_id = a_kind(session, world)
    session.execute(text("UPDATE concern_kind SET ended_at = now() WHERE id = :id"), {"id": kind_id})

    with pytest.raises(ValidationFailed):
        service.register(
            session,
            world.school,
            told(session, world, kind_id=kind_id, kind="Droger"),
            coordination=world.organisations["coordinator"],
        )


# --- the duty to report -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("suspicion", Suspicion)
def test_what_the_school_answered_and_reported_is_read_by_the_school_alone(session, world, suspicion):
    concern = a_concern(session, world, "school", suspicion=suspicion)
    service.weigh(session, world.school, concern, MADE)
    session.flush()

    theirs = weighed(session, reading_of(session, world.school, concern), concern)
    coordinations = reading_of(session, world.coordinator, concern)

    assert theirs is not None
    assert theirs.is_made
    assert queries.shown(session, coordinations, concern, ConcernWeighing) == []


def test_nothing_in_the_open_tells_a_contact_that_was_reported_from_one_that_was_not(session, world):
    reported = a_concern(session, world, "school", suspicion=Suspicion.YES)
    quiet = a_concern(session, world, "school", suspicion=Suspicion.NO)
    service.weigh(session, world.school, reported, MADE)
    service.weigh(session, world.school, quiet, Weighed(Suspicion.NO))
    session.flush()

    def in_the_open(concern):
        row = session.execute(
            text("SELECT state, source, kind_id, identity_until, erased_at FROM concern WHERE id = :id"),
            {"id": concern.id},
        ).one()
        columns = ", ".join(
            f"octet_length({name})" for name in ("suspicion", "is_made", "made_on", "made_by", "reason")
        )
        sizes = session.execute(
            text(f"SELECT {columns} FROM concern_weighing WHERE concern_id = :id ORDER BY id"), {"id": concern.id}
        ).all()
        return row, [tuple(size) for size in sizes]

    assert in_the_open(reported) == in_the_open(quiet)
    assert None not in in_the_open(quiet)[1][-1]
    for concern in (reported, quiet):
        seen = fresh(session, world.coordinator, concern)
        assert labels.state_for(world.coordinator, seen) == (labels.STATES[ConcernState.NEW], "info")


@pytest.mark.parametrize("weighing", [MADE, NOT_MADE, Weighed(Suspicion.UNSURE)])
def test_a_weighing_is_read_as_it_was_written(session, world, weighing):
    concern = a_concern(session, world, "school", suspicion=Suspicion.YES)
    service.weigh(session, world.school, concern, weighing)
    session.flush()

    assert weighed(session, reading_of(session, world.school, concern), concern) == weighing


def test_one_that_was_written_before_every_field_was_filled_in_is_still_read(session, world):
    concern = a_concern(session, world, "school", suspicion=Suspicion.UNSURE)
    reading = reading_of(session, world.school, concern)
    row = newest_weighing(session, reading, concern)
    for name in ("is_made", "made_on", "made_by", "reason"):
        set_committed_value(row, name, None)  # as it stands in an older installation's row

    assert weighed_in(reading, row) == Weighed(Suspicion.UNSURE)


def test_the_duty_to_report_comes_before_everything_else(session, world):
    concern = a_concern(session, world, "coordinator", suspicion=Suspicion.YES)
    owes = owes_weighing(session, world.coordinator, concern)

    assert owes
    for decision in (
        policy.can_advise(world.coordinator, concern, owes_weighing=owes),
        policy.can_end(world.coordinator, concern, owes_weighing=owes),
        policy.can_record_yes(world.coordinator, concern, world.organisations["coordinator"], owes_weighing=owes),
    ):
        assert not decision
    service.weigh(session, world.coordinator, concern, MADE)
    session.flush()
    assert not owes_weighing(session, world.coordinator, concern)


@pytest.mark.parametrize("answer", [Weighed(Suspicion.NO), Weighed(Suspicion.UNSURE)])
def test_a_no_needs_no_reason(session, world, answer):
    concern = a_concern(session, world, "school", suspicion=Suspicion.YES)

    service.weigh(session, world.school, concern, answer)
    session.flush()

    assert not owes_weighing(session, world.school, concern)


def test_whoever_wrote_it_down_owes_an_answer_whatever_it_will_be(session, world):
    theirs = a_concern(session, world, "school", suspicion=None)
    own = a_concern(session, world, "coordinator", suspicion=None)

    assert owes_weighing(session, world.school, theirs)
    assert not owes_weighing(session, world.coordinator, theirs)
    assert owes_weighing(session, world.coordinator, own)


def test_a_schools_unanswered_duty_does_not_hold_coordination_back(session, world):
    concern = a_concern(session, world, "school", suspicion=Suspicion.YES)

    assert owes_weighing(session, world.school, concern)
    assert not owes_weighing(session, world.coordinator, concern)


# --- advice, and the end ------------------------------------------------------------------------------------------


def test_advice_comes_back_to_whoever_told_and_is_as_nameless(session, world):
    concern = a_concern(session, world, "school")
    own = fresh(session, world.coordinator, concern)
    with pytest.raises(ValidationFailed):
        service.advise(session, world.coordinator, own, "Mejla nova@exempel.se", owes_weighing=False)
    service.advise(session, world.coordinator, own, "Ring hem och fråga.", owes_weighing=False)
    session.flush()

    reading = reading_of(session, world.school, concern)
    (row,) = queries.shown(session, reading, concern, ConcernAdvice)

    assert reading.reveal(row, "advice") == "Ring hem och fråga."
    assert fresh(session, world.school, concern).state is ConcernState.ADVISED


def test_when_it_is_ended_coordination_reads_it_no_longer_and_the_school_does(session, world):
    concern = a_concern(session, world, "school")
    service.end(session, world.coordinator, fresh(session, world.coordinator, concern), owes_weighing=False)
    session.flush()

    assert view_concern(session, world.coordinator, fresh(session, world.coordinator, concern)).account is None
    assert view_concern(session, world.school, fresh(session, world.school, concern)).account is not None


@pytest.mark.parametrize("name", ["school"])
def test_a_contact_hands_over_and_goes_no_further(session, world, name):
    concern = a_concern(session, world, name)
    actor = world.people[name]

    assert not policy.can_advise(actor, concern, owes_weighing=False)
    assert not policy.can_end(actor, concern, owes_weighing=False)
    with pytest.raises(NotPermitted):
        contacting.identify(session, actor, concern, youth=described()[0], guardians=[])


# --- the family's yes ---------------------------------------------------------------------------------------------


def test_without_the_familys_yes_nobody_is_written_down(session, world):
    concern = fresh(session, world.coordinator, a_concern(session, world, "coordinator"))

    with pytest.raises(NotPermitted):
        contacting.identify(session, world.coordinator, concern, youth=described()[0], guardians=[])


def test_after_it_coordination_alone_reads_who_they_are_until_thirty_days_on(session, world):
    concern = named(session, world, a_concern(session, world, "school"))

    view = view_concern(session, world.coordinator, concern)
    reading = reading_of(session, world.coordinator, concern)
    ends = {
        ground.valid_until for one in reading.opened.values() if one.unit.kind == "person" for ground in one.grounds
    }

    assert [person.called_name for person in view.people] == [CALLED, "Vuxen1"]
    assert view.yes is not None
    assert ends == {concern.identity_until}
    assert 29 <= (concern.identity_until - clock.now(session)).days <= 30


def test_the_school_that_told_learns_neither_who_nor_that_the_family_said_yes(session, world):
    concern = named(session, world, a_concern(session, world, "school"))

    theirs = fresh(session, world.school, concern)
    reading = reading_of(session, world.school, theirs)
    view = view_concern(session, world.school, theirs)

    assert queries.shown(session, reading, theirs, ConcernYes) == []
    assert (view.people, view.yes) == ((), None)
    assert not [part for part in session.query(PersonPart) if reading.shows(part)]
    assert labels.state_for(world.school, theirs)[0] is labels.HANDED_OVER


def test_where_no_secrecy_rule_is_recorded_no_family_is_written_down(session, world):
    concern = fresh(session, world.coordinator, a_concern(session, world, "coordinator"))
    coordination = world.organisations["coordinator"]
    session.expunge(coordination)
    coordination.secrecy_rule = None

    with pytest.raises(NotPermitted, match="jurist"):
        contacting.record_yes(
            session,
            world.coordinator,
            concern,
            a_yes(clock.today(session)),
            coordination=coordination,
            owes_weighing=False,
        )


def test_the_month_to_tell_them_begins_when_they_are_written_down_and_ends_when_they_are_told(session, world):
    concern = wanted(session, world, a_concern(session, world, "coordinator"))
    assert not policy.can_inform(world.coordinator, concern)
    youth, guardians = described()
    contacting.identify(session, world.coordinator, concern, youth=youth, guardians=guardians)
    session.flush()
    today = clock.today(session)
    assert concern.inform_by is not None
    assert 28 <= (concern.inform_by - today).days <= 31

    contacting.inform(session, world.coordinator, concern, on=today, way=Way.SPOKEN)

    assert not concern.must_inform
