"""Who is shown an action, who may add and change one, and what it may say."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from audit.log import collected_events
from auth.decisions import NotPermitted
from sspf.cases.models import State
from sspf.consents.service import withdraw
from sspf.db import clock
from sspf.errors import Conflict, NotFound, ValidationFailed
from sspf.law.kinds import Kind
from sspf.plans import queries, service
from sspf.plans.models import Action, ActionText
from sspf.plans.queries.views import actions_since
from sspf.plans.responsible import Responsible
from sspf.vault.disclosed import live_disclosures
from sspf.vault.ending import end_disclosures
from sspf.vault.models import Envelope
from tests.plans.make import TEXT, an_agreed_case, fresh, in_days, promise, reword, texts_seen_by
from tests.world import CONTACTS, World, a_case, agree, reading_of


@pytest.mark.parametrize("by", ["coordinator", "school"])
def test_an_action_is_shown_to_everyone_the_family_wants_at_the_table(session: Session, world: World, by: str) -> None:
    case = an_agreed_case(session, world)

    promise(session, world, case, by=by)

    for name in ("coordinator", *CONTACTS):
        assert texts_seen_by(session, world.people[name], case) == [TEXT]


def test_it_is_coordinations_record_whoever_wrote_it(session: Session, world: World) -> None:
    case = an_agreed_case(session, world)
    action = promise(session, world, case, by="school")

    text = session.scalars(select(ActionText).where(ActionText.action_id == action.id)).one()
    envelope = session.get(Envelope, text.envelope_id)

    assert envelope.owner_id == envelope.source_id == world.id_of("coordinator")
    assert envelope.kind == Kind.ACTIONS
    assert envelope.created_by == str(world.school.user_id)


def test_who_does_not_take_part_is_not_shown_it(session: Session, world: World) -> None:
    case = a_case(session, world)
    agree(session, world, case, present=("school", "police"))

    promise(session, world, case)

    assert texts_seen_by(session, world.police, case) == [TEXT]
    with pytest.raises(NotFound):
        texts_seen_by(session, world.leisure, case)


def test_a_withdrawal_closes_the_actions_with_everything_else(session: Session, world: World) -> None:
    case = a_case(session, world)
    consents = agree(session, world, case)
    action = promise(session, world, case)

    withdraw(session, world.coordinator, fresh(session, world.coordinator, case), consents[-1])
    session.flush()

    with pytest.raises(NotFound):
        texts_seen_by(session, world.school, case)
    assert queries.my_actions(session, world.school).to_do == []
    assert [one.id for one in queries.my_actions(session, world.coordinator, everyone=True).to_do] == [action.id]


def test_whoever_comes_to_the_table_later_is_shown_what_was_promised_before(session: Session, world: World) -> None:
    case = a_case(session, world)
    agree(session, world, case, present=("school",))
    promise(session, world, case)

    agree(session, world, case, present=("school", "police"))

    assert texts_seen_by(session, world.police, case) == [TEXT]


def test_an_action_whose_text_is_not_disclosed_does_not_exist_for_the_reader(session: Session, world: World) -> None:
    case = an_agreed_case(session, world)
    action = promise(session, world, case)
    given = live_disclosures(session, organisation_id=world.id_of("school"))
    end_disclosures(session, world.coordinator, [one.id for one in given if one.kind == Kind.ACTIONS], reason="test")

    reading = reading_of(session, world.school, case)

    with pytest.raises(NotFound):
        queries.get_action(session, reading, case, action.id)
    assert texts_seen_by(session, world.school, case) == []
    assert queries.my_actions(session, world.school).to_do == []
    assert actions_since(session, reading, case, action.created_at) == []


@pytest.mark.parametrize("of", ["police", "family", "coordinator"])
def test_a_contact_adds_what_its_own_organisation_will_do_and_nothing_else(
    session: Session, world: World, of: str
) -> None:
    case = an_agreed_case(session, world)

    with pytest.raises(NotPermitted, match="din egen organisation"):
        promise(session, world, case, of=of, by="school")

    assert session.scalars(select(Action)).all() == []


def test_a_contact_does_not_hand_its_own_action_to_somebody_else(session: Session, world: World) -> None:
    case = an_agreed_case(session, world)
    action = promise(session, world, case)

    with pytest.raises(NotPermitted, match="din egen organisation"):
        service.change_action(
            session,
            world.school,
            case,
            action,
            text=None,
            responsible=Responsible(world.id_of("police")),
            due_on=action.due_on,
            version=action.version,
        )

    assert action.organisation_id == world.id_of("school")


def test_a_new_wording_takes_the_place_of_the_old_one_for_everybody(session: Session, world: World) -> None:
    case = an_agreed_case(session, world)
    action = promise(session, world, case)
    (old,) = session.scalars(select(ActionText).where(ActionText.action_id == action.id))

    reword(session, world.school, case, action, "Boka provsamtalet hos kuratorn.")
    session.flush()

    for name in ("coordinator", "school", "police"):
        assert texts_seen_by(session, world.people[name], case) == ["Boka provsamtalet hos kuratorn."]
    assert not reading_of(session, world.police, case).shows(old)
    assert reading_of(session, world.coordinator, case).reveal(old, "wording") == TEXT


def test_whoever_changes_an_older_version_is_told_so(session: Session, world: World) -> None:
    case = an_agreed_case(session, world)
    action = promise(session, world, case)
    seen = action.version
    reword(session, world.coordinator, case, action, "Först.")

    with pytest.raises(Conflict):
        service.change_action(
            session,
            world.school,
            case,
            action,
            text="Sedan.",
            responsible=Responsible(action.organisation_id),
            due_on=action.due_on,
            version=seen,
        )

    session.flush()
    assert texts_seen_by(session, world.school, case) == ["Först."]


@pytest.mark.parametrize("text", ["", "   ", "x" * 141, "två\nrader"])
def test_a_text_that_cannot_be_said_is_refused_beside_its_field(session: Session, world: World, text: str) -> None:
    case = an_agreed_case(session, world)

    with pytest.raises(ValidationFailed) as refused:
        promise(session, world, case, text=text)

    assert set(refused.value.errors) == {"what"}
    assert session.scalars(select(Action)).all() == []


def test_only_those_at_the_table_can_be_asked(session: Session, world: World) -> None:
    case = a_case(session, world)
    agree(session, world, case, present=("school",))
    police = Responsible(world.id_of("police"))
    stranger = Responsible(world.id_of("school"), world.outsider.user_id)

    for responsible in (police, stranger):
        with pytest.raises(ValidationFailed) as refused:
            service.create_action(
                session,
                world.coordinator,
                fresh(session, world.coordinator, case),
                text=TEXT,
                responsible=responsible,
                due_on=in_days(session, 3),
            )
        assert set(refused.value.errors) == {"who"}


@pytest.mark.parametrize("state", [State.CLOSED, State.WITHDRAWN, State.DECLINED])
def test_a_case_that_is_over_takes_no_new_actions(session: Session, world: World, state: State) -> None:
    case = an_agreed_case(session, world)
    case.state = state
    session.flush()

    with pytest.raises(NotPermitted, match="avslut"):
        promise(session, world, case)


def test_a_closed_case_keeps_its_actions_as_they_stand(session: Session, world: World) -> None:
    case = an_agreed_case(session, world)
    action = promise(session, world, case)
    case.state = State.CLOSED
    session.flush()

    with pytest.raises(NotPermitted, match="avslutat"):
        service.mark_done(session, world.coordinator, case, action)


def test_the_trail_names_the_action_and_nothing_that_it_says(session: Session, world: World) -> None:
    case = an_agreed_case(session, world)
    action = promise(session, world, case)
    service.mark_done(session, world.school, case, action)

    events = [event for event in collected_events(session) if event.tag.startswith("action:")]

    assert [event.tag for event in events] == ["action:created", "action:done"]
    assert all(event.subjects[0].ids == {"action": str(action.id)} for event in events)
    assert "provsamtalet" not in repr(collected_events(session))


def test_the_familys_own_is_never_late_on_any_list(session: Session, world: World) -> None:
    case = an_agreed_case(session, world)
    promise(session, world, case, of="family", in_=-30)
    reading = reading_of(session, world.coordinator, case)

    context = queries.case_actions(
        session,
        world.coordinator,
        reading,
        case,
        {one.id: one.name for one in world.organisations.values()},
        clock.now(session),
    )

    (group,) = context["board"].groups
    assert str(group.heading) == "Familjens egna"
