"""The edge: everything between a browser and a feature's route. Knows who asks, and no case.

- a request on its way in: ``static``, ``same_origin``, ``body``, ``gate``, ``session``, ``current_user``,
  ``ticket``, ``locks``
- what a route works with: ``routing``, ``forms`` with ``form_*``, ``versions``, ``page``, ``frame``, ``templating``
- who is spoken to, and how: ``voice``, ``languages``, ``preferences``, ``dates``, ``staying``; on paper: ``paper``
- on the way out: ``headers``, ``error_pages`` with ``problems``, ``unexpected``, ``last_seen``,
  ``request_log`` with ``log``
- ``edge`` puts them together, and ``state`` is what it was given
"""

from sspf.web.current_user import CurrentActor, MaybeActor
from sspf.web.form_fields import FormModel, OneLine, Ticked, Whole, WrittenOver, Wrong, entry
from sspf.web.forms import Queried, Sent, Submitted, blank
from sspf.web.frame import Frame, MakeFrame, MenuItem
from sspf.web.locks import exclusive, shared
from sspf.web.page import CurrentPage, Page
from sspf.web.routing import Access, Router
from sspf.web.session import DbSession
from sspf.web.state import Refusal
from sspf.web.ticket import CurrentTicket
from sspf.web.versions import Compared

__all__ = [
    "Access",
    "Compared",
    "CurrentActor",
    "CurrentPage",
    "CurrentTicket",
    "DbSession",
    "FormModel",
    "Frame",
    "MakeFrame",
    "MaybeActor",
    "MenuItem",
    "OneLine",
    "Page",
    "Queried",
    "Refusal",
    "Router",
    "Sent",
    "Submitted",
    "Ticked",
    "Whole",
    "WrittenOver",
    "Wrong",
    "blank",
    "entry",
    "exclusive",
    "shared",
]
