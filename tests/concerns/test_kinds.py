"""What a worry can be about: the administrator's list, in its order, with nothing that was used ever gone."""

import pytest

from sspf.concerns import kinds, queries
from sspf.errors import ValidationFailed
from sspf.overtaken import mark_of
from tests.concerns.make import a_concern, a_kind, fresh


def labels(session, world, **also):
    return [kind.label for kind in queries.list_kinds(session, world.municipality.id, **also)]


def change(session, world, what, called, **how):
    kind_id = next(
        one.id for one in queries.list_kinds(session, world.municipality.id, also_ended=True) if one.label == called
    )
    what(session, world.administrator.who, municipality_id=world.municipality.id, kind_id=kind_id, **how)
    session.flush()


def test_a_municipality_begins_with_neutral_words(session, world):
    assert labels(session, world) == [label for label, _warns in kinds.FIRST]
    warning = {kind.label for kind in queries.list_kinds(session, world.municipality.id) if kind.warns}
    assert warning == {"Våld i nära relation", "Heder"}


def test_they_are_moved_one_step_and_no_further_than_the_ends(session, world):
    change(session, world, kinds.move, "Riskmiljö", step=-1)
    assert labels(session, world)[:2] == ["Riskmiljö", "Frånvaro"]
    change(session, world, kinds.move, "Riskmiljö", step=-1)
    assert labels(session, world)[:2] == ["Riskmiljö", "Frånvaro"]
    change(session, world, kinds.move, "Annat", step=1)
    assert labels(session, world)[-1] == "Annat"


def test_one_that_is_out_of_use_stays_on_what_has_it_and_comes_back(session, world):
    concern = a_concern(session, world, kind="Droger")
    change(session, world, kinds.set_in_use, "Droger", in_use=False)

    assert "Droger" not in labels(session, world)
    assert labels(session, world, also_ended=True)[-1] == "Droger"
    assert fresh(session, world.school, concern).kind.label == "Droger"
    change(session, world, kinds.set_in_use, "Droger", in_use=True)
    assert "Droger" in labels(session, world)


def test_the_word_can_be_changed_and_no_two_are_called_the_same(session, world):
    change(session, world, kinds.rename, "Droger", label="Rusmedel", warns=False, read=mark_of("Droger", False))
    assert a_kind(session, world, "Rusmedel")
    with pytest.raises(ValidationFailed):
        change(session, world, kinds.rename, "Rusmedel", label="heder", warns=False, read=mark_of("Rusmedel", False))
    with pytest.raises(ValidationFailed):
        kinds.add_kind(
            session, world.administrator.who, municipality_id=world.municipality.id, label="Heder", warns=True
        )
