"""The Jinja environment: strict about names, escaped always, and the same few words in every template."""

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime
from importlib.resources import files
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, pass_context
from jinja2.runtime import Context, Macro
from markupsafe import Markup
from starlette.requests import Request

from sspf.texts import in_swedish, upper_first
from sspf.web import dates
from sspf.web.frame import Frame
from sspf.web.languages import say, say_number
from sspf.web.preferences import dressed, here
from sspf.web.state import edge_of, nonce_of
from sspf.web.static import Asset
from sspf.web.staying import staying


def templates_folder() -> Path:
    """The templates of the installed package, or those beside it in a checkout."""
    package = Path(str(files("sspf")))
    installed = package / "_templates"
    return installed if installed.is_dir() else package.parent / "templates"


def make_environment(folders: Iterable[Path], assets: Mapping[str, Asset]) -> Environment:
    """Templates from ``folders``, with the macros of ``ui/`` in one global: a block rendered alone imports nothing."""
    environment = Environment(
        loader=FileSystemLoader(list(folders)),
        autoescape=True,
        undefined=StrictUndefined,
        extensions=["jinja2.ext.i18n"],
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    environment.install_gettext_callables(say, say_number, newstyle=True)  # type: ignore[attr-defined]
    environment.filters |= {
        name: getattr(dates, name) for name in ("date_words", "day", "time", "moment", "machine", "date_echo")
    }
    environment.filters |= {"field_id": field_id, "upper_first": upper_first}
    environment.globals |= {"static": lambda name: assets[name], "hx": hx, "swedish": swedish}
    environment.globals["ui"] = load_macros(environment)
    return environment


def load_macros(environment: Environment) -> SimpleNamespace:
    """Every macro of ``ui/*.html`` that does not begin with an underscore.

    Raises:
        ValueError: two files define the same name.
    """
    macros: dict[str, Macro] = {}
    for name in environment.list_templates(filter_func=lambda name: name.startswith("ui/")):
        module = vars(environment.get_template(name).module)
        own = {key: macro for key, macro in module.items() if isinstance(macro, Macro) and not key.startswith("_")}
        if twice := sorted(macros.keys() & own.keys()):
            raise ValueError(f"{name}: macros defined twice: {', '.join(twice)}")
        macros |= own
    return SimpleNamespace(**macros)


def request_context(request: Request, frame: Frame) -> dict[str, Any]:
    """What every template has: the frame, this answer's nonce, the way to a route, the path asked for and when.

    ``return_to`` is the page to come back to from a small change of the frame; none from a form that was refused.
    """
    return {
        "frame": dressed(request, frame),
        "nonce": nonce_of(request),
        "path_to": edge_of(request).path_to,
        "path": request.url.path,
        "return_to": here(request),
        "staying": staying(request),
        "fetched_at": datetime.now(UTC),
    }


@pass_context
def hx(context: Context, method: str, path: str, *, target: str, swap: str = "outerHTML", **more: str) -> Markup:
    """The attributes that let htmx send this form and replace the element ``target``, with the nonce they need.

    ``more`` are other attributes, ``trigger="…"`` for ``hx-trigger``. The buttons rest until the answer is there.
    """
    attributes = {
        method: path,
        "target": f"#{target}",
        "swap": swap,
        "disable": "find button",
        **more,
        "nonce": context["nonce"],
    }
    # with format in place of %, this alone would be a tenth of a page with many forms
    return Markup(" ").join(
        Markup('hx-%s="%s"') % (name.replace("_", "-"), value) for name, value in attributes.items()
    )


def swedish(caller: Callable[[], Markup]) -> Markup:
    """What is to be read by somebody else than who prints it: ``{% call swedish() %}…{% endcall %}``."""
    with in_swedish():
        return caller()


def field_id(name: str) -> str:
    """The id of the field called ``name``, fit for a link: "rows[school:police]" is "rows-school-police"."""
    return re.sub(r"[^A-Za-z0-9_]+", "-", name).strip("-")
