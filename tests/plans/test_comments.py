"""A comment is told to those who have the action, and can be taken back for a little while by whoever wrote it."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from audit.log import collected_events
from auth.decisions import NotPermitted
from sspf.cases.models import State
from sspf.consents.service import withdraw
from sspf.errors import NotFound, ValidationFailed
from sspf.law.kinds import Kind
from sspf.plans import commenting
from sspf.plans.models import Comment
from sspf.vault.disclosed import live_disclosures
from sspf.vault.models import Envelope
from tests.plans.house import House, hidden_fields, words
from tests.plans.make import COMMENT, an_agreed_case, comment, fresh, promise, said_to
from tests.world import CONTACTS, World, a_case, agree, reading_of


def test_everyone_who_has_the_action_reads_it_and_it_is_coordinations_record(session: Session, world: World) -> None:
    case = an_agreed_case(session, world)
    action = promise(session, world, case)

    written = comment(session, world, case, action, by="police")

    for name in ("coordinator", *CONTACTS):
        assert said_to(session, world, name, case, action) == [COMMENT]
    envelope = session.get(Envelope, written.envelope_id)
    assert envelope.owner_id == envelope.source_id == world.id_of("coordinator")
    assert envelope.kind == Kind.ACTIONS
    assert envelope.created_by == str(world.police.user_id)


def test_who_comes_later_reads_it_and_who_takes_no_part_does_not(session: Session, world: World) -> None:
    case = a_case(session, world)
    agree(session, world, case, present=("school",))
    action = promise(session, world, case)
    comment(session, world, case, action)

    with pytest.raises(NotFound):
        said_to(session, world, "police", case, action)
    agree(session, world, case, present=("school", "police"))

    assert said_to(session, world, "police", case, action) == [COMMENT]


def test_after_a_withdrawal_nothing_of_it_opens(session: Session, world: World) -> None:
    case = a_case(session, world)
    consents = agree(session, world, case)
    action = promise(session, world, case)
    written = comment(session, world, case, action)

    withdraw(session, world.coordinator, fresh(session, world.coordinator, case), consents[-1])
    session.flush()

    assert live_disclosures(session, envelope_ids=[written.envelope_id]) == []
    with pytest.raises(NotFound):
        said_to(session, world, "school", case, action)


def test_taken_back_it_is_coordinations_alone_and_on_no_page(session: Session, world: World) -> None:
    case = an_agreed_case(session, world)
    action = promise(session, world, case)
    written = comment(session, world, case, action)

    commenting.take_back(session, world.school, case, action, written, written.written_at + timedelta(minutes=9))
    session.flush()

    assert live_disclosures(session, envelope_ids=[written.envelope_id]) == []
    for name in ("coordinator", *CONTACTS):
        assert said_to(session, world, name, case, action) == []
    assert [event.tag for event in collected_events(session) if event.tag.startswith("comment:")] == [
        "comment:written",
        "comment:taken_back",
    ]


def test_taken_back_it_stays_so_when_consents_are_given_anew(session: Session, world: World) -> None:
    case = an_agreed_case(session, world)
    action = promise(session, world, case)
    written = comment(session, world, case, action)
    commenting.take_back(session, world.school, case, action, written, written.written_at)
    session.flush()

    agree(session, world, case)

    assert live_disclosures(session, envelope_ids=[written.envelope_id]) == []
    assert not reading_of(session, world.police, case).shows(written)


def test_only_its_writer_takes_it_back_and_not_after_ten_minutes(session: Session, world: World) -> None:
    case = an_agreed_case(session, world)
    action = promise(session, world, case)
    written = comment(session, world, case, action)
    later = written.written_at + timedelta(minutes=10, seconds=1)

    for actor, now in (
        (world.coordinator, written.written_at),
        (world.police, written.written_at),
        (world.school, later),
    ):
        with pytest.raises(NotPermitted):
            commenting.take_back(session, actor, case, action, written, now)

    assert written.removed_at is None


@pytest.mark.parametrize("wording", ["", "  ", "x" * 281])
def test_a_comment_that_cannot_be_kept_is_refused_beside_its_field(
    session: Session, world: World, wording: str
) -> None:
    case = an_agreed_case(session, world)
    action = promise(session, world, case)

    with pytest.raises(ValidationFailed) as refused:
        commenting.add_comment(session, world.school, case, action, wording=wording)

    assert set(refused.value.errors) == {"comment"}
    assert session.scalars(select(Comment)).all() == []


def test_a_case_that_is_over_takes_no_comments(session: Session, world: World) -> None:
    case = an_agreed_case(session, world)
    action = promise(session, world, case)
    case.state = State.CLOSED
    session.flush()

    with pytest.raises(NotPermitted):
        commenting.add_comment(session, world.coordinator, case, action, wording=COMMENT)


def test_the_newest_stands_last_and_the_words_come_back_when_it_is_undone(house: House) -> None:
    case_id, action_id = house.prepared()
    client, path = house.client("police"), f"/arenden/{case_id}/atgarder/{action_id}"

    client.post(f"{path}/kommentar", data={"comment": "Den första."})
    sent = client.post(f"{path}/kommentar", data={"comment": "Den andra, med stavfel."})
    page = client.get(sent.headers["location"])

    assert sent.status_code == 303
    assert words(page).index("Den första.") < words(page).index("Den andra, med stavfel.")
    assert page.text.count("data-focus") == 1

    undo = f"{path}/kommentar/{sent.headers['location'].partition('nyss=')[2]}/angra"
    sent_along = hidden_fields(page, undo)
    undone = client.post(undo, data=sent_along)

    assert undone.status_code == 200
    assert undone.text.count("Den andra, med stavfel.") == 1
    assert "Den andra, med stavfel.</textarea>" in undone.text
    assert "Den andra" not in house.client("school").get(path).text
    assert "Den andra, med stavfel.</textarea>" in client.post(undo, data=sent_along).text, "pressed twice"
    assert "Den andra" not in house.client("school").get(path).text


def test_nobody_elses_comment_has_an_undo(house: House) -> None:
    case_id, action_id = house.prepared()
    path = f"/arenden/{case_id}/atgarder/{action_id}"
    sent = house.client("school").post(f"{path}/kommentar", data={"comment": "Skolans ord."})
    undo = f"{path}/kommentar/{sent.headers['location'].partition('nyss=')[2]}/angra"

    for name in ("coordinator", "police"):
        assert undo not in house.client(name).get(path).text
        assert house.client(name).post(undo).status_code == 403
    assert house.client("outsider").post(undo).status_code == 404


def test_a_comment_on_another_action_is_not_found_on_this_one(house: House) -> None:
    case_id, action_id = house.prepared()
    with house.session() as session:
        other = promise(session, house.world, house.case_in(session, case_id)).id
    sent = house.client("school").post(f"/arenden/{case_id}/atgarder/{action_id}/kommentar", data={"comment": "Ord."})
    comment_id = sent.headers["location"].partition("nyss=")[2]

    answer = house.client("school").post(f"/arenden/{case_id}/atgarder/{other}/kommentar/{comment_id}/angra")

    assert answer.status_code == 404
