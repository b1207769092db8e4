"""What stands on the signed form beside the answers, and how long it may hold."""

from dataclasses import dataclass
from datetime import date, datetime

from sspf.cases.models import Case, CaseRole
from sspf.consents.agreement import Family
from sspf.consents.answers import Answers
from sspf.consents.lasting import MOST_MONTHS, begin_of, end_of, months_after
from sspf.errors import ValidationFailed
from sspf.law.consenters import turns_adult_on
from sspf.texts import _


@dataclass(frozen=True, slots=True)
class Paper:
    """One signed form. ``valid_until`` is the first moment it does not hold any more."""

    given_on: date
    valid_until: datetime
    form_version: str
    language: str = "sv"
    with_interpreter: bool = False


def ends_at(paper: Paper, role: CaseRole, family: Family) -> datetime:
    """When the consent ends: no guardian's runs past the youth's 18th birthday, whatever the form says."""
    if role is CaseRole.YOUTH:
        return paper.valid_until
    return min(paper.valid_until, begin_of(turns_adult_on(family.born_on)))


def require_lawful(paper: Paper, today: date) -> None:
    """Refuse a paper that is signed in the future, or that holds longer than a consent may.

    Raises:
        ValidationFailed: with the sentence beside its field.
    """
    if paper.given_on > today:
        raise ValidationFailed(given_on=_("Den dagen har inte varit än. Skriv dagen då blanketten skrevs under."))
    if paper.valid_until > end_of(months_after(paper.given_on, MOST_MONTHS)):
        raise ValidationFailed(
            valid_to=_("Ett samtycke gäller i högst %(months)s månader från underskriften.", months=MOST_MONTHS)
        )


def require_of_use(paper: Paper, today: date) -> None:
    """Refuse a paper whose time has passed: whoever types it in wants something to hold.

    Raises:
        ValidationFailed: with the sentence beside its field.
    """
    if paper.valid_until <= begin_of(today):
        raise ValidationFailed(valid_to=_("Den dagen har redan varit. Skriv en dag som inte har varit än."))


def require_asked(answers: Answers, case: Case) -> None:
    """Refuse answers about an organisation that the family is not asked about in this case.

    Raises:
        ValidationFailed: for the form as a whole.
    """
    parties = {party.organisation_id for party in case.parties}
    ends = {end for row in answers.rows for end in (row.source_id, row.recipient_id)} - {case.coordination_id}
    to_itself = any(row.source_id == row.recipient_id for row in answers.rows)
    if to_itself or not ends | answers.organisations.keys() <= parties:
        raise ValidationFailed(
            **{"": _("Blanketten nämner en organisation som inte hör till ärendet. Ladda sidan och försök igen.")}
        )
