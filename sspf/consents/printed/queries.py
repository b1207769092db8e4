"""The versions there are. What a form asks is no secret: it hangs on the wall of the municipality."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import exists, select
from sqlalchemy.orm import Session, selectinload

from sspf.consents.printed.asked import DEFAULT, Asked
from sspf.consents.printed.models import ConsentForm
from sspf.errors import NotFound, ValidationFailed
from sspf.texts import _

_WHOLE = (selectinload(ConsentForm.parties), selectinload(ConsentForm.rows))


@dataclass(frozen=True, slots=True)
class Editions:
    """The versions a paper may be typed in from, the newest first.

    A municipality that has none of its own yet has the form that comes with the product, whatever version is printed
    on it.
    """

    forms: tuple[ConsentForm, ...]
    is_own: bool

    @property
    def versions(self) -> tuple[str, ...]:
        return tuple(form.version for form in self.forms)

    def asked(self, version: str) -> Asked:
        """What that version asks.

        Raises:
            ValidationFailed: the municipality has no such version in force.
        """
        if not self.is_own:
            return DEFAULT
        for form in self.forms:
            if form.version == version:
                return form.asked
        raise ValidationFailed(form_version=_("Välj en version av blanketten som kommunen använder."))


def editions_of(session: Session, municipality_id: UUID, today: date) -> Editions:
    forms = list_forms(session, municipality_id)
    return Editions(
        tuple(form for form in forms if form.is_in_force(today)), is_own=any(form.valid_from <= today for form in forms)
    )


def has_own(session: Session, municipality_id: UUID) -> bool:
    """Whether the municipality has decided on a form of its own, whenever it begins."""
    return bool(session.scalar(select(exists().where(ConsentForm.municipality_id == municipality_id))))


def list_forms(session: Session, municipality_id: UUID) -> list[ConsentForm]:
    """Every version ever made, with what it asks; the one that begins last is first."""
    found = session.scalars(
        select(ConsentForm)
        .where(ConsentForm.municipality_id == municipality_id)
        .options(*_WHOLE)
        .order_by(ConsentForm.valid_from.desc(), ConsentForm.id.desc())
        .execution_options(populate_existing=True)
    )
    return list(found)


def get_form(session: Session, municipality_id: UUID, form_id: UUID) -> ConsentForm:
    """One version, or NotFound."""
    found = session.scalars(
        select(ConsentForm)
        .where(ConsentForm.id == form_id, ConsentForm.municipality_id == municipality_id)
        .options(*_WHOLE)
    ).one_or_none()
    if found is None:
        raise NotFound
    return found


def has_version(session: Session, municipality_id: UUID, version: str) -> bool:
    """Whether a version, ended or not, has that name: a name on a paper means one thing for ever."""
    taken = exists().where(ConsentForm.municipality_id == municipality_id, ConsentForm.version == version)
    return bool(session.scalar(select(taken)))
