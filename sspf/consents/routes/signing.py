"""Typing in a signed paper: the form, the page where every row is checked, and the saving."""

from collections.abc import Mapping
from typing import Annotated
from uuid import UUID

from fastapi import Depends
from sqlalchemy.orm import Session
from starlette.responses import Response

from sspf.consents import labels, queries
from sspf.consents.answers import Answer, Answers
from sspf.consents.desk import Desk
from sspf.consents.forms import LANGUAGES, ConsentForm, WhoForm
from sspf.consents.household import Relative
from sspf.consents.lasting import DEFAULT_MONTHS, MOST_MONTHS
from sspf.consents.matrix import pairs
from sspf.consents.outlook import look_ahead
from sspf.consents.paper import ends_at
from sspf.consents.routes.registry import router
from sspf.consents.service import record_consent
from sspf.consents.sheet import row_name
from sspf.consents.typing_in import Signing, answers_of, empty_form, filled_in, require_first, sit_down
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


@router.get("/arenden/{case_id}/samtycke/nytt", access=Access.SIGNED_IN, lock=shared("case_id"))
def new_consent(
    page: CurrentPage,
    session: DbSession,
    actor: CurrentActor,
    case_id: UUID,
    who: Annotated[Submitted[WhoForm], Depends(asked(WhoForm))],
) -> Response:
    signing = sit_down(session, actor, case_id, who.value("person"))
    return _form(page, signing, empty_form(signing))


@router.post("/arenden/{case_id}/samtycke/blankett", access=Access.SIGNED_IN, lock=shared("case_id"))
def fill_in_consent(page: CurrentPage, session: DbSession, actor: CurrentActor, case_id: UUID, form: Typed) -> Response:
    """The form again with all that was typed, and one source's rows filled in if a button said so. Saves nothing."""
    signing = sit_down(session, actor, case_id, form.value("person"))
    return _form(page, signing, filled_in(form, signing))


@router.post("/arenden/{case_id}/samtycke/granska", access=Access.SIGNED_IN, lock=shared("case_id"))
def check_consent(page: CurrentPage, session: DbSession, actor: CurrentActor, case_id: UUID, form: Typed) -> Response:
    """Every row in words, and what it would change. Saves nothing."""
    signing = sit_down(session, actor, case_id, form.value("person"))
    if form.data is None:
        return _form(page, signing, form, status=422)
    try:
        answers = answers_of(form.data, signing)
    except ValidationFailed as failed:
        return _form(page, signing, form.refused(failed), status=422)
    return _check(page, session, signing, form.data, form, answers)


@router.post("/arenden/{case_id}/samtycke", access=Access.SIGNED_IN, lock=exclusive("case_id"))
def save_consent(page: CurrentPage, session: DbSession, actor: CurrentActor, case_id: UUID, form: Typed) -> Response:
    signing = sit_down(session, actor, case_id, form.value("person"))
    desk = signing.desk
    if form.data is None:
        return _form(page, signing, form, status=422)
    require_first(form.data, signing)
    try:
        record_consent(
            session,
            actor,
            desk.case,
            person_id=signing.giver.id,
            paper=form.data.paper,
            answers=answers_of(form.data, signing),
            family=signing.family,
            reading=desk.reading,
        )
    except ValidationFailed as failed:
        return _form(page, signing, form.refused(failed), status=422)
    return page.see_other("show_consents", case_id=case_id, query={"klart": "samtycke"})


def _form(page: Page, signing: Signing, form: Submitted[ConsentForm], *, status: int = 200) -> Response:
    desk = signing.desk
    return page.render(
        "consents/form.html",
        status=status,
        case=desk.case,
        household=desk.household,
        giver=signing.giver,
        newest=signing.newest,
        sheet=desk.sheet,
        form=form,
        answers=[(answer, words, labels.KEYS[answer]) for answer, words in labels.ANSWERS.items()],
        presence=list(labels.ANSWERS.items()),
        wants=[(answer, labels.ANSWERS[answer]) for answer in (Answer.YES, Answer.NO)],
        languages=LANGUAGES,
        kind_label=labels.kind_label,
        row_name=row_name,
        default_months=DEFAULT_MONTHS,
        most_months=MOST_MONTHS,
    )


def _check(
    page: Page,
    session: Session,
    signing: Signing,
    data: ConsentForm,
    form: Submitted[ConsentForm],
    answers: Answers,
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
        case=desk.case,
        household=desk.household,
        giver=signing.giver,
        sheet=desk.sheet,
        names=desk.names,
        data=data,
        answers=answers,
        totals=_totals(answers, desk),
        until=until,
        is_shortened=until < data.paper.valid_until,
        outlook=outlook,
        without_effect=answers.without_effect(desk.case.coordination_id),
        missing=_missing(session, signing),
        languages=dict(LANGUAGES),
        labels=labels,
        pairs=pairs,
        typed=[(name, value) for name, values in form.typed.items() for value in values if name != "fill"],
    )


def _totals(answers: Answers, desk: Desk) -> Mapping[Answer, int]:
    """How many rows have each answer; all that were not answered count as not asked."""
    given = {answer: len(answers.rows_answered(answer)) for answer in (Answer.YES, Answer.NO)}
    return {**given, Answer.NOT_ASKED: len(desk.sheet.rows) - sum(given.values())}


def _missing(session: Session, signing: Signing) -> list[Relative]:
    """Who else must say yes and has no paper that holds."""
    desk = signing.desk
    answered = {given.person_id for given in queries.given_in(session, desk.case, desk.now) if given.rows}
    others = desk.household.needed - answered - {signing.giver.id}
    return [relative for relative in desk.household if relative.id in others]
