"""What has become of an action, as its history says it; and what somebody on the telephone can say of it."""

from sspf.plans.models import Change
from sspf.texts import Text, _

CHANGES: dict[Change, Text] = {
    Change.CREATED: _("Lades till"),
    Change.DONE: _("Markerades som klart"),
    Change.POSTPONED: _("Flyttades"),
    Change.DROPPED: _("Togs bort"),
    Change.TAKEN_BACK: _("Ångrades"),
    Change.EDITED: _("Ändrades"),
}

REPORTED: dict[str, Text] = {
    "done": _("Det är klart"),
    "moved": _("Det blir en annan dag"),
}
