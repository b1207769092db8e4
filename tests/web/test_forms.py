"""Forms: strict about what they take, kind about what they say, and nothing typed is lost."""

from datetime import date, time
from enum import StrEnum
from typing import Literal, Self
from uuid import UUID

import pytest
from pydantic import field_validator, model_validator
from starlette.datastructures import FormData, QueryParams

from sspf.errors import ValidationFailed
from sspf.texts import _
from sspf.web import FormModel, Ticked, Whole, Wrong, blank, entry
from sspf.web.forms import Submitted, read
from tests.web.edge_under_test import browser, edge_with
from tests.web.routes_under_test import feature

PERSON = UUID("01890000-0000-7000-8000-000000000001")


class Answer(StrEnum):
    YES = "yes"
    NO = "no"


class PlanForm(FormModel):
    what: str = entry(_("Skriv vad som ska göras."), most=20)
    who: UUID = entry(_("Välj vem."), wrong=_("Välj någon i listan."))
    by: date = entry(_("Skriv när."))
    at: time | None = entry(_("Skriv klockan."), default=None)
    version: Whole = entry(_("Ladda sidan och försök igen."), default=1)
    kinds: list[Answer] = entry(_("Välj minst en."), most=2)
    spoken: Ticked = False
    step: Literal["check", "save"] = "save"
    rows: dict[str, Answer] = entry(_("Fyll i raderna."), default={})
    many: dict[str, list[Answer]] = entry(_("Fyll i raderna."), default={})
    until: date | None = entry(_("Skriv slutdagen."), default=None)

    @field_validator("what")
    @classmethod
    def not_shouted(cls, what: str) -> str:
        if what.isupper():
            raise Wrong(_("Skriv med små bokstäver."))
        return what

    @model_validator(mode="after")
    def ends_after_it_begins(self) -> Self:
        if self.until and self.until < self.by:
            raise Wrong(_("Slutdagen är före startdagen."), field="until")
        return self


FILLED = [("what", "Ringa hem"), ("who", str(PERSON)), ("by", "2026-11-24"), ("kinds", "yes")]


def sent(*pairs: tuple[str, str]) -> Submitted[PlanForm]:
    """The form as filled in, with ``pairs`` in place of the fields they name."""
    named = {name for name, _value in pairs}
    return read(PlanForm, FormData([pair for pair in FILLED if pair[0] not in named] + list(pairs)))


def said(form: Submitted[PlanForm]) -> dict[str, str]:
    return {problem.name: str(problem.sentence) for problem in form.problems}


def test_a_form_that_is_right_becomes_values():
    form = sent(
        ("at", "09:00"), ("version", "7"), ("spoken", "on"), ("step", "check"), ("kinds", "yes"), ("kinds", "no")
    )

    assert form.problems == ()
    assert form.data == PlanForm(
        what="Ringa hem",
        who=PERSON,
        by=date(2026, 11, 24),
        at=time(9),
        version=7,
        kinds=[Answer.YES, Answer.NO],
        spoken=True,
        step="check",
    )


def test_rows_are_read_by_their_names():
    form = sent(
        ("rows[school:police]", "no"),
        ("rows[school:social]", "yes"),
        ("many[a]", "yes"),
        ("many[a]", "no"),
        ("many[b]", "no"),
    )

    assert form.data.rows == {"school:police": Answer.NO, "school:social": Answer.YES}
    assert form.data.many == {"a": [Answer.YES, Answer.NO], "b": [Answer.NO]}


@pytest.mark.parametrize(
    ("pair", "sentence"),
    [
        (("what", ""), "Skriv vad som ska göras."),
        (("what", "  \r\n "), "Skriv vad som ska göras."),
        (("what", "a" * 21), "Skriv kortare: högst 20 tecken."),
        (("what", "RINGA"), "Skriv med små bokstäver."),
        (("what", "a\x00b"), "Texten innehåller ett tecken som inte går att spara. Skriv den igen."),
        (("what", "\x1b[2J"), "Texten innehåller ett tecken som inte går att spara. Skriv den igen."),
        (("who", "elva"), "Välj någon i listan."),
        (("by", "24/11 2026"), "Skriv datumet som 2026-11-24."),
        (("by", "2026-02-30"), "Skriv datumet som 2026-11-24."),
        (("by", "9999-12-31"), "Kontrollera årtalet."),
        (("until", "0001-01-01"), "Kontrollera årtalet."),
        (("by", "1764000000"), "Skriv datumet som 2026-11-24."),
        (("by", "2026-11-24T00:00:00"), "Skriv datumet som 2026-11-24."),
        (("at", "kvart i"), "Skriv klockslaget som 09:00."),
        (("version", "1.0"), "Skriv ett heltal med siffror."),
        (("version", "-1"), "Skriv ett heltal med siffror."),
        (("version", "٣"), "Skriv ett heltal med siffror."),
        (("version", "9" * 5000), "Skriv ett heltal med siffror."),
        (("kinds", "kanske"), "Välj ett av alternativen."),
        (("step", "delete"), "Välj ett av alternativen."),
        (("rows[school:police]", "kanske"), "Välj ett av alternativen."),
        (("until", "2026-11-23"), "Slutdagen är före startdagen."),
    ],
)
def test_each_mistake_has_one_sentence_at_its_field(pair, sentence):
    form = sent(pair)

    assert form.data is None
    assert said(form) == {pair[0]: sentence}
    assert form.value(pair[0]) == pair[1]  # as it was typed


def test_too_many_choices_say_how_many():
    assert said(sent(("kinds", "yes"), ("kinds", "no"), ("kinds", "yes"))) == {"kinds": "Välj högst 2."}


def test_one_field_sent_twice_is_not_guessed_at():
    assert said(sent(("what", "Ringa"), ("what", "Skriva"))) == {"what": "Välj eller skriv bara en sak."}


@pytest.mark.parametrize("name", ["is_admin", "rows[a][b]", "data", "__class__", "what[x]"])
def test_a_field_that_is_not_the_forms_is_refused(name):
    form = sent((name, "1"))

    assert form.data is None
    assert form.problems


def test_a_row_and_a_field_of_one_name_do_not_mix():
    assert sent(("rows", "yes"), ("rows[a]", "yes")).data is None
    assert sent(("rows[a]", "yes"), ("rows", "yes")).data is None


def test_the_summary_is_in_the_order_of_the_form():
    form = read(PlanForm, FormData([("rows[a]", "x"), ("version", "x"), ("spoken", "on")]))

    assert [problem.name for problem in form.problems] == ["what", "who", "by", "version", "kinds", "rows[a]"]


def test_text_is_kept_in_one_spelling():
    form = sent(("what", "  Mo\u0308te\r\nA\u030aka  "))

    assert form.data.what == "M\u00f6te\n\u00c5ka"


def test_a_form_never_prints_what_was_typed():
    form = sent(("what", "Kim Exempelsson " * 3))

    assert "Exempelsson" not in repr(form)


def test_a_rule_of_the_service_is_said_at_its_field():
    form = sent().refused(ValidationFailed(who=_("Eva har slutat."), **{"": _("Ärendet är avslutat.")}))

    assert form.data is None
    assert str(form.error("who")) == "Eva har slutat."
    assert said(form) == {"who": "Eva har slutat.", "": "Ärendet är avslutat."}
    assert form.value("what") == "Ringa hem"


def test_a_blank_form_begins_from_values():
    form = blank(what="Ringa", by=date(2026, 11, 24), kinds=[Answer.YES], spoken=True, until=None, read_aloud=False)

    assert form.value("what") == "Ringa"
    assert form.value("by") == "2026-11-24"
    assert form.chosen("kinds") == ["yes"]
    assert form.value("spoken") == "on"
    assert form.value("until") == ""
    assert form.value("read_aloud") == ""


def test_a_query_is_read_as_strictly():
    assert read(PlanForm, QueryParams([*FILLED, ("by", "x")])).data is None
    assert read(PlanForm, QueryParams(FILLED)).data is not None


def test_a_page_with_mistakes_keeps_all_that_was_typed_and_leads_to_each():
    client = browser(edge_with(feature))

    answer = client.post("/hej", data={"name": 'Kim "<Exempel>" & co', "kinds": ["leisure", "okänt"]})

    assert answer.status_code == 422
    assert 'value="Kim &#34;&lt;Exempel&gt;&#34; &amp; co"' in answer.text
    assert answer.text.count(" checked") == 1
    assert '<a class="ds-link" href="#name">Skriv kortare: högst 10 tecken.</a>' in answer.text
    assert 'aria-describedby="name-error" aria-invalid="true"' in answer.text
    assert answer.text.index("ds-error-summary") < answer.text.index('id="name"')


def test_a_file_is_no_text():
    client = browser(edge_with(feature))

    answer = client.post("/hej", files={"name": ("x.txt", b"Kim")})

    assert answer.status_code == 400
    assert "Det gick inte att läsa" in answer.text


def test_what_is_no_form_at_all_is_an_empty_one():
    client = browser(edge_with(feature))

    answer = client.post("/hej", json={"name": "Kim"})

    assert answer.status_code == 422
