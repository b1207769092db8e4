"""What the log is narrowed by. Stands in the address: ids, codes and a reference, never a person's name."""

from datetime import date, datetime, time, timedelta
from uuid import UUID

from pydantic import field_validator, model_validator

from sspf.db.clock import SWEDEN
from sspf.oversight.logs import WhichLog
from sspf.oversight.wording import EVENTS
from sspf.texts import _
from sspf.web import FormModel, Ticked, Whole, Wrong, entry


class LogForm(FormModel):
    """Which of the logs a page or a verification is about."""

    log: WhichLog = entry(_("Välj en logg."), default=WhichLog.MUNICIPALITY)


class FilterForm(LogForm):
    since: date | None = entry(_("Skriv dagen."), wrong=_("Skriv dagen som 2026-11-24."), default=None)
    until: date | None = entry(_("Skriv dagen."), wrong=_("Skriv dagen som 2026-11-24."), default=None)
    user: UUID | None = entry(_("Välj en person."), default=None)
    organisation: UUID | None = entry(_("Välj en organisation."), default=None)
    case: str | None = entry(_("Skriv ärendets beteckning."), default=None, most=20)
    event: str | None = entry(_("Välj en händelse."), default=None, most=64)
    refusals: Ticked = False
    before: Whole | None = entry(_("Gå till loggens början och bläddra därifrån."), default=None)

    @field_validator("case")
    @classmethod
    def _as_references_are_written(cls, value: str | None) -> str | None:
        return value.upper() if value else None

    @field_validator("event")
    @classmethod
    def _has_words(cls, value: str | None) -> str | None:
        if value is not None and value not in EVENTS:
            raise Wrong(_("Välj ett av alternativen."))
        return value

    @model_validator(mode="after")
    def _in_order(self) -> "FilterForm":
        if self.since and self.until and self.until < self.since:
            raise Wrong(_("Slutdagen är före startdagen."), field="until")
        return self


def begins(day: date | None) -> datetime | None:
    """The moment a day begins in Sweden."""
    return datetime.combine(day, time(), SWEDEN) if day else None


def ends(day: date | None) -> datetime | None:
    """The moment after a day's last."""
    return begins(day + timedelta(days=1)) if day else None
