"""A signed paper on the desk of the one who types it in: whose it is, what was typed, and whether it can hold."""

from dataclasses import dataclass, replace
from typing import cast
from uuid import UUID

from sqlalchemy.orm import Session

from auth.actor import Actor
from auth.decisions import require
from sspf.consents import policy, queries
from sspf.consents.agreement import Family
from sspf.consents.answers import Answer, Answers
from sspf.consents.desk import Desk, open_desk
from sspf.consents.forms import LANGUAGES, ConsentForm
from sspf.consents.household import Relative
from sspf.consents.lasting import DEFAULT_MONTHS, months_after
from sspf.consents.models import Consent
from sspf.consents.paper import require_lawful, require_of_use
from sspf.consents.sheet import row_name
from sspf.errors import Conflict, NotFound
from sspf.texts import _
from sspf.web import Submitted, blank


@dataclass(frozen=True, slots=True)
class Signing:
    """The desk, whose paper lies on it, and their newest one before."""

    desk: Desk
    giver: Relative
    newest: Consent | None
    family: Family


def sit_down(session: Session, actor: Actor, case_id: UUID, person: str) -> Signing:
    """Open the desk with one person's paper on it.

    Raises:
        NotFound: the case, or the person in it, does not exist for the actor.
        NotPermitted: no paper of theirs can be recorded now.
    """
    desk = open_desk(session, actor, case_id)
    giver = next((relative for relative in desk.household if str(relative.id) == person), None)
    if giver is None:
        raise NotFound
    require(policy.can_record(actor, desk.case))
    require(desk.household.can_sign(giver))
    family = cast(Family, desk.household.family)  # can_sign has asked for the birth date
    consents = queries.list_consents(session, desk.case)
    return Signing(desk, giver, next((one for one in consents if one.person_id == giver.id), None), family)


def answers_of(data: ConsentForm, signing: Signing) -> Answers:
    """What the form says, if the paper can hold.

    Raises:
        ValidationFailed: with the sentence beside its field.
    """
    today = signing.desk.household.today
    require_lawful(data.paper, today)
    require_of_use(data.paper, today)
    return data.answers(signing.desk.sheet)


def require_first(data: ConsentForm, signing: Signing) -> None:
    """Refuse a paper that somebody else, or a second press of the button, has been before.

    Raises:
        Conflict: the person has a newer paper than when the form was opened.
    """
    if data.instead_of != (signing.newest.id if signing.newest else None):
        raise Conflict(
            _(
                "En blankett för samma person har registrerats medan du höll på, av någon annan eller för att "
                "du tryckte två gånger. Se efter vad som gäller nu innan du registrerar en till."
            )
        )


def empty_form(signing: Signing) -> Submitted[ConsentForm]:
    desk = signing.desk
    unasked = {row_name(row): "" for direction in desk.sheet for row in direction.rows}
    return blank(
        person=signing.giver.id,
        instead_of=signing.newest.id if signing.newest else None,
        valid_to=months_after(desk.household.today, DEFAULT_MONTHS),
        form_version=signing.newest.form_version if signing.newest else "",
        language=LANGUAGES[0][0].value,
        **{f"organisations[{one.id}]": "" for one in desk.sheet.parties},
        **unasked,
    )


def filled_in(form: Submitted[ConsentForm], signing: Signing) -> Submitted[ConsentForm]:
    """What was typed, without complaints; "source:answer" in ``fill`` answers all rows of one source."""
    source_id, _colon, answer = form.value("fill").partition(":")
    typed = {name: values for name, values in form.typed.items() if name != "fill"}
    if answer in set(Answer):
        typed |= {
            row_name(row): [answer]
            for direction in signing.desk.sheet
            if str(direction.source.id) == source_id
            for row in direction.rows
        }
    return replace(form, data=None, typed=typed, problems=())
