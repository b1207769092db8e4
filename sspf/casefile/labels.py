"""What states, grounds and roles are called on pages."""

from sspf.cases.models import CaseRole, Part, Reason, State, StatementKind
from sspf.people.models import Protection
from sspf.texts import Text, _

STATES: dict[State, Text] = {
    State.INFORMATION: _("Information"),
    State.CONSENT: _("Samtycke"),
    State.MEETING: _("Möte"),
    State.FOLLOW_UP: _("Uppföljning"),
    State.CLOSED: _("Avslutat"),
    State.DECLINED: _("Tackade nej"),
    State.WITHDRAWN: _("Återkallat"),
}

TONES: dict[State, str] = {
    State.INFORMATION: "info",
    State.CONSENT: "warning",
    State.MEETING: "accent",
    State.FOLLOW_UP: "success",
    State.CLOSED: "neutral",
    State.DECLINED: "sand",
    State.WITHDRAWN: "sand",
}

# What the coordinator does to get there, as a button says it.
STEPS: dict[State, Text] = {
    State.INFORMATION: _("Tillbaka till information"),
    State.CONSENT: _("Familjen är informerad – be om samtycke"),
    State.MEETING: _("Gå vidare till möte"),
    State.FOLLOW_UP: _("Gå vidare till uppföljning"),
    State.DECLINED: _("Familjen tackade nej"),
}

BACK: dict[State, Text] = {
    State.INFORMATION: _("Tillbaka till information"),
    State.CONSENT: _("Tillbaka till samtycke"),
    State.MEETING: _("Tillbaka till möte"),
}

CASE_ROLES: dict[CaseRole, Text] = {
    CaseRole.YOUTH: _("Den unge"),
    CaseRole.GUARDIAN: _("Vårdnadshavare"),
}

REASONS: dict[Reason, Text] = {
    Reason.GOALS_REACHED: _("Målen är nådda"),
    Reason.GOES_ON_ELSEWHERE: _("Stödet fortsätter hos någon annan"),
    Reason.MOVED: _("Familjen har flyttat"),
    Reason.TOO_OLD: _("Den unge har blivit för gammal för SSPF"),
    Reason.FAMILY_STOPPED: _("Familjen ville inte fortsätta"),
    Reason.OTHER: _("Annat"),
}

PARTS: dict[Part, Text] = {
    Part.OUTCOME: _("Så gick det"),
    Part.HANDOVER: _("Överlämning"),
}

PROTECTIONS: dict[Protection, Text] = {
    Protection.NONE: _("Nej"),
    Protection.MARKED: _("Sekretessmarkering"),
    Protection.PROTECTED_REGISTRATION: _("Skyddad folkbokföring"),
    Protection.NEW_IDENTITY: _("Fingerade personuppgifter"),
}

STATEMENTS: dict[StatementKind, Text] = {
    StatementKind.CHILD_VOICE: _("Vad säger den unge själv?"),
    StatementKind.BEST_INTEREST: _("Varför är det här bra för barnet?"),
}


def protection_choices() -> list[tuple[str, Text]]:
    """The levels as the choices of a form, none first."""
    return [(level.value, words) for level, words in PROTECTIONS.items()]
