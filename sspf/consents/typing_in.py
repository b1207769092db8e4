"""A family's answers on the desk of the one who types them in: whose, what was typed, and whether they can hold."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import cast
from uuid import UUID

from sqlalchemy.orm import Session

from auth import queries as accounts
from auth.actor import Actor
from auth.decisions import require
from auth.permissions import DUTIES
from auth.queries import Staff
from sspf.consents import policy, queries
from sspf.consents.agreement import Family
from sspf.consents.answers import Answers
from sspf.consents.desk import Desk
from sspf.consents.forms import NOTHING, ConsentForm
from sspf.consents.household import Relative
from sspf.consents.models import Consent, Way
from sspf.consents.paper import require_in_time, require_lawful, require_of_use
from sspf.consents.printed.queries import Editions, editions_of
from sspf.consents.sheet import Sheet, sheet_of
from sspf.errors import Conflict, NotFound, ValidationFailed
from sspf.overtaken import mark_of
from sspf.texts import _


@dataclass(frozen=True, slots=True)
class Signing:
    """The desk, whose answers lie on it, and all that was given in the case before, newest first.

    ``version`` is the one of the municipality's form that ``sheet`` shows the questions of.
    """

    desk: Desk
    giver: Relative
    family: Family
    consents: Sequence[Consent]
    editions: Editions
    version: str
    sheet: Sheet

    @property
    def newest(self) -> Consent | None:
        """This person's own."""
        return next((one for one in self.consents if one.person_id == self.giver.id), None)

    @property
    def read(self) -> str:
        """A mark of what this person has answered last, and of what of it has been taken back."""
        newest = self.newest
        if newest is None:
            return NOTHING
        return mark_of(newest.id, newest.ended_at, *sorted(row.id for row in newest.rows if row.ended_at is not None))

    def consent(self, consent_id: UUID | None) -> Consent | None:
        """One of those given in the case."""
        return next((one for one in self.consents if one.id == consent_id), None)


def sit_down(
    session: Session, actor: Actor, desk: Desk, person: str, *, version: str = "", begin_from: UUID | None = None
) -> Signing:
    """Put one person's answers on the desk.

    The questions are those of ``version``. Without one they are those of ``begin_from`` where the same paper
    lies on the desk, being signed now or by somebody else, and otherwise those of the newest version.

    Raises:
        NotFound: the person is not of the case's family.
        NotPermitted: no answers of theirs can be recorded now.
    """
    giver = next((relative for relative in desk.household if str(relative.id) == person), None)
    if giver is None:
        raise NotFound
    require(policy.can_record(actor, desk.case))
    require(desk.household.can_sign(giver))
    family = cast(Family, desk.household.family)  # can_sign has asked for the birth date
    consents = queries.list_consents(session, desk.case)
    source = next((one for one in consents if one.id == begin_from), None)
    if source and (source.way is Way.SPOKEN or source.person_id != giver.id):
        version = version or source.form_version
    editions = editions_of(session, actor.municipality_id, desk.household.today)
    if editions.is_own and version not in editions.versions:
        version = editions.versions[0]
    sheet = sheet_of(desk.case, desk.organisations, editions.asked(version))
    return Signing(desk, giver, family, consents, editions, version, sheet)


def answers_of(session: Session, data: ConsentForm, signing: Signing) -> Answers:
    """What was answered, if it can hold.

    Raises:
        ValidationFailed: with the sentence beside its field.
    """
    today = signing.desk.household.today
    require_lawful(data.paper, today)
    require_of_use(data.paper, today)
    require_in_time(data.paper, signing.newest, signing.desk.now)
    if data.way is Way.SPOKEN and data.told_to not in {one.user_id for one in who_may_have_heard(session, signing)}:
        raise ValidationFailed(told_to=_("Välj vem som tog emot svaret."))
    signing.editions.asked(data.form_version)
    is_somebody_elses(data, signing)  # refuses what is not of this case
    return data.answers(signing.sheet)


def who_may_have_heard(session: Session, signing: Signing) -> list[Staff]:
    """Staff of coordination and of whom the family is asked about: one of them was told."""
    places = [signing.desk.case.coordination_id, *(one.id for one in signing.desk.parties)]
    staff = accounts.list_staff(session, places, now=signing.desk.now)
    return [one for one in staff if DUTIES[one.role] == "casework"]


def is_somebody_elses(data: ConsentForm, signing: Signing) -> bool:
    """Whether the form was filled in from another person's answers: then nothing in it is this person's yet.

    Raises:
        ValidationFailed: it was filled in from nothing in this case.
    """
    if data.began_from is None:
        return False
    source = signing.consent(data.began_from)
    if source is None:
        raise ValidationFailed(**{"": _("Ladda sidan och försök igen.")})
    return source.person_id != signing.giver.id


def require_read(data: ConsentForm, signing: Signing) -> None:
    """Refuse another person's answers that nobody has said to have read against this one's own.

    Raises:
        ValidationFailed: beside the tick.
    """
    if is_somebody_elses(data, signing) and not data.was_read:
        raise ValidationFailed(was_read=_("Läs varje rad mot den här personens egna svar och kryssa i rutan."))


def require_first(data: ConsentForm, signing: Signing) -> None:
    """Refuse answers that somebody else's paper, or a withdrawal, has been before.

    Raises:
        Conflict: the person has answered anew, or taken something back, since the form was opened.
    """
    if data.read != signing.read:
        raise Conflict
