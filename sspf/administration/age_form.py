"""The municipality's table of ages as it is filled in: a row of fields for each age from which others must say yes."""

from enum import StrEnum
from typing import Any

from pydantic import model_validator

from sspf.law.consenters import AgeRule, AgeTable, fault_of
from sspf.texts import Text, _
from sspf.web import FormModel, Submitted, Whole, Wrong, blank, entry

# there is always room for two more ages
SPARE = 2
MOST = 8


class Who(StrEnum):
    """Somebody always is, so there is no choice that says nobody."""

    GUARDIANS = "guardians"
    BOTH = "both"
    YOUTH = "youth"


WHO: dict[Who, Text] = {
    Who.GUARDIANS: _("Alla vårdnadshavare"),
    Who.BOTH: _("Alla vårdnadshavare och den unge"),
    Who.YOUTH: _("Bara den unge"),
}


class AgesForm(FormModel):
    """``version`` is the decision it was written over. A row that is left empty is none."""

    from_age: dict[str, Whole] = entry(_("Skriv en ålder."), default={}, most=MOST)
    who: dict[str, Who] = entry(_("Välj vem som behöver säga ja."), default={}, most=MOST)
    provision: dict[str, str] = entry(_("Skriv bestämmelsen."), default={}, most=MOST)
    decided_by: str = entry(_("Skriv vem som har beslutat, och när."), most=120)
    version: Whole = entry(_("Ladda sidan och försök igen."))

    @model_validator(mode="after")
    def _can_hold(self) -> "AgesForm":
        rows = self._rows()
        for row in rows:
            for name, given, sentence in (
                ("from_age", self.from_age, _("Skriv från vilken ålder raden gäller.")),
                ("who", self.who, _("Välj vem som behöver säga ja.")),
                ("provision", self.provision, _("Skriv vilken bestämmelse det vilar på.")),
            ):
                if row not in given:
                    raise Wrong(sentence, field=f"{name}[{row}]")
            if len(self.provision[row]) > 200:
                raise Wrong(_("Skriv kortare: högst 200 tecken."), field=f"provision[{row}]")
        fault = fault_of(self.table)
        if fault is not None:
            raise Wrong(fault.sentence, field=f"from_age[{rows[fault.row] if rows else 0}]")
        return self

    @property
    def table(self) -> AgeTable:
        return tuple(
            AgeRule(
                self.from_age[row],
                guardians=self.who[row] is not Who.YOUTH,
                youth=self.who[row] is not Who.GUARDIANS,
                provision=self.provision[row],
            )
            for row in self._rows()
        )

    def _rows(self) -> list[str]:
        """The rows in which anything stands, in the order of the page."""
        return sorted({*self.from_age, *self.who, *self.provision}, key=lambda row: (len(row), row))


def filled_in(table: AgeTable, version: int) -> Submitted[Any]:
    """The form as it begins: the table that holds now."""
    fields: dict[str, object] = {"version": version}
    for row, rule in enumerate(table):
        fields |= {
            f"from_age[{row}]": rule.from_age,
            f"who[{row}]": _who(rule).value,
            f"provision[{row}]": rule.provision,
        }
    return blank(**fields)


def rows_shown(form: Submitted[Any]) -> range:
    """The rows on the page: those filled in, and some to spare."""
    used = [
        row for row in range(MOST) if any(form.value(f"{name}[{row}]") for name in ("from_age", "who", "provision"))
    ]
    return range(min(MOST, max(used, default=-1) + 1 + SPARE))


def _who(rule: AgeRule) -> Who:
    if rule.guardians:
        return Who.BOTH if rule.youth else Who.GUARDIANS
    return Who.YOUTH
