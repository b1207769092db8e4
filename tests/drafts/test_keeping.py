"""A draft is its writer's own, for a day, and gone when it has been sent."""

import time
from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from audit.queries import list_entries
from sspf.drafts import queries, service
from sspf.drafts.models import Draft
from sspf.errors import NotFound
from sspf.vault.ending import sweep as sweep_keys
from sspf.vault.errors import NotShown
from sspf.vault.models import UnitSecret
from tests.world import TESTS, World

PAGE, SENT_TO = "/arenden/1/anteckningar/ny", "/arenden/1/anteckningar/granska"
TYPED = [("kind", "school"), ("recipients", "1"), ("recipients", "2"), ("statement", "Han kom i tid i dag.")]


def keep(session: Session, world: World, who: str = "school", **other) -> Draft | None:
    values = {"page": PAGE, "sent_to": SENT_TO, "typed": TYPED} | other
    return service.keep(session, world.people[who], **values)


def secrets(session: Session) -> int:
    return len(session.scalars(select(UnitSecret.unit_id)).all())


def test_what_was_typed_is_there_for_whoever_typed_it(session, world):
    draft = keep(session, world)

    assert service.open_draft(session, world.school, draft) == TYPED


def test_nobody_else_finds_it_or_opens_it(session, world):
    draft = keep(session, world)

    for who in ("coordinator", "police", "outsider"):
        assert queries.list_drafts(session, world.people[who]) == []
        with pytest.raises(NotFound):
            queries.get_draft(session, world.people[who], draft.series_id)
        with pytest.raises(NotFound):
            service.open_draft(session, world.people[who], draft)
        with pytest.raises(NotFound):
            service.discard(session, world.people[who], draft)


def test_a_colleague_in_the_same_organisation_does_not_either(session, world):
    draft = keep(session, world)
    colleague = replace(world.school, user_id=uuid4())

    assert queries.list_drafts(session, colleague) == []
    with pytest.raises(NotFound):
        service.open_draft(session, colleague, draft)


def test_a_form_has_one_draft_the_newest(session, world):
    keep(session, world)
    before = secrets(session)
    newer = keep(session, world, typed=[("statement", "Han kom i tid i dag och i går.")])

    assert queries.list_drafts(session, world.school) == [newer]
    assert service.open_draft(session, world.school, newer)[0][1].endswith("i går.")
    assert secrets(session) == before


def test_sending_the_form_lets_its_draft_go_and_no_other(session, world):
    keep(session, world)
    other = keep(session, world, sent_to="/arenden/2/anteckningar/granska")
    before = secrets(session)

    service.forget_sent(session, world.school, "/arenden/1/anteckningar")

    assert queries.list_drafts(session, world.school) == [other]
    assert secrets(session) == before - 1


def test_what_somebody_else_sends_leaves_it(session, world):
    draft = keep(session, world)

    service.forget_sent(session, world.police, SENT_TO)

    assert queries.list_drafts(session, world.school) == [draft]


def test_it_is_kept_for_a_day(session, world):
    draft = keep(session, world)

    assert draft.until - draft.saved_at == timedelta(hours=24)


@pytest.fixture
def over(session, world, monkeypatch):
    """A draft whose day has gone by."""
    monkeypatch.setattr(service, "KEPT", timedelta(seconds=0.3))
    draft = keep(session, world)
    time.sleep(0.35)
    return draft


def test_then_it_is_nobodys(session, world, over):
    before = secrets(session)

    assert queries.list_drafts(session, world.school) == []
    assert service.sweep(session) == 1
    assert session.scalars(select(Draft)).all() == []
    assert secrets(session) == before - 1


def test_its_key_dies_even_if_nobody_lets_it_go(session, world, over):
    with pytest.raises(NotShown):
        service.open_draft(session, world.school, over)

    assert sweep_keys(session, TESTS) == 1


def test_a_new_one_in_its_place_is_under_a_new_secret(session, world, over, monkeypatch):
    monkeypatch.undo()
    newer = keep(session, world)

    assert newer.series_id != over.series_id
    assert service.open_draft(session, world.school, newer) == TYPED


@pytest.mark.parametrize(
    ("page", "sent_to"),
    [
        (PAGE, "/logga-in"),
        (PAGE, "/valkommen/losenord"),
        (PAGE, "/konto/installningar"),
        (PAGE, "/utkast"),
        (PAGE, "https://annanstans.example/"),
        (PAGE, "//annanstans.example/"),
        (PAGE, ""),
        ("//annanstans.example/", SENT_TO),
        (PAGE, "/arenden?namn=Kim"),
        (PAGE, "/" + "a" * 400),
        (PAGE, "/arenden\n"),
    ],
)
def test_some_forms_have_no_drafts(session, world, page, sent_to):
    assert keep(session, world, page=page, sent_to=sent_to) is None


@pytest.mark.parametrize("typed", [[], [("statement", " ")], [("a", "b")] * 501, [("statement", "å" * 40_000)]])
def test_neither_has_one_that_is_empty_or_far_too_much(session, world, typed):
    assert keep(session, world, typed=typed) is None


def test_a_password_is_never_in_it(session, world):
    draft = keep(session, world, typed=[*TYPED, ("password", "vattenfall gråsten"), ("code", "123456")])

    assert service.open_draft(session, world.school, draft) == TYPED


def test_there_is_an_end_to_how_many_one_may_have(session, world):
    for number in range(service.MOST_EACH):
        assert keep(session, world, sent_to=f"/arenden/{number}/anteckningar")

    assert keep(session, world, sent_to="/arenden/en-till") is None
    assert keep(session, world, sent_to="/arenden/3/anteckningar") is not None


def test_the_trail_tells_of_it_once_each_time_and_never_what(session, world):
    log = world.municipality.id
    session.commit()
    before = len(list_entries(session, log, limit=500))

    draft = keep(session, world)
    session.commit()
    service.open_draft(session, world.school, draft)
    session.commit()
    service.discard(session, world.school, draft)
    session.commit()

    entries = list_entries(session, log, limit=500)
    assert [one.event for one in reversed(entries[: len(entries) - before])] == [
        "envelope:sealed",
        "envelope:read",
        "unit:erased",
    ]
