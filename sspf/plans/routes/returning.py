"""The way back to the page that an action was changed on, from what its form sent along."""

from typing import Any
from uuid import UUID

from starlette.responses import Response

from sspf.plans.forms import PressForm
from sspf.plans.returning import CASE_PAGE, Back, Place
from sspf.web import Page, Submitted


def page_of(form: Submitted[Any]) -> Back:
    """The page that a button stands on; the case's if what was sent names none of ours."""
    return form.data.page if isinstance(form.data, PressForm) else CASE_PAGE


def typed_back(form: Submitted[Any]) -> dict[str, str]:
    """The hidden fields that name the page, as they were sent, for a form that is shown again."""
    return {name: form.value(name) for name in ("back", "meeting", "after") if form.value(name)}


def go_back(page: Page, back: Back, case_id: UUID, action_id: UUID) -> Response:
    """To the page that the change was made on, with the action that was changed in its address."""
    query = {"nyss": str(action_id)}
    if back.place is Place.MEETING and back.meeting_id is not None:
        return page.see_other("show_meeting", meeting_id=back.meeting_id, query=query | {"arende": str(case_id)})
    if back.place in {Place.MINE, Place.ALL}:
        more = {"efter": back.after} if back.after else {}
        whose = {"visa": "alla"} if back.place is Place.ALL else {}
        return page.see_other("list_my_actions", query=whose | more | query)
    if back.place is Place.ACTION:
        return page.see_other("show_action", case_id=case_id, action_id=action_id, query=query)
    return page.see_other("show_case", case_id=case_id, query=query)
