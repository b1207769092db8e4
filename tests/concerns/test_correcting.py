"""What was written down wrong is put right: a new wording in place of the old, for those who could read it."""

from dataclasses import replace
from datetime import timedelta

import pytest

from audit.log import collected_events
from auth.decisions import NotPermitted
from sspf.concerns import contacting, filling, policy, queries, service, standing
from sspf.concerns.correcting import correct_account, correct_identity
from sspf.concerns.events import ConcernEvent
from sspf.concerns.models import ConcernAccount, ConcernSource, ConcernState, Suspicion, Way
from sspf.concerns.telling import Account, Weighed
from sspf.concerns.view import view_concern
from sspf.db import clock
from sspf.errors import Conflict, NotFound, ValidationFailed
from sspf.overtaken import mark_of
from sspf.people.basis import Basis
from sspf.people.models import PersonPart
from sspf.people.service import Described
from sspf.vault.ending import live_disclosures
from sspf.vault.models import AboutKind
from tests.concerns.make import (
    CALLED,
    a_concern,
    a_kind,
    a_yes,
    described,
    fresh,
    let_time_pass,
    named,
    reading_of,
    wanted,
)

RIGHT = "Det var på parkeringen, inte vid grinden."


def right(session, world, **values):
    said = {
        "source": ConcernSource.SCHOOL,
        "kind_id": a_kind(session, world),
        "seen": RIGHT,
        "basis": Basis.OTHER_TELLS,
    }
    return Account(**(said | values))


def mark(session, actor, concern):
    return filling.account_form(session, actor, concern).value("read")


def correct(session, world, concern, by="school", read=None, **values):
    actor = world.people[by]
    concern = fresh(session, actor, concern)
    read = read or mark(session, actor, concern)
    correct_account(session, actor, concern, right(session, world, **values), read=read)
    session.flush()
    return fresh(session, actor, concern)


def tags(session):
    return [event.tag for event in collected_events(session)]


# what was told


def test_whoever_read_the_old_wording_reads_the_new_one_no_longer_than_before(session, world):
    concern = a_concern(session, world, "school")
    (row,) = queries.shown(session, reading_of(session, world.school, concern), concern, ConcernAccount)
    (before,) = live_disclosures(session, envelope_ids=[row.envelope_id])

    concern = correct(session, world, concern)

    theirs = view_concern(session, world.coordinator, fresh(session, world.coordinator, concern))
    assert theirs.account.seen == RIGHT
    assert theirs.earlier == (), "what was wrong is not theirs to read any more"
    assert live_disclosures(session, envelope_ids=[row.envelope_id]) == []
    (after,) = live_disclosures(session, units={("concern", concern.id)}, organisation_id=concern.coordination_id)
    assert (after.ground, after.valid_until) == (before.ground, before.valid_until)
    assert ConcernEvent.CORRECTED in tags(session)


def test_who_wrote_it_sees_what_it_said_before(session, world):
    concern = correct(session, world, a_concern(session, world, "school"), source=ConcernSource.OTHER, age=15)

    view = view_concern(session, world.school, concern)

    assert (view.account.seen, view.account.age, view.account.stage) == (RIGHT, "15", None)
    assert view.account.corrected_at is not None
    assert [one.age for one in view.earlier] == ["14"]
    assert concern.source is ConcernSource.OTHER


def test_of_two_who_correct_at_once_the_last_is_told_and_nothing_is_written(session, world):
    concern = a_concern(session, world, "coordinator")
    read = mark(session, world.coordinator, concern)
    correct(session, world, concern, by="coordinator", read=read)

    with pytest.raises(Conflict):
        correct(session, world, concern, by="coordinator", read=read, seen="Något annat.")

    assert len(session.query(ConcernAccount).filter_by(concern_id=concern.id).all()) == 2


def test_coordination_does_not_put_words_in_a_schools_mouth(session, world):
    concern = fresh(session, world.coordinator, a_concern(session, world, "school"))

    with pytest.raises(NotPermitted):
        correct_account(session, world.coordinator, concern, right(session, world), read="")


def test_nobody_corrects_what_they_may_not_know_of(session, world):
    with pytest.raises(NotFound):
        correct(session, world, a_concern(session, world, "school"), by="police")


@pytest.mark.parametrize("values", [{"seen": "Ring 070-174 06 05."}, {"area": "provdalen@provkoping.example"}])
def test_a_correction_says_as_little_of_who_it_is(session, world, values):
    concern = a_concern(session, world, "school")

    with pytest.raises(ValidationFailed):
        correct(session, world, concern, **values)

    assert len(session.query(ConcernAccount).filter_by(concern_id=concern.id).all()) == 1


def test_when_it_is_over_coordination_corrects_it_no_more(session, world):
    concern = fresh(session, world.coordinator, a_concern(session, world, "coordinator"))
    service.end(session, world.coordinator, concern, owes_weighing=False)

    assert not policy.can_correct(world.coordinator, concern)


def test_to_a_contact_it_looks_the_same_when_it_is_over_and_coordination_is_told_nothing_new(session, world):
    concern = a_concern(session, world, "school")
    service.end(session, world.coordinator, fresh(session, world.coordinator, concern), owes_weighing=False)
    session.flush()

    correct(session, world, concern)

    assert view_concern(session, world.school, fresh(session, world.school, concern)).account.seen == RIGHT
    assert view_concern(session, world.coordinator, fresh(session, world.coordinator, concern)).account is None


# the duty to report, the yes, and that the family has been told


def test_a_colleagues_weighing_is_not_written_over_unread(session, world):
    concern = fresh(session, world.coordinator, a_concern(session, world, "coordinator"))
    read = filling.weighing_form(session, world.coordinator, concern).value("read")
    service.weigh(session, world.coordinator, concern, Weighed(Suspicion.UNSURE), read=read)
    session.flush()

    with pytest.raises(Conflict):
        service.weigh(session, world.coordinator, concern, Weighed(Suspicion.NO), read=read)


def record_yes(session, world, concern, yes, **read):
    contacting.record_yes(
        session,
        world.coordinator,
        concern,
        yes,
        coordination=world.organisations["coordinator"],
        owes_weighing=False,
        **read,
    )
    session.flush()


def test_a_second_yes_is_no_refusal_but_two_versions_and_the_days_are_what_they_were(session, world):
    concern = wanted(session, world, a_concern(session, world, "coordinator"))
    until = concern.identity_until
    yes = replace(a_yes(clock.today(session)), said_to="Koordinator Asp", said_by=AboutKind.YOUTH)

    with pytest.raises(Conflict):
        record_yes(session, world, concern, yes)
    record_yes(session, world, concern, yes, read=filling.yes_form(session, world.coordinator, concern).value("read"))

    view = view_concern(session, world.coordinator, concern)
    assert view.yes.said_to == "Koordinator Asp"
    assert concern.identity_until == until
    assert tags(session).count(ConcernEvent.SAID_YES) == 1
    assert ConcernEvent.YES_CORRECTED in tags(session)


def test_when_the_family_was_told_is_not_written_over_unread(session, world):
    concern = named(session, world, a_concern(session, world, "coordinator"))
    today = clock.today(session)
    contacting.inform(session, world.coordinator, concern, on=today, way=Way.SPOKEN)

    with pytest.raises(Conflict):
        contacting.inform(session, world.coordinator, concern, on=today - timedelta(days=1), way=Way.PAPER)
    read = mark_of(today, Way.SPOKEN)
    contacting.inform(session, world.coordinator, concern, on=today - timedelta(days=1), way=Way.PAPER, read=read)

    assert (concern.informed_on, concern.informed_way) == (today - timedelta(days=1), Way.PAPER)


# who they are


def people_of(session, world, concern):
    return standing.people_standing(session, world.coordinator, fresh(session, world.coordinator, concern))


def change_people(session, world, concern, *wanted_, read=None):
    concern = fresh(session, world.coordinator, concern)
    read = read or mark_of(*standing.rows_of(people_of(session, world, concern)))
    correct_identity(session, world.coordinator, concern, wanted_, read=read)
    session.flush()
    return fresh(session, world.coordinator, concern)


def test_only_the_part_that_was_wrong_is_sealed_anew_and_until_the_same_day(session, world):
    concern = named(session, world, a_concern(session, world, "coordinator"))
    youth, (guardian,) = described()
    before = len(session.query(PersonPart).all())

    concern = change_people(session, world, concern, replace(youth, contact="070-1740606"), guardian, None)

    now = people_of(session, world, concern)
    assert now[0].described == replace(youth, contact="070-1740606")
    assert now[1].described == guardian
    assert len(session.query(PersonPart).all()) == before + 1
    ends = {
        ground.valid_until
        for one in reading_of(session, world.coordinator, concern).opened.values()
        if one.unit.kind == "person"
        for ground in one.grounds
    }
    assert ends == {concern.identity_until}
    assert ConcernEvent.IDENTITY_CORRECTED in tags(session)


def test_what_is_emptied_is_gone_from_the_page(session, world):
    concern = named(session, world, a_concern(session, world, "coordinator"))
    _youth, (guardian,) = described()

    concern = change_people(session, world, concern, Described(CALLED, ""), guardian, None)

    assert people_of(session, world, concern)[0].described == Described(CALLED, "")


def test_somebody_who_should_not_stand_there_is_erased_at_once(session, world):
    concern = named(session, world, a_concern(session, world, "coordinator"))
    youth, _guardians = described()

    concern = change_people(session, world, concern, youth, None, None)

    assert list(people_of(session, world, concern)) == [0]
    assert [person.called_name for person in view_concern(session, world.coordinator, concern).people] == [CALLED]
    assert ConcernEvent.IDENTITY_ERASED in tags(session)
    let_time_pass(session, concern)
    assert fresh(session, world.coordinator, concern).state is ConcernState.KONTAKT_JA


def test_somebody_new_is_to_be_told_although_the_others_have_been(session, world):
    concern = named(session, world, a_concern(session, world, "coordinator"))
    youth, (guardian,) = described()
    contacting.inform(session, world.coordinator, concern, on=clock.today(session), way=Way.SPOKEN)

    concern = change_people(session, world, concern, youth, guardian, Described("Vuxen2", ""))

    assert concern.must_inform
    assert people_of(session, world, concern)[2].described.called_name == "Vuxen2"


def test_who_they_are_is_not_written_over_unread(session, world):
    concern = wanted(session, world, a_concern(session, world, "coordinator"))
    youth, guardians = described()
    contacting.identify(session, world.coordinator, concern, youth=youth, guardians=guardians)
    session.flush()

    with pytest.raises(Conflict):
        contacting.identify(session, world.coordinator, concern, youth=Described("Annan", ""), guardians=[])
    with pytest.raises(Conflict):
        change_people(session, world, concern, Described("Annan", ""), None, None, read=mark_of())

    assert people_of(session, world, concern)[0].described == youth


def test_after_thirty_days_nothing_of_them_is_put_right(session, world):
    concern = named(session, world, a_concern(session, world, "coordinator"))
    let_time_pass(session, concern)

    assert not policy.can_identify(world.coordinator, fresh(session, world.coordinator, concern), clock.now(session))
