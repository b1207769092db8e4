"""More about an action is told to those it was meant for, on the family's yes; nobody else is told of it."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from audit.log import collected_events
from auth.decisions import NotPermitted
from sspf.consents.agreement import Row
from sspf.consents.service import withdraw
from sspf.errors import Conflict, ValidationFailed
from sspf.law.kinds import Kind
from sspf.notes.telling import GroundGone
from sspf.plans.models import ActionDetail
from sspf.vault.disclosed import live_disclosures
from sspf.vault.models import Envelope
from tests.plans.house import House, hidden_fields, words
from tests.plans.make import DETAIL, SCHOOL_TELLS_POLICE, an_agreed_case, detail, fresh, promise, said_to
from tests.world import World, a_case, agree, reading_of

OTHERS = ("coordinator", "social", "leisure")


def test_it_reaches_who_was_chosen_and_is_the_writers_own_record(session: Session, world: World) -> None:
    case = an_agreed_case(session, world, SCHOOL_TELLS_POLICE)
    action = promise(session, world, case)

    written = detail(session, world, case, action, to=["police"])

    for name in ("school", "police"):
        assert said_to(session, world, name, case, action) == [DETAIL]
    envelope = session.get(Envelope, written.envelope_id)
    assert envelope.owner_id == envelope.source_id == world.id_of("school")
    assert envelope.kind == Kind.ATTENDANCE


@pytest.mark.parametrize("name", OTHERS)
def test_that_it_exists_is_told_to_nobody_else(session: Session, world: World, name: str) -> None:
    case = an_agreed_case(session, world, SCHOOL_TELLS_POLICE)
    action = promise(session, world, case)
    written = detail(session, world, case, action, to=["police"])

    assert said_to(session, world, name, case, action) == []
    assert not reading_of(session, world.people[name], case).shows(written)


@pytest.mark.parametrize(
    ("to", "kind"),
    [(["leisure"], Kind.ATTENDANCE), (["police"], Kind.SCHOOL), (["police", "leisure"], Kind.ATTENDANCE)],
    ids=["nobody's yes", "another kind", "one of two"],
)
def test_without_a_yes_nothing_is_saved(session: Session, world: World, to: list[str], kind: Kind) -> None:
    case = an_agreed_case(session, world, SCHOOL_TELLS_POLICE)
    action = promise(session, world, case)

    with pytest.raises(GroundGone):
        detail(session, world, case, action, to=to, kind=kind)

    session.flush()
    assert session.scalars(select(ActionDetail)).all() == []


def test_a_withdrawn_row_closes_it_for_the_receiver_alone(session: Session, world: World) -> None:
    case = a_case(session, world)
    consents = agree(session, world, case, rows=[SCHOOL_TELLS_POLICE])
    action = promise(session, world, case)
    detail(session, world, case, action, to=["police"])

    row = Row(world.id_of("school"), world.id_of("police"), Kind.ATTENDANCE)
    withdraw(session, world.coordinator, fresh(session, world.coordinator, case), consents[-1], rows=[row])
    session.flush()

    assert said_to(session, world, "police", case, action) == []
    assert said_to(session, world, "school", case, action) == [DETAIL]


def test_a_new_wording_is_told_to_those_chosen_anew(session: Session, world: World) -> None:
    case = an_agreed_case(session, world, SCHOOL_TELLS_POLICE)
    action = promise(session, world, case)
    old = detail(session, world, case, action, to=["police"])

    detail(session, world, case, action, wording="Det gick fel.", replaces=old)

    assert said_to(session, world, "school", case, action) == ["Det gick fel."]
    assert said_to(session, world, "police", case, action) == []
    assert live_disclosures(session, envelope_ids=[old.envelope_id]) == []


def test_a_colleague_who_has_not_read_the_newest_does_not_replace_it(session: Session, world: World) -> None:
    case = an_agreed_case(session, world)
    action = promise(session, world, case)
    detail(session, world, case, action)

    with pytest.raises(Conflict):
        detail(session, world, case, action, wording="Utan att ha läst.")


def test_whoever_answers_for_the_action_writes_it_and_coordination(session: Session, world: World) -> None:
    case = an_agreed_case(session, world)
    action = promise(session, world, case)

    with pytest.raises(NotPermitted, match="anteckning"):
        detail(session, world, case, action, by="police", kind=Kind.OBSERVATION)
    detail(session, world, case, action, by="coordinator", kind=Kind.FAMILY_VIEW)

    assert said_to(session, world, "coordinator", case, action) == [DETAIL]
    assert said_to(session, world, "school", case, action) == []


@pytest.mark.parametrize("kind", [Kind.IDENTITY, Kind.ACTIONS, Kind.IDENTITY_FULL, Kind.CONTACT])
def test_names_and_commitments_are_no_kinds_of_a_detail(session: Session, world: World, kind: Kind) -> None:
    case = an_agreed_case(session, world)

    with pytest.raises(ValidationFailed) as refused:
        detail(session, world, case, promise(session, world, case), kind=kind)

    assert set(refused.value.errors) == {"kind"}


def test_the_trail_says_how_many_were_told_and_not_what(session: Session, world: World) -> None:
    case = an_agreed_case(session, world, SCHOOL_TELLS_POLICE)
    action = promise(session, world, case)
    detail(session, world, case, action, to=["police"])

    (event,) = [event for event in collected_events(session) if event.tag == "detail:written"]

    assert event.facts == {"recipients": 1}
    assert "tåget" not in repr(collected_events(session))


def fields(house: House, **more: object) -> dict[str, object]:
    return {"kind": "attendance", "detail": DETAIL, "recipients": [str(house.world.id_of("police"))]} | more


def test_from_the_form_by_the_preview_to_the_page(house: House) -> None:
    case_id, action_id = house.prepared(SCHOOL_TELLS_POLICE)
    client, path = house.client("school"), f"/arenden/{case_id}/atgarder/{action_id}"

    form = client.get(f"{path}/mer")
    preview = client.post(f"{path}/mer/granska", data=fields(house))
    saved = client.post(f"{path}/mer", data=hidden_fields(preview, f"{path}/mer"))

    assert "Kan inte få det här" in words(form)
    assert "Enheten police Ser texten" in words(preview)
    assert saved.headers["location"] == path
    assert DETAIL in words(client.get(path))
    assert DETAIL in words(house.client("police").get(path))
    for name in OTHERS:
        page = house.client(name).get(path)
        assert DETAIL not in page.text
        assert "Mer om det" not in page.text


def test_on_the_way_back_from_the_preview_nothing_is_lost(house: House) -> None:
    case_id, action_id = house.prepared(SCHOOL_TELLS_POLICE)
    path = f"/arenden/{case_id}/atgarder/{action_id}/mer"
    client = house.client("school")

    preview = client.post(f"{path}/granska", data=fields(house, recipients=[str(house.world.id_of("leisure"))]))
    back = client.post(f"{path}/granska", data=hidden_fields(preview, f"{path}/granska") | {"step": "edit"})

    assert "Enheten leisure ser ingenting" in words(preview)
    assert "recipients" not in hidden_fields(preview, path)
    assert f"{DETAIL}</textarea>" in back.text


def test_a_yes_that_is_gone_since_the_preview_stops_it_and_says_for_whom(house: House) -> None:
    case_id, action_id = house.prepared()
    path = f"/arenden/{case_id}/atgarder/{action_id}/mer"

    stopped = house.client("school").post(path, data=fields(house))

    assert stopped.status_code == 409
    assert "Enheten police ser ingenting" in words(stopped)


def test_two_colleagues_who_write_it_at_once_see_both_wordings(house: House) -> None:
    case_id, action_id = house.prepared()
    path = f"/arenden/{case_id}/atgarder/{action_id}/mer"
    client = house.client("school")
    client.post(path, data=fields(house, recipients=[]))

    second = client.post(path, data=fields(house, recipients=[], detail="Kollegans ord."))

    assert second.status_code == 409
    assert DETAIL in words(second)
    assert "Kollegans ord.</textarea>" in second.text


@pytest.mark.parametrize(
    ("wrong", "name"),
    [
        ({"kind": ""}, "kind"),
        ({"detail": ""}, "detail"),
        ({"detail": "x" * 501}, "detail"),
        ({"kind": "actions"}, "kind"),
    ],
)
def test_bad_input_is_said_beside_the_field(house: House, wrong: dict[str, str], name: str) -> None:
    case_id, action_id = house.prepared()
    path = f"/arenden/{case_id}/atgarder/{action_id}/mer"

    for to in (path, f"{path}/granska"):
        answer = house.client("school").post(to, data=fields(house, recipients=[], **wrong))
        assert answer.status_code == 422
        assert f'href="#{name}"' in answer.text
