"""The law is quoted as it stands in the statute book, by the day."""

import hashlib
from datetime import date

import pytest

from sspf.law.statutes import quoted

# of the consolidated texts, so that no word is changed by hand
TEXTS = {
    ("SoL", "19:1", date(2026, 1, 14)): "09a63485f65e87c105df95740038fda29bd0c6cff1c733c952e2479ee97e88ce",
    ("SoL", "19:1", date(2026, 1, 15)): "3c3b070d15fb6f6f820a6133647cb016149488695f851a25442d0d61fe8f9a78",
    ("OSL", "40:7 g", date(2026, 1, 15)): "fca207e9fa749b515dab5e92293d0e1eb42e4fc7d90e66e0682cc0b071edab14",
}


@pytest.mark.parametrize(("act", "place", "day"), TEXTS)
def test_the_words_are_the_statutes_own(act, place, day):
    assert hashlib.sha256(quoted(act, place, on=day).text.encode()).hexdigest() == TEXTS[act, place, day]


def test_the_duty_to_report_is_quoted_with_the_day_from_which_it_is_worded_so():
    duty = quoted("SoL", "19:1", on=date(2026, 11, 26))

    assert (duty.title, duty.place) == ("Socialtjänstlag (2025:400)", "19 kap. 1 §")
    assert (duty.valid_from, duty.wording_by) == (date(2026, 1, 15), "2025:1501")
    assert duty.paragraphs[0].endswith("misstänker att ett barn far illa:")
    assert sum(line[0].isdigit() for line in duty.paragraphs) == 22


def test_before_there_was_such_a_provision_none_is_quoted():
    with pytest.raises(LookupError):
        quoted("OSL", "40:7 g", on=date(2026, 1, 14))
