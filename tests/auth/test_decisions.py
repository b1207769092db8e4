"""A no is false, carries its reason, and stops whoever requires a yes."""

import pytest

from auth.decisions import ALLOW, Decision, NotPermitted, deny, require


def test_a_yes_is_true_and_a_no_is_false():
    assert ALLOW
    assert not deny("Ärendet är avslutat.")


def test_a_yes_lets_one_go_on():
    require(ALLOW)


def test_a_no_stops_with_its_reason():
    with pytest.raises(NotPermitted, match="avslutat") as stopped:
        require(deny("Ärendet är avslutat."))

    assert stopped.value.reason == "Ärendet är avslutat."


def test_a_reason_need_not_be_text():
    with pytest.raises(NotPermitted) as stopped:
        require(deny(("note", 7)))

    assert stopped.value.reason == ("note", 7)


@pytest.mark.parametrize(("allowed", "reason"), [(True, "men"), (False, None)])
def test_no_decision_is_half_a_yes(allowed, reason):
    with pytest.raises(ValueError, match="reason"):
        Decision(allowed, reason)


def test_a_policy_that_forgets_to_answer_lets_nobody_through():
    with pytest.raises(AttributeError):
        require(None)
