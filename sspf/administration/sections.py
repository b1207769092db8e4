"""What can be set, in the order of the overview. A page of settings stands here or cannot be found."""

from dataclasses import dataclass

from sspf.texts import Text, _

__all__ = ["SECTIONS", "Section"]


@dataclass(frozen=True, slots=True)
class Section:
    """One page of settings: its route's name, what it is called and what is decided there."""

    route: str
    title: Text
    about: Text


SECTIONS: tuple[Section, ...] = (
    Section(
        "list_concern_kinds",
        _("Vad en oro kan gälla"),
        _("Orden som går att välja när någon skriver in en kontakt om oro."),
    ),
    Section(
        "list_consent_forms",
        _("Samtyckesblanketten"),
        _("Vilka familjen får frågan om, och vem som får berätta vad för vem."),
    ),
)
