"""The form before anybody has typed in it: empty, or with answers that have been given before.

That is help with the typing and nothing more: every row stands on the page that is
checked against what this person has signed or said, and nothing that was taken back
comes along.
"""

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy.orm import Session

from auth.decisions import ALLOW, Decision, deny
from sspf.consents import answers as answering
from sspf.consents import labels, queries
from sspf.consents.answers import Answer, Answers
from sspf.consents.forms import LANGUAGES, ConsentForm
from sspf.consents.lasting import DEFAULT_MONTHS, SIGNED_WITHIN, months_after
from sspf.consents.models import Consent, Way
from sspf.consents.paper import manner_in
from sspf.consents.sheet import row_name
from sspf.consents.typing_in import Signing
from sspf.texts import _
from sspf.web import Compared, Submitted, blank


def empty_form(session: Session, signing: Signing, way: Way, told_to: UUID) -> Submitted[ConsentForm]:
    """Nothing is answered; the days are the likely ones."""
    return _form(signing, way, told_to, version=_likely_version(session, signing))


def begun_from(signing: Signing, consent: Consent, way: Way, told_to: UUID) -> Submitted[ConsentForm]:
    """Filled in with what ``consent`` says, as far as it stands and this version of the form asks it."""
    is_own = consent.person_id == signing.giver.id
    return _form(
        signing,
        way,
        told_to,
        version=signing.version or consent.form_version,
        language=manner_in(signing.desk.reading, consent).language if is_own else None,
        answers=standing_answers(signing, consent),
        began_from=consent.id,
    )


def standing_answers(signing: Signing, consent: Consent) -> Answers | None:
    """What a consent that was not taken back says, less what was; None where the answers cannot be read."""
    reading = signing.desk.reading
    if not can_be_begun_from(consent) or not reading.shows(consent):
        return None
    gone = {row.as_row for row in consent.rows if row.ended_at is not None}
    given = answering.loads(reading.reveal(consent, "answers"))
    return given.without(gone, signing.desk.case.coordination_id).asked_in(
        {one.id for one in signing.sheet.parties}, signing.sheet.rows
    )


def as_it_stands(signing: Signing) -> Submitted[ConsentForm]:
    """The form with what this person has answered last, for whoever meant to answer for them meanwhile."""
    newest = signing.newest
    if newest is None:
        return blank(read=signing.read)
    answers = standing_answers(signing, newest)
    return blank(
        read=signing.read,
        given_on=newest.given_on,
        valid_to=newest.last_day,
        form_version=newest.form_version,
        stands=newest.end_reason.value if newest.end_reason else None,
        wants=answers.wants.value if answers else None,
        **_typed(signing, answers),
    )


def compared(signing: Signing) -> list[Compared]:
    """What of two papers is set side by side: the days, and each question that was answered differently."""
    places = [(f"organisations[{one.id}]", one.name, labels.PRESENCE) for one in signing.sheet.parties]
    names = signing.desk.names
    rows = [
        (
            row_name(row),
            _(
                "%(source)s får berätta för %(recipient)s: %(kind)s",
                source=names[row.source_id],
                recipient=names[row.recipient_id],
                kind=labels.kind_label(row.kind),
            ),
            labels.ANSWERS,
        )
        for row in signing.sheet.rows
    ]
    return [
        ("stands", _("Läge"), labels.ENDS),
        ("given_on", _("Svaret gavs"), {}),
        ("valid_to", _("Gäller till och med"), {}),
        ("form_version", _("Version"), {}),
        ("wants", _("Vill vara med"), labels.ANSWERS),
        *places,
        *rows,
    ]


def can_be_begun_from(consent: Consent) -> bool:
    """What somebody took back, or has answered anew since, is asked for from the first row."""
    return consent.end_reason is None


def can_be_signed(said: Consent, newest: Consent | None) -> Decision:
    """Can a signed paper with the same answers take the place of what was said? Also after it has run out."""
    if said.way is not Way.SPOKEN or newest is not said or not can_be_begun_from(said):
        return deny(_("Det finns inget muntligt svar här som väntar på underskrift."))
    return ALLOW


def filled_in(form: Submitted[ConsentForm], signing: Signing) -> Submitted[ConsentForm]:
    """What was typed, without complaints; "source:answer" in ``fill`` answers all rows of one source."""
    source_id, _colon, answer = form.value("fill").partition(":")
    typed = {name: values for name, values in form.typed.items() if name != "fill"}
    if answer in set(Answer):
        typed |= {
            row_name(row): [answer]
            for direction in signing.sheet
            if str(direction.source.id) == source_id
            for row in direction.rows
        }
    return replace(form, data=None, typed=typed, problems=())


def _form(
    signing: Signing,
    way: Way,
    told_to: UUID,
    *,
    version: str,
    language: str | None = None,
    answers: Answers | None = None,
    began_from: UUID | None = None,
) -> Submitted[ConsentForm]:
    today = signing.desk.household.today
    return blank(
        person=signing.giver.id,
        read=signing.read,
        way=way.value,
        told_to=told_to if way is Way.SPOKEN else None,
        given_on=today,
        valid_to=_likely_end(way, today),
        form_version=version,
        language=language or LANGUAGES[0][0].value,
        began_from=began_from if answers else None,
        wants=answers.wants.value if answers else None,
        **_typed(signing, answers),
    )


def _typed(signing: Signing, answers: Answers | None) -> dict[str, str]:
    present = answers.organisations if answers else {}
    told = answers.rows if answers else {}
    return {
        f"organisations[{one.id}]": present.get(one.id, Answer.NOT_ASKED).value for one in signing.sheet.parties
    } | {row_name(row): told.get(row, Answer.NOT_ASKED).value for row in signing.sheet.rows}


def _likely_end(way: Way, today: date) -> date:
    return today + timedelta(days=SIGNED_WITHIN) if way is Way.SPOKEN else months_after(today, DEFAULT_MONTHS)


def _likely_version(session: Session, signing: Signing) -> str:
    """The newest of the municipality's own; without any, the one that was typed in last."""
    return signing.version or queries.last_version(session, signing.desk.case.municipality_id)
