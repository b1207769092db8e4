"""What is wrong with a field, in one sentence that says what to do."""

from collections.abc import Iterator
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from sspf.texts import Text, _
from sspf.web.form_fields import FormModel, Wrong
from sspf.web.form_shape import name_of

_BY_KIND = {
    "date": _("Skriv datumet som 2026-11-24."),
    "time": _("Skriv klockslaget som 09:00."),
    "int": _("Skriv ett heltal med siffror."),
    "uuid": _("Välj ett av alternativen."),
    "enum": _("Välj ett av alternativen."),
    "literal": _("Välj ett av alternativen."),
    "string": _("Välj eller skriv bara en sak."),
}


def unfit() -> Text:
    return _("Texten innehåller ett tecken som inte går att spara. Skriv den igen.")


def sentences(model: type[FormModel], error: ValidationError) -> Iterator[tuple[str, Text]]:
    """Each field that is wrong, once, in the model's order; the empty name is the form as a whole."""
    order = {name: place for place, name in enumerate(model.model_fields)}
    seen: dict[str, Text] = {}
    for detail in error.errors(include_url=False, include_input=False):
        name, sentence = _one(model, detail)
        seen.setdefault(name, sentence)
    return iter(sorted(seen.items(), key=lambda item: order.get(item[0].partition("[")[0], len(order))))


def _one(model: type[FormModel], detail: ErrorDetails) -> tuple[str, Text]:
    context: dict[str, Any] = detail.get("ctx", {})
    name = name_of(model, detail["loc"])
    raised = context.get("error")
    if isinstance(raised, Wrong):
        return raised.field or name, raised.sentence
    if detail["type"] == "extra_forbidden":
        return "", _("Formuläret har fått med något som inte hör dit. Ladda sidan och försök igen.")
    said = _said(model, name)
    if detail["type"] == "missing":
        return name, said.get("missing") or _("Fyll i det här fältet.")
    if detail["type"] == "string_too_long":
        return name, _("Skriv kortare: högst %(most)s tecken.", most=context["max_length"])
    if detail["type"] == "too_long":
        return name, _("Välj högst %(most)s.", most=context["max_length"])
    by_kind = _BY_KIND.get(detail["type"].partition("_")[0])
    return name, said.get("wrong") or by_kind or _("Kontrollera det här fältet.")


def _said(model: type[FormModel], name: str) -> dict[str, Text]:
    field = model.model_fields.get(name.partition("[")[0])
    extra = field.json_schema_extra if field else None
    return dict(extra) if isinstance(extra, dict) else {}  # type: ignore[arg-type]
