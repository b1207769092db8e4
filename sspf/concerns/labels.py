"""What the parts of a contact are called on pages."""

from auth.actor import Actor
from sspf.concerns import policy
from sspf.concerns.models import Concern, ConcernSource, ConcernState, Stage, Suspicion, Way
from sspf.texts import Text, _
from sspf.vault.models import AboutKind

SOURCES: dict[ConcernSource, Text] = {
    ConcernSource.SCHOOL: _("Skolan"),
    ConcernSource.SOCIAL_SERVICES: _("Socialtjänsten"),
    ConcernSource.POLICE: _("Polisen"),
    ConcernSource.LEISURE: _("Fritid"),
    ConcernSource.HEALTH: _("Hälso- och sjukvården"),
    ConcernSource.ASSOCIATION: _("En förening"),
    ConcernSource.COORDINATION: _("Samordningen"),
    ConcernSource.OTHER: _("Någon annan verksamhet"),
    ConcernSource.GUARDIAN: _("Familjen själv"),
    ConcernSource.YOUTH: _("Den unge själv"),
}

STAGES: dict[Stage, Text] = {
    Stage.PRESCHOOL_CLASS: _("Förskoleklass"),
    Stage.LOWER: _("Årskurs 1–3"),
    Stage.MIDDLE: _("Årskurs 4–6"),
    Stage.UPPER: _("Årskurs 7–9"),
    Stage.SECONDARY: _("Gymnasiet"),
    Stage.OUT_OF_SCHOOL: _("Går inte i skolan"),
}

SUSPICIONS: dict[Suspicion, Text] = {
    Suspicion.YES: _("Ja"),
    Suspicion.NO: _("Nej"),
    Suspicion.UNSURE: _("Osäker"),
}

ABOUT_SUSPICIONS: dict[Suspicion, Text] = {
    Suspicion.YES: _("Då går en orosanmälan till Socialtjänsten först. Nästa sida hjälper dig."),
    Suspicion.NO: _("Du behöver inte skriva varför."),
    Suspicion.UNSURE: _("Nästa sida säger vad lagen kräver och hur du kan fråga utan att säga vem det gäller."),
}

STATES: dict[ConcernState, Text] = {
    ConcernState.NEW: _("Ny"),
    ConcernState.ADVISED: _("Råd har lämnats"),
    ConcernState.KONTAKT_JA: _("Familjen vill ha kontakt"),
    ConcernState.CASE: _("Blev ett ärende"),
    ConcernState.ENDED: _("Avslutad"),
}

TONES: dict[ConcernState, str] = {
    ConcernState.NEW: "info",
    ConcernState.ADVISED: "sand",
    ConcernState.KONTAKT_JA: "accent",
    ConcernState.CASE: "success",
    ConcernState.ENDED: "neutral",
}

HANDED_OVER = _("Lämnad till samordningen")

WAYS: dict[Way, Text] = {Way.SPOKEN: _("Muntligt"), Way.PAPER: _("På papper")}
TOLD_WAYS: dict[Way, Text] = {Way.SPOKEN: _("I ett samtal"), Way.PAPER: _("I brev")}

WHO_SAID_YES: dict[AboutKind, Text] = {
    AboutKind.GUARDIAN: _("En vårdnadshavare"),
    AboutKind.YOUTH: _("Den unge"),
}

ROLES: dict[AboutKind, Text] = {
    AboutKind.YOUTH: _("Den unge"),
    AboutKind.GUARDIAN: _("Vårdnadshavare"),
}

WARNING = _("Berätta inte för vårdnadshavarna innan Socialtjänsten har bedömt om det är tryggt.")


def state_for(actor: Actor, concern: Concern) -> tuple[Text, str]:
    """What its state is called, and its tone. A contact is told of the advice; the rest is the family's own matter."""
    if policy.leads(actor, concern):
        return STATES[concern.state], TONES[concern.state]
    if concern.was_advised:
        return STATES[ConcernState.ADVISED], TONES[ConcernState.ADVISED]
    return HANDED_OVER, TONES[ConcernState.NEW]
