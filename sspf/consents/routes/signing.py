"""Typing in what somebody answered: the form, the page where every row is checked, and the saving."""

from collections.abc import Mapping
from typing import Annotated
from uuid import UUID

from fastapi import Depends
from sqlalchemy.orm import Session
from starlette.responses import Response

from auth import queries as accounts
from auth.actor import Actor
from auth.decisions import require
from sspf.consents import labels, queries
from sspf.consents.answers import Answer, Answers
from sspf.consents.desk import open_desk
from sspf.consents.filling import begun_from, can_be_signed, empty_form, filled_in
from sspf.consents.forms import LANGUAGES, ConsentForm, WhoForm
from sspf.consents.household import Relative
from sspf.consents.lasting import DEFAULT_MONTHS, MOST_MONTHS, SIGNED_WITHIN
from sspf.consents.matrix import pairs
from sspf.consents.models import Consent, Way
from sspf.consents.outlook import look_ahead
from sspf.consents.paper import ends_at
from sspf.consents.routes.registry import router
from sspf.consents.service import record_consent
from sspf.consents.sheet import Sheet, row_name
from sspf.consents.typing_in import (
    Signing,
    answers_of,
    is_somebody_elses,
    require_first,
    require_read,
    sit_down,
    who_may_have_heard,
)
from sspf.errors import ValidationFailed
from sspf.web import (
    Access,
    CurrentActor,
    CurrentPage,
    DbSession,
    Page,
    Submitted,
    asked,
    exclusive,
    shared,
    submitted,
)

Typed = Annotated[Submitted[ConsentForm], Depends(submitted(ConsentForm))]
# what a button says, or a tick on the check page, is not carried along
ON_THE_WAY = {"fill", "was_read"}
ASKED_AGAIN = {"given_on", "valid_to", "with_interpreter"}
DONE = {Way.PAPER: "samtycke", Way.SPOKEN: "muntligt"}


@router.get("/arenden/{case_id}/samtycke/nytt", access=Access.SIGNED_IN, lock=shared("case_id"))
def new_consent(
    page: CurrentPage,
    session: DbSession,
    actor: CurrentActor,
    case_id: UUID,
    who: Annotated[Submitted[WhoForm], Depends(asked(WhoForm))],
) -> Response:
    """The form: empty, or filled in with what has been answered before and still stands."""
    begin_from, way = (who.data.fran, who.data.satt) if who.data else (None, Way.PAPER)
    desk = open_desk(session, actor, case_id)
    signing = sit_down(session, actor, desk, who.value("person"), begin_from=begin_from)
    source = signing.consent(begin_from)
    form = (
        begun_from(signing, source, way, actor.user_id) if source else empty_form(session, signing, way, actor.user_id)
    )
    return _form(page, session, signing, form)


@router.get("/arenden/{case_id}/samtycke/{consent_id}/underskrift", access=Access.SIGNED_IN, lock=shared("case_id"))
def sign_what_was_said(
    page: CurrentPage, session: DbSession, actor: CurrentActor, case_id: UUID, consent_id: UUID
) -> Response:
    """What was said is now signed: two days to fill in, and then the page where every row is checked."""
    desk = open_desk(session, actor, case_id)
    said = queries.get_consent(session, actor, desk.case, consent_id)
    signing = sit_down(session, actor, desk, str(said.person_id), begin_from=said.id)
    require(can_be_signed(said, signing.newest))
    form = begun_from(signing, said, Way.PAPER, actor.user_id)
    return page.render(
        "consents/sign.html",
        case=desk.case,
        household=desk.household,
        giver=signing.giver,
        said=said,
        told_to=_name_of(session, said.told_to),
        form=form,
        typed=[(name, value) for name, values in form.typed.items() for value in values if name not in ASKED_AGAIN],
        version=form.value("form_version"),
        default_months=DEFAULT_MONTHS,
        most_months=MOST_MONTHS,
    )


@router.post("/arenden/{case_id}/samtycke/blankett", access=Access.SIGNED_IN, lock=shared("case_id"))
def fill_in_consent(page: CurrentPage, session: DbSession, actor: CurrentActor, case_id: UUID, form: Typed) -> Response:
    """The form again with all that was typed, and what a button said about it. Saves nothing."""
    signing = _sit_down(session, actor, case_id, form)
    return _form(page, session, signing, filled_in(form, signing))


@router.post("/arenden/{case_id}/samtycke/granska", access=Access.SIGNED_IN, lock=shared("case_id"))
def check_consent(page: CurrentPage, session: DbSession, actor: CurrentActor, case_id: UUID, form: Typed) -> Response:
    """Every row in words, and what it would change. Saves nothing."""
    signing = _sit_down(session, actor, case_id, form)
    if form.data is None:
        return _form(page, session, signing, form, status=422)
    try:
        answers = answers_of(session, form.data, signing)
    except ValidationFailed as failed:
        return _form(page, session, signing, form.refused(failed), status=422)
    return _check(page, session, signing, form.data, form, answers)


@router.post("/arenden/{case_id}/samtycke", access=Access.SIGNED_IN, lock=exclusive("case_id"))
def save_consent(page: CurrentPage, session: DbSession, actor: CurrentActor, case_id: UUID, form: Typed) -> Response:
    signing = _sit_down(session, actor, case_id, form)
    desk, data = signing.desk, form.data
    if data is None:
        return _form(page, session, signing, form, status=422)
    require_first(data, signing)
    try:
        answers = answers_of(session, data, signing)
    except ValidationFailed as failed:
        return _form(page, session, signing, form.refused(failed), status=422)
    try:
        require_read(data, signing)
    except ValidationFailed as failed:
        return _check(page, session, signing, data, form.refused(failed), answers, status=422)
    record_consent(
        session,
        actor,
        desk.case,
        person_id=signing.giver.id,
        paper=data.paper,
        answers=answers,
        family=signing.family,
        reading=desk.reading,
        began_from=data.began_from,
    )
    return page.see_other("show_consents", case_id=case_id, query={"klart": DONE[data.way]})


def _sit_down(session: Session, actor: Actor, case_id: UUID, form: Submitted[ConsentForm]) -> Signing:
    desk = open_desk(session, actor, case_id)
    return sit_down(session, actor, desk, form.value("person"), version=form.value("form_version"))


def _form(
    page: Page, session: Session, signing: Signing, form: Submitted[ConsentForm], *, status: int = 200
) -> Response:
    desk = signing.desk
    is_spoken = form.value("way") == Way.SPOKEN
    began_from = next((one for one in signing.consents if str(one.id) == form.value("began_from")), None)
    keyed = [(answer, words, labels.KEYS[answer]) for answer, words in labels.ANSWERS.items()]
    return page.render(
        "consents/form.html",
        status=status,
        case=desk.case,
        household=desk.household,
        giver=signing.giver,
        newest=signing.newest,
        is_spoken=is_spoken,
        staff=_staff(session, signing) if is_spoken else [],
        began_from=began_from,
        others=[] if began_from else _others(signing),
        sheet=signing.sheet,
        unasked=[one for one in desk.parties if one not in signing.sheet.parties],
        versions=[(version, version) for version in signing.editions.versions],
        form=form,
        answers=keyed,
        wants=[one for one in keyed if one[0] is not Answer.NOT_ASKED],
        languages=LANGUAGES,
        kind_label=labels.kind_label,
        row_name=row_name,
        default_months=DEFAULT_MONTHS,
        most_months=MOST_MONTHS,
        signed_within=SIGNED_WITHIN,
    )


def _staff(session: Session, signing: Signing) -> list[tuple[UUID, str]]:
    names = signing.desk.names
    return [(one.user_id, f"{one.name}, {names[one.organisation_id]}") for one in who_may_have_heard(session, signing)]


def _name_of(session: Session, user_id: UUID | None) -> str:
    return accounts.names_of(session, [user_id]).get(user_id, "") if user_id else ""


def _others(signing: Signing) -> list[Consent]:
    """The others' newest that hold: this form may begin with the same answers."""
    newest = {one.person_id: one for one in reversed(signing.consents)}
    now = signing.desk.now
    return [one for person, one in newest.items() if person != signing.giver.id and one.is_live(now)]


def _check(
    page: Page,
    session: Session,
    signing: Signing,
    data: ConsentForm,
    form: Submitted[ConsentForm],
    answers: Answers,
    *,
    status: int = 200,
) -> Response:
    desk = signing.desk
    until = ends_at(data.paper, signing.giver.role, signing.family)
    outlook = look_ahead(
        session,
        desk.case,
        signing.family,
        person_id=signing.giver.id,
        rows=answers.yes_rows(desk.case.coordination_id),
        until=until,
        now=desk.now,
    )
    return page.render(
        "consents/check.html",
        status=status,
        form=form,
        is_somebody_elses=is_somebody_elses(data, signing),
        began_from=signing.consent(data.began_from),
        told_to=_name_of(session, data.told_to),
        case=desk.case,
        household=desk.household,
        giver=signing.giver,
        sheet=signing.sheet,
        names=desk.names,
        data=data,
        answers=answers,
        totals=_totals(answers, signing.sheet),
        until=until,
        is_shortened=until < data.paper.valid_until,
        outlook=outlook,
        without_effect=answers.without_effect(desk.case.coordination_id),
        missing=_missing(session, signing),
        languages=dict(LANGUAGES),
        labels=labels,
        pairs=pairs,
        typed=[(name, value) for name, values in form.typed.items() for value in values if name not in ON_THE_WAY],
    )


def _totals(answers: Answers, sheet: Sheet) -> Mapping[Answer, int]:
    """How many rows have each answer; all that were not answered count as not asked."""
    given = {answer: len(answers.rows_answered(answer)) for answer in (Answer.YES, Answer.NO)}
    return {**given, Answer.NOT_ASKED: len(sheet.rows) - sum(given.values())}


def _missing(session: Session, signing: Signing) -> list[Relative]:
    """Who else must say yes and has no paper that holds."""
    desk = signing.desk
    answered = {given.person_id for given in queries.given_in(session, desk.case, desk.now) if given.rows}
    others = desk.household.needed - answered - {signing.giver.id}
    return [relative for relative in desk.household if relative.id in others]
