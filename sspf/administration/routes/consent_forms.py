"""The municipality's form: its versions, one of them as it asks, and a new one made from an old one."""

from collections.abc import Mapping
from uuid import UUID

from sqlalchemy.orm import Session
from starlette.responses import Response

from auth import queries as accounts
from auth.actor import Actor
from auth.decisions import require
from sspf.administration.routes.registry import router
from sspf.consents.labels import kind_label
from sspf.consents.printed import policy, queries, service
from sspf.consents.printed.asked import CAN_BE_ASKED, DEFAULT, PARTIES, Asked, Question
from sspf.consents.printed.forms import FromForm, NewVersionForm
from sspf.db import clock
from sspf.errors import ValidationFailed
from sspf.law.kinds import ASKED
from sspf.organisations.kinds import KINDS
from sspf.organisations.models import OrganisationKind
from sspf.texts import Text, _
from sspf.web import Access, CurrentActor, CurrentPage, DbSession, Page, Queried, Sent, Submitted, blank

NOTICES: Mapping[str, Text] = {
    "ny": _("Versionen är sparad. Den kan inte ändras, så att det som skrivs under på den alltid betyder samma sak."),
    "slut": _("Versionen används inte längre. Det som familjer har svarat på den gäller som förut."),
}
SOURCES = (*PARTIES, OrganisationKind.COORDINATION)
RECIPIENTS = (OrganisationKind.COORDINATION, *PARTIES)


@router.get("/administration/blanketter", access=Access.SIGNED_IN)
def list_consent_forms(page: CurrentPage, session: DbSession, actor: CurrentActor) -> Response:
    require(policy.can_make_forms(actor))
    forms = queries.list_forms(session, actor.municipality_id)
    return page.render(
        "administration/consent_forms.html",
        forms=forms,
        today=clock.today(session),
        notice=page.notice(NOTICES),
    )


@router.get("/administration/blanketter/ny", access=Access.SIGNED_IN)
def new_consent_form(
    page: CurrentPage,
    session: DbSession,
    actor: CurrentActor,
    wanted: Queried[FromForm],
) -> Response:
    """Filled in with what another version asks, or with what comes with the product."""
    require(policy.can_make_forms(actor))
    old = wanted.data.fran if wanted.data else None
    beginning = queries.get_form(session, actor.municipality_id, old).asked if old else DEFAULT
    form = blank(
        valid_from=clock.today(session),
        parties=sorted(beginning.parties),
        questions=sorted(question.key for question in beginning.questions),
    )
    return _form(page, form)


@router.post("/administration/blanketter", access=Access.SIGNED_IN)
def add_consent_form(
    page: CurrentPage,
    session: DbSession,
    actor: CurrentActor,
    form: Sent[NewVersionForm],
) -> Response:
    require(policy.can_make_forms(actor))
    if form.data is None:
        return _form(page, form, status=422)
    try:
        added = _add(session, actor, form.data)
    except ValidationFailed as failed:
        return _form(page, form.refused(failed), status=422)
    return page.see_other("show_consent_form", form_id=added, query={"klart": "ny"})


@router.get("/administration/blanketter/{form_id}", access=Access.SIGNED_IN)
def show_consent_form(page: CurrentPage, session: DbSession, actor: CurrentActor, form_id: UUID) -> Response:
    form = queries.get_form(session, actor.municipality_id, form_id)
    require(policy.can_make_forms(actor))
    return page.render(
        "administration/consent_form.html",
        form=form,
        made_by=accounts.names_of(session, [form.created_by]).get(form.created_by, ""),
        parties=[KINDS[kind] for kind in PARTIES if kind in form.asked.parties],
        told=_told(form.asked),
        may_end=policy.can_end(actor, form, queries.list_forms(session, actor.municipality_id), clock.today(session)),
        notice=page.notice(NOTICES),
    )


@router.post("/administration/blanketter/{form_id}/sluta", access=Access.SIGNED_IN)
def end_consent_form(page: CurrentPage, session: DbSession, actor: CurrentActor, form_id: UUID) -> Response:
    form = queries.get_form(session, actor.municipality_id, form_id)
    require(policy.can_make_forms(actor))
    service.end_form(session, actor, form)
    return page.see_other("list_consent_forms", query={"klart": "slut"})


def _add(session: Session, actor: Actor, data: NewVersionForm) -> UUID:
    return service.add_form(
        session,
        actor,
        version=data.version,
        approved_by=data.approved_by,
        approved_on=data.approved_on,
        valid_from=data.valid_from,
        asked=data.asked,
    ).id


def _form(page: Page, form: Submitted[NewVersionForm], *, status: int = 200) -> Response:
    return page.render(
        "administration/consent_form_new.html",
        status=status,
        form=form,
        parties=[(kind.value, KINDS[kind]) for kind in PARTIES],
        sources=[(KINDS[source], *_lists(source, form)) for source in SOURCES],
    )


Line = tuple[Text, list[tuple[str, Text]]]


def _lists(source: OrganisationKind, form: Submitted[NewVersionForm]) -> tuple[list[Line], list[Line]]:
    """A line a kind, with a box a recipient: what such a source is usually asked about or is ticked, and the rest."""
    lines = {
        kind: [
            (question.key, KINDS[question.recipient])
            for question in (Question(source, recipient, kind) for recipient in RECIPIENTS)
            if question.can_be_asked
        ]
        for kind in CAN_BE_ASKED
    }
    ticked = set(form.chosen("questions"))
    first = {kind for kind, boxes in lines.items() if kind in ASKED[source] or ticked & {key for key, _words in boxes}}
    return (
        [(kind_label(kind), boxes) for kind, boxes in lines.items() if kind in first],
        [(kind_label(kind), boxes) for kind, boxes in lines.items() if kind not in first],
    )


def _told(what: Asked) -> list[tuple[Text, list[tuple[Text, list[Text]]]]]:
    """Source by source, and recipient by recipient, what is asked."""
    return [
        (KINDS[source], lines)
        for source in SOURCES
        if (
            lines := [
                (KINDS[recipient], [kind_label(kind) for kind in kinds])
                for recipient in RECIPIENTS
                if (kinds := what.kinds(source, recipient))
            ]
        )
    ]
