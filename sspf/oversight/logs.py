"""Which logs there are, and what they are called."""

from enum import StrEnum

from sspf.texts import Text, _


class WhichLog(StrEnum):
    """The two logs there are, as an address names them."""

    MUNICIPALITY = "municipality"
    SYSTEM = "system"


LOGS: dict[WhichLog, Text] = {
    WhichLog.MUNICIPALITY: _("Kommunens logg"),
    WhichLog.SYSTEM: _("Systemets logg (inloggningar)"),
}
