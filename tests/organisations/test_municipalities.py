"""A family should not meet its municipality's name misspelt on the first line of every page."""

import pytest

from sspf.organisations.municipalities import full_name, municipalities


@pytest.mark.parametrize(
    ("short", "full"),
    [
        ("Exempelköping", "Exempelköpings kommun"),
        ("Luleå", "Luleå kommun"),
        ("Växjö", "Växjö kommun"),
        ("Kalmar", "Kalmar kommun"),
        ("Alingsås", "Alingsås kommun"),
        ("Kalix", "Kalix kommun"),
        ("Dals-Ed", "Dals-Eds kommun"),
        ("Malmö", "Malmö stad"),
        ("Stockholm", "Stockholms stad"),
        ("Gotland", "Region Gotland"),
    ],
)
def test_a_municipality_is_called_as_people_say_it(short: str, full: str) -> None:
    assert full_name(short) == full


def test_all_of_them_have_a_name_of_their_own() -> None:
    assert len(set(municipalities().values())) == 290
