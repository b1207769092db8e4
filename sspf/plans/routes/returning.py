"""The way back to the page that an action was changed on, from what its form sent along."""

from typing import Any
from uuid import UUID

from pydantic import ValidationError
from starlette.responses import Response

from sspf.plans.forms import PressForm
from sspf.plans.returning import CASE_PAGE, Back, Place
from sspf.web import Page, Submitted


def page_of(form: Submitted[Any]) -> Back:
    """The page that a button stands on; the case's if what was sent names none of ours."""
    if isinstance(form.data, PressForm):
        return form.data.page
    try:
        return PressForm.model_validate(typed_back(form)).page
    except ValidationError:
        return CASE_PAGE


def typed_back(form: Submitted[Any]) -> dict[str, str]:
    """The hidden fields that name the page, as they were sent, for a form that is shown again."""
    return {name: form.value(name) for name in ("back", "meeting", "after") if form.value(name)}


def way_back(back: Back, case_id: UUID, action_id: UUID) -> tuple[str, dict[str, object], dict[str, str]]:
    """The page that a change is made on: its route, the ids in it and what else its address says."""
    if back.place is Place.MEETING and back.meeting_id is not None:
        return "show_meeting", {"meeting_id": back.meeting_id}, {"arende": str(case_id)}
    if back.place in {Place.MINE, Place.ALL}:
        whose = {"visa": "alla"} if back.place is Place.ALL else {}
        return "list_my_actions", {}, whose | ({"efter": back.after} if back.after else {})
    if back.place is Place.ACTION:
        return "show_action", {"case_id": case_id, "action_id": action_id}, {}
    return "show_case", {"case_id": case_id}, {}


def go_back(page: Page, back: Back, case_id: UUID, action_id: UUID) -> Response:
    """To that page, with the action that was changed in its address."""
    route, ids, query = way_back(back, case_id, action_id)
    return page.see_other(route, query=query | {"nyss": str(action_id)}, **ids)
