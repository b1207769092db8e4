"""\"Vem har läst?\": a contact sees colleagues, the coordinator sees organisation and day, nobody sees more."""

from sspf.db import clock
from sspf.law.purposes import Purpose
from sspf.oversight.queries import reads_of_case
from tests.oversight.make import Desk
from tests.world import reading_of


def test_a_contact_sees_its_own_organisations_readings_with_their_purpose(desk: Desk):
    with desk.served.sessions.begin() as session:
        reading_of(session, desk.world.school, desk.case, Purpose.MEETING)

    with desk.served.sessions.begin() as session:
        reads = reads_of_case(session, desk.world.school, desk.case.id)

    assert reads.days == ()
    assert [(str(each.by), each.count, [str(why) for why in each.purposes]) for each in reads.own] == [
        ("Kurator Rönn", 3, ["möte", "ärendesidan"])
    ]


def test_a_contact_sees_nothing_of_other_organisations(desk: Desk):
    with desk.served.sessions.begin() as session:
        reads = reads_of_case(session, desk.world.police, desk.case.id)

    assert reads.own == ()
    assert reads.days == ()


def test_the_coordinator_sees_organisation_and_day_and_no_person(desk: Desk):
    with desk.served.sessions.begin() as session:
        today = clock.today(session)
        reads = reads_of_case(session, desk.world.coordinator, desk.case.id)

    assert reads.own == ()
    assert {(each.organisation, each.on) for each in reads.days} == {
        ("Enheten coordinator", today),
        ("Enheten school", today),
    }


def test_no_more_than_was_asked_for(desk: Desk):
    with desk.served.sessions.begin() as session:
        assert len(reads_of_case(session, desk.world.school, desk.case.id, limit=1).own) == 1
        assert reads_of_case(session, desk.world.school, desk.case.id, limit=0).own == ()
