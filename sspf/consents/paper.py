"""What stands on the signed form beside the answers, and how long it may hold."""

import calendar
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sspf.cases.models import Case, CaseRole
from sspf.consents.agreement import Family
from sspf.consents.answers import Answers
from sspf.db.clock import SWEDEN
from sspf.errors import ValidationFailed
from sspf.law.consenters import turns_adult_on
from sspf.texts import _

DEFAULT_MONTHS = 6
MOST_MONTHS = 12


@dataclass(frozen=True, slots=True)
class Paper:
    """One signed form. ``valid_until`` is the first moment it does not hold any more."""

    given_on: date
    valid_until: datetime
    form_version: str
    language: str = "sv"
    with_interpreter: bool = False


def months_after(day: date, months: int) -> date:
    """The same day some months on, or that month's last."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def end_of(last_day: date) -> datetime:
    """The midnight after ``last_day``, in Sweden."""
    return datetime.combine(last_day + timedelta(days=1), time.min, SWEDEN)


def ends_at(paper: Paper, role: CaseRole, family: Family) -> datetime:
    """When the consent ends: no guardian's runs past the youth's 18th birthday, whatever the form says."""
    if role is CaseRole.YOUTH:
        return paper.valid_until
    return min(paper.valid_until, datetime.combine(turns_adult_on(family.born_on), time.min, SWEDEN))


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
