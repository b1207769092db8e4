"""The two pages that a note is written on, and what its writer may choose among there."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session
from starlette.responses import Response

from auth.actor import Actor
from sspf.cases.models import Case
from sspf.cases.policy import access_to
from sspf.consents.labels import kind_label
from sspf.db import clock
from sspf.errors import ValidationFailed
from sspf.law.kinds import Kind
from sspf.law.purposes import Purpose
from sspf.notes import labels, queries
from sspf.notes.correcting import Wordings
from sspf.notes.drafts import KINDS, AboutChoice, Draft, Outcome, about_choices
from sspf.notes.forms import NoteForm
from sspf.notes.queries import Recipient
from sspf.organisations import queries as organisations
from sspf.texts import _
from sspf.vault import door
from sspf.web import Page, Submitted


@dataclass(frozen=True, slots=True)
class Desk:
    """Everything at hand while a note is written. ``wordings`` is there when one is corrected."""

    case: Case
    actor: Actor
    names: Mapping[UUID, str]
    recipients: Sequence[Recipient]
    whom: Sequence[AboutChoice]
    wordings: Wordings | None = None

    def draft_of(self, form: NoteForm) -> Draft:
        """The note that the form describes.

        Raises:
            ValidationFailed: it names somebody who is not among the choices.
        """
        whom = next((choice for choice in self.whom if choice.value == form.about), None)
        source = form.source or self.actor.organisation_id
        errors = {}
        if not self.names.keys() >= set(form.recipients):
            errors["recipients"] = _("Välj bland dem som är med i ärendet.")
        if whom is None:
            errors["about"] = _("Välj vem det handlar om.")
        if source not in {self.actor.organisation_id, *(one.organisation_id for one in self.recipients)}:
            errors["source"] = _("Välj vem som har berättat det.")
        if whom is None or errors:
            raise ValidationFailed(**errors)
        return Draft(
            kind=form.kind,
            about=whom.about,
            source_id=source,
            basis=form.basis,
            observed_on=form.observed_on,
            statement=form.statement,
            recipients=frozenset(form.recipients),
        )


def desk_of(session: Session, actor: Actor, case: Case, wordings: Wordings | None = None) -> Desk:
    """Gather the choices; the called names that the actor may see are opened for it."""
    access = access_to(actor, case, clock.now(session))
    reading = door.open(session, access, Purpose.DISCLOSURE, kinds=(Kind.IDENTITY,))
    return Desk(
        case=case,
        actor=actor,
        names=organisations.names(session, case.municipality_id),
        recipients=queries.list_recipients(session, actor, case),
        whom=about_choices(case, queries.called_names(session, reading, case)),
        wordings=wordings,
    )


def form_page(page: Page, desk: Desk, form: Submitted[Any], status: int = 200) -> Response:
    """The form; with status 409 also what somebody else has made of the note, which the form now goes on from."""
    own_id = desk.actor.organisation_id
    others = [(one.organisation_id, one.name) for one in desk.recipients]
    return page.render(
        "notes/form.html",
        status=status,
        form=form,
        desk=desk,
        can_hear=[(one.organisation_id, one.name, _may_hear(desk, one)) for one in desk.recipients if one.may_hear],
        cannot_hear=[one.name for one in desk.recipients if not one.may_hear],
        kinds=[(kind.value, kind_label(kind)) for kind in KINDS],
        whom=[(one.value, _named(one), labels.ABOUT_WHOM.get(one.value, "")) for one in desk.whom],
        bases=[(basis.value, words, labels.ABOUT_BASES[basis]) for basis, words in labels.BASES.items()],
        sources=[(own_id, _("Vi själva, eller någon i familjen")), *others],
        theirs=desk.wordings.view if desk.wordings and status == 409 else None,
    )


def _may_hear(desk: Desk, recipient: Recipient) -> str:
    """What the family has said yes to telling them, by source, in one line."""
    by_source: dict[UUID, list[str]] = {}
    for source_id, kind in recipient.may_hear:
        by_source.setdefault(source_id, []).append(str(kind_label(kind)))
    return " ".join(
        str(_("Får höra från %(source)s: %(kinds)s.", source=desk.names[source_id], kinds=", ".join(kinds)))
        for source_id, kinds in by_source.items()
    )


def _named(whom: AboutChoice) -> str:
    return f"{whom.label}: {whom.name}" if whom.name else str(whom.label)


def preview_page(
    page: Page,
    desk: Desk,
    form: Submitted[NoteForm],
    draft: Draft,
    outcomes: Sequence[Outcome],
    status: int = 200,
) -> Response:
    """What each chosen recipient will see; with status 409 what has changed since that was last shown."""
    told = desk.wordings.view.told if desk.wordings else ()
    seen_by = {outcome.organisation_id for outcome in outcomes if outcome.sees}
    return page.render(
        "notes/preview.html",
        status=status,
        form=form,
        draft=draft,
        seen_by=[outcome for outcome in outcomes if outcome.sees],
        not_seen_by=[outcome for outcome in outcomes if not outcome.sees],
        lose_it=[one for one in told if one.organisation_id not in seen_by],
        about=next(_named(one) for one in desk.whom if one.value == form.value("about")),
        is_changed=status == 409,
        desk=desk,
        labels=labels,
        kind_label=kind_label,
    )
