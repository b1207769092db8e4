"""An actor is values that cannot be changed, and speaks to the trail in ids alone."""

from dataclasses import FrozenInstanceError
from uuid import uuid4

import pytest

from audit.events import Subject
from auth.events import AccountEvent
from tests.auth.make import MUNICIPALITY, an_actor


def test_an_actor_cannot_be_changed():
    with pytest.raises(FrozenInstanceError):
        an_actor().role = "administrator"


def test_what_an_actor_did_goes_to_the_municipalitys_log():
    actor, case = an_actor(), Subject(case_id=uuid4())

    event = actor.did(AccountEvent.CONFIRMED, case, user="u")

    assert event.log == MUNICIPALITY
    assert event.tag is AccountEvent.CONFIRMED
    assert event.subjects == (case,)
    assert event.facts == {"user": "u"}


def test_the_trail_is_told_who_by_ids_alone():
    actor = an_actor()

    who = actor.did(AccountEvent.CONFIRMED).who

    assert (who.user_id, who.assignment_id) == (actor.user_id, actor.assignment_id)
    assert (who.organisation_id, who.session_id) == (actor.organisation_id, actor.session_id)
    assert who.system is None
    assert actor.name not in repr(who)
