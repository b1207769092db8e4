"""The two pages of typing in what somebody answered: the form, and every row of it in words."""

from collections.abc import Mapping
from uuid import UUID

from sqlalchemy.orm import Session
from starlette.responses import Response

from auth import queries as accounts
from sspf.consents import labels, queries
from sspf.consents.answers import Answer, Answers
from sspf.consents.forms import LANGUAGES, ConsentForm
from sspf.consents.household import Relative
from sspf.consents.lasting import DEFAULT_MONTHS, MOST_MONTHS, SIGNED_WITHIN
from sspf.consents.matrix import pairs
from sspf.consents.models import Consent, Way
from sspf.consents.outlook import look_ahead
from sspf.consents.paper import ends_at
from sspf.consents.sheet import Sheet, row_name
from sspf.consents.stopping import nos_to_hear
from sspf.consents.typing_in import Signing, is_somebody_elses, who_may_have_heard
from sspf.web import Page, Submitted

# what a button says, or a tick on the check page, is not carried along
ON_THE_WAY = {"fill", "was_read"}


def render_form(
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


def name_of(session: Session, user_id: UUID | None) -> str:
    return accounts.names_of(session, [user_id]).get(user_id, "") if user_id else ""


def _others(signing: Signing) -> list[Consent]:
    """The others' newest that hold: this form may begin with the same answers."""
    newest = {one.person_id: one for one in reversed(signing.consents)}
    now = signing.desk.now
    return [one for person, one in newest.items() if person != signing.giver.id and one.is_live(now)]


def render_check(
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
        nos=nos_to_hear(session, desk.case, signing.family, signing.giver.id, answers, desk.now),
    )
    return page.render(
        "consents/check.html",
        status=status,
        form=form,
        is_somebody_elses=is_somebody_elses(data, signing),
        began_from=signing.consent(data.began_from),
        told_to=name_of(session, data.told_to),
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
