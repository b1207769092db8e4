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
    Section("list_users", _("Användare"), _("Vilka som får logga in, vad de arbetar som och engångskoder.")),
    Section(
        "list_organisations",
        _("Myndigheter och organisationer"),
        _("Vilka som kan vara med, var samordningen sitter och vilken sekretessregel som gäller."),
    ),
    Section("show_ages", _("Åldrar för samtycke"), _("Vem som behöver säga ja vid vilken ålder.")),
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
    Section("show_kinds", _("Slag av uppgifter"), _("Vad uppgifterna kallas på blanketten och i ärenden.")),
    Section(
        "show_terms", _("Ord"), _("Vad ni kallar ert arbete: koordinator eller samordnare, åtagande eller insats.")
    ),
    Section("show_municipality", _("Kommun"), _("Vilken kommun det är.")),
    Section("show_health", _("Så mår systemet"), _("Databas, nycklar, logg och klocka: samma som sspf check.")),
)
