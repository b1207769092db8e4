"""What stands on the form beside the answers, or was said with them, and how long it may hold."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from sspf.cases.models import CaseRole
from sspf.consents.agreement import Family
from sspf.consents.answers import Answers
from sspf.consents.lasting import MOST_MONTHS, SIGNED_WITHIN, begin_of, end_of, months_after
from sspf.consents.models import Consent, Way
from sspf.consents.sheet import Sheet
from sspf.errors import ValidationFailed
from sspf.law.consenters import turns_adult_on
from sspf.texts import _
from sspf.vault.reading import Reading
from sspf.web import dates


@dataclass(frozen=True, slots=True)
class Paper:
    """How somebody answered. ``valid_until`` is the first moment it does not hold any more.

    What was said and not signed names who of the staff it was said to, and holds until it should be signed.
    """

    given_on: date
    valid_until: datetime
    form_version: str
    language: str = "sv"
    with_interpreter: bool = False
    way: Way = Way.PAPER
    told_to: UUID | None = None

    @property
    def is_spoken(self) -> bool:
        return self.way is Way.SPOKEN


WITH, WITHOUT = "tolk", "utan"


@dataclass(frozen=True, slots=True)
class Manner:
    """In which language it was answered, and whether with an interpreter."""

    language: str = ""
    with_interpreter: bool = False


def manner_of(paper: Paper) -> dict[str, str]:
    """What is sealed of how somebody answered."""
    return {"language": paper.language, "with_interpreter": WITH if paper.with_interpreter else WITHOUT}


def manner_in(reading: Reading, consent: Consent) -> Manner:
    """The same as a reading shows it; nothing of a paper from before it was sealed."""
    if consent.language is None or not reading.shows(consent):
        return Manner()
    return Manner(reading.reveal(consent, "language"), reading.reveal(consent, "with_interpreter") == WITH)


def ends_at(paper: Paper, role: CaseRole, family: Family) -> datetime:
    """When the consent ends: no guardian's runs past the youth's 18th birthday, whatever the form says."""
    if role is CaseRole.YOUTH:
        return paper.valid_until
    return min(paper.valid_until, begin_of(turns_adult_on(family.born_on)))


def require_lawful(paper: Paper, today: date) -> None:
    """Refuse what is given in the future, or holds longer than a consent may.

    Raises:
        ValidationFailed: with the sentence beside its field.
    """
    if paper.is_spoken:
        _require_heard(paper, today)
        return
    if paper.given_on > today:
        raise ValidationFailed(given_on=_("Den dagen har inte varit än. Skriv dagen då blanketten skrevs under."))
    if paper.valid_until > end_of(months_after(paper.given_on, MOST_MONTHS)):
        raise ValidationFailed(
            valid_to=_("Ett samtycke gäller i högst %(months)s månader från underskriften.", months=MOST_MONTHS)
        )


def _require_heard(paper: Paper, today: date) -> None:
    if paper.given_on > today:
        raise ValidationFailed(given_on=_("Den dagen har inte varit än. Skriv dagen då svaret gavs."))
    if paper.told_to is None:
        raise ValidationFailed(told_to=_("Välj vem som tog emot svaret."))
    if paper.valid_until > end_of(paper.given_on + timedelta(days=SIGNED_WITHIN)):
        raise ValidationFailed(
            valid_to=_("Det som sägs muntligt ska skrivas under inom %(days)s dagar.", days=SIGNED_WITHIN)
        )


def require_in_time(paper: Paper, earlier: Consent | None, now: datetime) -> None:
    """Refuse to put off the signature by saying yes once more while an unsigned yes still holds.

    Raises:
        ValidationFailed: beside the day.
    """
    if not paper.is_spoken or earlier is None or earlier.way is not Way.SPOKEN or not earlier.is_live(now):
        return
    if paper.valid_until > earlier.valid_until:
        raise ValidationFailed(
            valid_to=_(
                "Ett muntligt svar väntar redan på underskrift. Den behövs senast %(day)s.",
                day=dates.day(earlier.last_day),
            )
        )


def require_of_use(paper: Paper, today: date) -> None:
    """Refuse a paper whose time has passed: whoever types it in wants something to hold.

    Raises:
        ValidationFailed: with the sentence beside its field.
    """
    if paper.valid_until <= begin_of(today):
        raise ValidationFailed(valid_to=_("Den dagen har redan varit. Skriv en dag som inte har varit än."))


def require_asked(answers: Answers, sheet: Sheet) -> None:
    """Refuse answers to what that version of the form does not ask in this case.

    Raises:
        ValidationFailed: for the form as a whole.
    """
    parties = {one.id for one in sheet.parties}
    if not (answers.organisations.keys() <= parties and answers.rows.keys() <= sheet.rows):
        raise ValidationFailed(**{"": NOT_ASKED})


NOT_ASKED = _(
    "Det finns svar på något som den här versionen av blanketten inte frågar om i ärendet. "
    "Gå igenom svaren och försök igen."
)
