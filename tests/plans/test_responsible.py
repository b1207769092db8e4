"""Who can be asked, as a form's choice has it."""

from uuid import UUID, uuid4

import pytest

from sspf.plans.responsible import FAMILY, Responsible, parse

ID = UUID(int=1)


@pytest.mark.parametrize("one", [FAMILY, Responsible(uuid4()), Responsible(uuid4(), uuid4())])
def test_a_choice_comes_back_as_it_was(one: Responsible) -> None:
    assert parse(str(one)) == one


@pytest.mark.parametrize("typed", ["", "familjen", "x", f"{ID}:", f":{ID}", f"{ID}:{ID}:{ID}"])
def test_anything_else_is_no_choice(typed: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011  # there is nothing to tell apart
        parse(typed)


def test_a_person_answers_as_part_of_an_organisation() -> None:
    with pytest.raises(ValueError, match="organisation"):
        Responsible(None, uuid4())
