"""Forms: read strictly, answered in whole sentences, and never losing what was typed."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Annotated, Any, Generic, TypeAlias, TypeVar

from fastapi import Depends
from pydantic import ValidationError
from starlette.datastructures import ImmutableMultiDict
from starlette.requests import Request

from sspf.errors import ValidationFailed
from sspf.texts import Text
from sspf.web.form_errors import sentences, unfit
from sspf.web.form_fields import FormModel, clean
from sspf.web.form_shape import Typed, shaped
from sspf.web.versions import Compared, Versions, versions

Model = TypeVar("Model", bound=FormModel)


@dataclass(frozen=True, slots=True)
class Problem:
    """One line of the error summary: what is wrong, and the field to go to (no name: the form as a whole)."""

    name: str
    sentence: Text


@dataclass(frozen=True, slots=True)
class Submitted(Generic[Model]):
    """A form as it stands: what was typed, what is wrong with it and, if nothing is, the values.

    ``both``: what was typed and what stands now, when somebody else was first.
    """

    data: Model | None = field(default=None, repr=False)
    typed: Typed = field(default_factory=dict, repr=False)
    problems: tuple[Problem, ...] = ()
    both: Versions | None = field(default=None, repr=False)

    def value(self, name: str) -> str:
        """What stands in the field, as it was typed."""
        return next(iter(self.typed.get(name, ())), "")

    def chosen(self, name: str) -> Sequence[str]:
        """What is ticked in a group of boxes, or the one radio button."""
        return self.typed.get(name, ())

    def error(self, name: str) -> Text | None:
        return next((problem.sentence for problem in self.problems if problem.name == name), None)

    def refused(self, failed: ValidationFailed) -> "Submitted[Model]":
        """The same form with what the rules say about it."""
        problems = tuple(Problem(name, sentence) for name, sentence in failed.errors.items())
        return replace(self, data=None, problems=self.problems + problems)

    def overtaken(self, now: "Submitted[Any]", fields: Iterable[Compared]) -> "Submitted[Model]":
        """The same form when somebody else was first, beside what stands ``now``, which it is next saved over."""
        both = versions(self.value, now.value, fields)
        return replace(self, data=None, typed={**self.typed, "read": now.chosen("read")}, both=both)


def blank(**values: object) -> Submitted[Any]:
    """A form that nobody has sent, with values to begin from: a text, a date, a choice, or a list of them."""
    return Submitted(typed={name: _as_typed(value) for name, value in values.items() if value is not None})


if TYPE_CHECKING:
    Sent: TypeAlias = Submitted[Model]
    Queried: TypeAlias = Submitted[Model]
else:  # a type checker sees what a route is handed; FastAPI also sees how it is read

    class Sent:
        """A route's parameter: the form that was sent, read as ``Sent[Model]`` says."""

        def __class_getitem__(cls, model: type[FormModel]) -> object:
            async def read_form(request: Request) -> Submitted[FormModel]:
                return read(model, await request.form(max_files=0, max_fields=2000))

            return Annotated[Submitted[model], Depends(read_form)]

    class Queried:
        """A route's parameter: the address's query, read as ``Queried[Model]`` says: what a list is filtered by."""

        def __class_getitem__(cls, model: type[FormModel]) -> object:
            def read_query(request: Request) -> Submitted[FormModel]:
                return read(model, request.query_params)

            return Annotated[Submitted[model], Depends(read_query)]


def read(model: type[Model], sent: ImmutableMultiDict[str, Any]) -> Submitted[Model]:
    """Read what was sent as ``model``."""
    typed = {name: [value for value in sent.getlist(name) if isinstance(value, str)] for name in sent}
    unkept = [name for name, values in typed.items() if any(clean(text) is None for text in [name, *values])]
    if unkept:
        return Submitted(typed=typed, problems=tuple(Problem(name, unfit()) for name in unkept))
    try:
        data = model.model_validate_json(json.dumps(shaped(model, typed)))
    except ValidationError as error:
        return Submitted(typed=typed, problems=tuple(Problem(*one) for one in sentences(model, error)))
    return Submitted(data=data, typed=typed)


def _as_typed(value: object) -> list[str]:
    if isinstance(value, bool):
        return ["on"] if value else []
    if isinstance(value, (list, tuple, set, frozenset)):
        return [str(one) for one in value]
    return [str(value)]
