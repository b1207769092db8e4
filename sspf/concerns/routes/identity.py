"""Who they are: written down on the family's yes, and shown one person at a time, on purpose."""

from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session
from starlette.responses import Response

from auth.actor import Actor
from auth.decisions import require
from sspf.concerns import contacting, correcting, filling, labels, policy, queries
from sspf.concerns.forms import IdentityForm
from sspf.concerns.models import Concern
from sspf.concerns.routes.registry import router
from sspf.concerns.service import record_shown
from sspf.db import clock
from sspf.errors import Conflict, NotFound, ValidationFailed
from sspf.law.purposes import Purpose
from sspf.people import queries as people
from sspf.people.numbers import Number
from sspf.people.service import Described
from sspf.people.typed import PLACES, described_in, numbers_in, prefix_of
from sspf.texts import _
from sspf.vault import door
from sspf.web import Access, Compared, CurrentActor, CurrentPage, DbSession, Page, Sent, Submitted, exclusive, shared

NOTICES = {"ja": _("Familjens ja är sparat. Skriv nu vem det gäller.")}
_PARTS = {
    "called_name": _("kallas"),
    "full_name": _("hela namnet"),
    "number": _("nummer"),
    "contact": _("så når man hen"),
}
_WHO = (_("Den unge"), _("Vårdnadshavare"), _("Den andra vårdnadshavaren"))
FIELDS: list[Compared] = [
    (prefix_of(place) + part, _("%(who)s, %(what)s", who=who, what=what), {})
    for place, who in enumerate(_WHO)
    for part, what in _PARTS.items()
]


@router.get("/kontakter/{concern_id}/vem", access=Access.SIGNED_IN, lock=shared("concern_id"))
def new_identity(page: CurrentPage, session: DbSession, actor: CurrentActor, concern_id: UUID) -> Response:
    concern = queries.get_concern(session, actor, concern_id)
    require(policy.can_identify(actor, concern, clock.now(session)))
    record_shown(session, actor, concern)
    return _form(page, concern, filling.identity_form(session, actor, concern))


@router.post("/kontakter/{concern_id}/vem", access=Access.SIGNED_IN, lock=exclusive("concern_id"))
def record_identity(
    page: CurrentPage,
    session: DbSession,
    actor: CurrentActor,
    concern_id: UUID,
    form: Sent[IdentityForm],
) -> Response:
    concern = queries.get_concern(session, actor, concern_id)
    require(policy.can_identify(actor, concern, clock.now(session)))
    if form.data is None:
        return _refused(page, session, actor, concern, form)
    try:
        found = numbers_in(session, form.data)
    except ValidationFailed as failed:
        return _refused(page, session, actor, concern, form.refused(failed))
    wanted = _described(form.data, found)
    try:
        if concern.identified_at is None:
            youth, *guardians = filter(None, wanted)
            contacting.identify(session, actor, concern, youth=youth, guardians=guardians)
        else:
            correcting.correct_identity(session, actor, concern, wanted, read=form.data.read)
    except Conflict:
        now = filling.identity_form(session, actor, concern)
        return _form(page, concern, form.overtaken(now, FIELDS), status=409)
    return page.see_other("show_concern", concern_id=concern.id, query={"klart": "vem"})


def _described(form: IdentityForm, found: dict[str, Number]) -> list[Described | None]:
    """The youth first, then the guardians in their places; None for one that was not filled in."""
    there = (described_in(form, found, place) for place in PLACES)
    return [one if one.called_name else None for one in there]


def _refused(page: Page, session: Session, actor: Actor, concern: Concern, form: Submitted[Any]) -> Response:
    record_shown(session, actor, concern)
    return _form(page, concern, form, status=422)


def _form(page: Page, concern: Concern, form: Submitted[Any], status: int = 200) -> Response:
    return page.render(
        "concerns/identity.html",
        status=status,
        concern=concern,
        form=form,
        labels=labels,
        notice=page.notice(NOTICES),
    )


@router.get("/kontakter/{concern_id}/personer/{person_id}", access=Access.SIGNED_IN, lock=shared("concern_id"))
def reveal_concern_person(
    page: CurrentPage, session: DbSession, actor: CurrentActor, concern_id: UUID, person_id: UUID
) -> Response:
    """What the reading shows of the person, or nothing at all."""
    concern = queries.get_concern(session, actor, concern_id)
    person = next((one for one in concern.people if one.person_id == person_id), None)
    if person is None or not policy.leads(actor, concern):
        raise NotFound
    access = policy.access_to(actor, concern)
    reading = door.open(session, access, Purpose.REVEAL, envelope_ids=people.envelope_ids(session, person_id))
    parts = people.parts_of(session, reading, [person_id]).get(person_id)
    if parts is None:
        raise NotFound
    role = labels.ROLES[person.role]
    return page.render("concerns/person.html", concern=concern, role=role, person=people.revealed(reading, parts))
