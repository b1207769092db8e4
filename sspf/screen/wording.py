"""How the leader is told what the screen shows, and why if that is nothing."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from sspf.screen.policy import Black, Situation
from sspf.screen.showing import View
from sspf.texts import Text, _


@dataclass(frozen=True, slots=True)
class State:
    """The screen in a word, the colour that repeats it, and what to do about it if anything."""

    word: Text
    tone: str
    about: Text | None = None
    is_open: bool = True
    is_paused: bool = False


NOT_SHOWN = State(_("Visas inte"), "neutral", is_open=False)
_WHY: Mapping[Black, Text] = {
    Black.NOBODY_HERE: _("Skärmen är svart tills du har markerat den första som är här."),
    Black.NO_CASE: _("Skärmen är svart mellan ärendena."),
    Black.PROTECTED: _("Skärmen är svart. Det här ärendet visas inte på skärm."),
    Black.NO_CONSENT: _("Skärmen är svart. Inget samtycke gäller för ärendet just nu."),
}


def state_of(view: View | None, names: Mapping[UUID, str]) -> State:
    """What the leader is told; ``names`` are the organisations'."""
    if view is None or view.black is Black.OVER:
        return NOT_SHOWN
    if view.case is not None:
        return State(_("Visar %(alias)s", alias=view.case.alias), "success")
    if view.black is Black.PAUSED:
        return State(_("Pausad"), "warning", is_paused=True)
    if view.black is Black.SOMEBODY_LACKS_CONSENT:
        return State(_("Svart"), "warning", _who_must_go(view.situation, names))
    return State(_("Svart"), "neutral", _WHY[view.black] if view.black else None)


def _who_must_go(situation: Situation, names: Mapping[UUID, str]) -> Text:
    organisations = sorted(names[one] for one in situation.must_go_out)
    return _(
        "Skärmen är svart så länge någon utan samtycke för ärendet är här eller väntas: %(organisations)s. "
        "Markera när de har gått, eller att de inte kommer.",
        organisations=", ".join(organisations),
    )
