"""Words of the consents: kinds, answers, how somebody stands."""

from sspf.cases.models import CaseRole
from sspf.consents.answers import Answer
from sspf.consents.models import EndReason
from sspf.consents.standing import Stand
from sspf.law.consenters import AgeRule
from sspf.law.kinds import Kind
from sspf.texts import Named, Text, _, named

LABELS: dict[Kind, Named] = {
    Kind.IDENTITY: named("kind.identity", _("Tilltalsnamn och ålder")),
    Kind.IDENTITY_FULL: named("kind.identity_full", _("Fullständigt namn och personnummer")),
    Kind.CONTACT: named("kind.contact", _("Kontaktuppgifter")),
    Kind.ACTIONS: named("kind.actions", _("Åtaganden och beslut")),
    Kind.ATTENDANCE: named("kind.attendance", _("Närvaro i skolan")),
    Kind.SCHOOL: named("kind.school", _("Hur skolan fungerar")),
    Kind.STUDENT_HEALTH: named("kind.student_health", _("Elevhälsa")),
    Kind.LEISURE: named("kind.leisure", _("Fritid och intressen")),
    Kind.OBSERVATION: named("kind.observation", _("Det vi har sett")),
    Kind.SOCIAL_CONTACT: named("kind.social_contact", _("Kontakt med Socialtjänsten")),
    Kind.SUBSTANCE: named("kind.substance", _("Alkohol och droger")),
    Kind.VICTIMISATION: named("kind.victimisation", _("Utsatthet")),
    Kind.FAMILY_VIEW: named("kind.family_view", _("Det familjen själv berättar")),
}

ANSWERS: dict[Answer, Text] = {
    Answer.YES: _("Ja"),
    Answer.NO: _("Nej"),
    Answer.NOT_ASKED: _("Inte tillfrågad"),
}

PRESENCE: dict[Answer, Text] = {
    Answer.YES: _("Får vara med"),
    Answer.NO: _("Får inte vara med"),
    Answer.NOT_ASKED: _("Inte tillfrågad, får inte vara med"),
}

# The key that, pressed in one row of a source, gives that answer in all of them.
KEYS: dict[Answer, str] = {Answer.YES: "j", Answer.NO: "n", Answer.NOT_ASKED: "-"}

STANDS: dict[Stand, tuple[Text, str]] = {
    Stand.WAITING: (_("Väntar på svar"), "warning"),
    Stand.WANTS: (_("Vill vara med"), "success"),
    Stand.DECLINED: (_("Tackade nej"), "danger"),
    Stand.WITHDRAWN: (_("Återkallat"), "danger"),
    Stand.RECEIVED: (_("Stoppat, inte utrett"), "danger"),
    Stand.CHILDS_NO: (_("Den unge sa nej"), "danger"),
    Stand.RUN_OUT: (_("Gått ut"), "warning"),
    Stand.NOT_ASKED: (_("Behövs inte nu"), "neutral"),
}

# Why a paper holds no more.
ENDS: dict[EndReason, Text] = {
    EndReason.WITHDRAWN: _("Återkallat"),
    EndReason.RECEIVED: _("Stoppat av en deltagare"),
    EndReason.CHILDS_NO: _("Den unge sa nej"),
    EndReason.REPLACED: _("Ersatt av en nyare"),
    EndReason.CLOSED: _("Slutade när ärendet avslutades"),
}

ROLES: dict[CaseRole, Text] = {
    CaseRole.YOUTH: _("den unge"),
    CaseRole.GUARDIAN: _("en vårdnadshavare"),
}


def kind_label(kind: str) -> Text:
    """The label of a kind, also for a kind that only coordination's own record has."""
    return LABELS[Kind(kind)] if kind in set(Kind) else _("Samordningens egen handling")


def who_must_agree(rule: AgeRule) -> Text:
    """The rule in a sentence."""
    if rule.guardians and rule.youth:
        return _("Alla vårdnadshavare och den unge själv behöver säga ja.")
    if rule.guardians:
        return _("Alla vårdnadshavare behöver säga ja. Den unge ska få veta och få säga vad hen tycker.")
    return _("Bara den unge själv bestämmer. Vårdnadshavarnas ja gäller inte längre.")


def from_age(rule: AgeRule, until: int | None) -> Text:
    """The ages a rule holds for: "Under 15 år", "15–17 år", "Från 18 år"."""
    if until is None:
        return _("Från %(age)s år", age=rule.from_age)
    if not rule.from_age:
        return _("Under %(age)s år", age=until)
    return _("%(first)s–%(last)s år", first=rule.from_age, last=until - 1)
