"""The words for codes in an entry's facts, by the name of the fact. What has none is shown as stored."""

from collections.abc import Mapping

from auth.models import EndReason
from auth.outcomes import Hindrance
from auth.sessions import Method
from sspf.cases.models import CaseRole, Reason, State, StatementKind
from sspf.concerns.labels import SOURCES
from sspf.consents.labels import LABELS as KINDS
from sspf.consents.models import Way
from sspf.law.grounds import Ground
from sspf.law.kinds import CONCERN_RECORD, CONCERN_WEIGHING, CONCERN_YES, UNPUBLISHED
from sspf.law.purposes import Purpose
from sspf.meetings.models import Presence
from sspf.notes.models import Basis
from sspf.organisations.models import LegalForm
from sspf.organisations.roles import ROLES
from sspf.people.models import Protection
from sspf.texts import Text, _

PURPOSES: Mapping[str, Text] = {
    Purpose.COOPERATION: _("samverkan kring den unge"),
    Purpose.CASE: _("ärendesidan"),
    Purpose.ACTION: _("ett åtagandes sida"),
    Purpose.CONCERN: _("en kontakt om oro"),
    Purpose.PARTICIPANTS: _("vilka som deltar"),
    Purpose.ACTIONS: _("listan med egna åtaganden"),
    Purpose.CONSENT: _("vem som behöver samtycka"),
    Purpose.MEETING: _("möte"),
    Purpose.SCREEN: _("skärmen på ett möte"),
    Purpose.CORRECTION: _("rättelse"),
    Purpose.DISCLOSURE: _("vad en mottagare skulle se"),
    Purpose.DRAFT: _("eget utkast"),
    Purpose.PLAN: _("planen till familjen"),
    Purpose.REVEAL: _("visa dolda personuppgifter"),
}
_GROUNDS: Mapping[str, Text] = {
    Ground.OWN_RECORD: _("egen handling"),
    Ground.CONSENT: _("samtycke"),
    Ground.UNNAMED: _("utan identitet"),
}
_STATES: Mapping[str, Text] = {
    State.INFORMATION: _("information"),
    State.CONSENT: _("samtycke"),
    State.MEETING: _("möte"),
    State.FOLLOW_UP: _("uppföljning"),
    State.CLOSED: _("avslutat"),
    State.DECLINED: _("tackade nej"),
    State.WITHDRAWN: _("återkallat"),
}
_KINDS: Mapping[str, Text] = {
    **{kind.value: words for kind, words in KINDS.items()},
    "consent": _("Samtycke"),
    UNPUBLISHED: _("Utkast till mötesanteckning"),
    "draft": _("Utkast"),
    CONCERN_RECORD: _("Kontakt om oro"),
    CONCERN_WEIGHING: _("Ställningstagande till orosanmälan"),
    CONCERN_YES: _("Familjens ja till kontakt"),
    "guest": _("Vem som deltar utan inloggning"),
    "visitor": _("Vem som kom till ett möte utan inloggning"),
    StatementKind.CHILD_VOICE: _("Vad den unge säger"),
    StatementKind.BEST_INTEREST: _("Varför det är bra för barnet"),
}
_BECAUSE: Mapping[str, Text] = {
    EndReason.SIGNED_OUT: _("loggade ut"),
    EndReason.ENDED_BY_OWNER: _("avslutades från en annan inloggning"),
    EndReason.ENDED_BY_ADMINISTRATOR: _("avslutades av administratören"),
    EndReason.REPLACED: _("inloggad på för många ställen"),
    EndReason.RENEWED: _("loggade in på nytt"),
    EndReason.CREDENTIALS_CHANGED: _("lösenord eller kod byttes"),
    EndReason.ACCOUNT_DISABLED: _("kontot stängdes"),
    EndReason.IDLE: _("användes inte"),
    EndReason.TOO_OLD: _("för gammal"),
    Hindrance.UNCONFIRMED: _("kontot var inte bekräftat"),
    Hindrance.NO_ASSIGNMENT: _("inget uppdrag"),
    Reason.GOALS_REACHED: _("målen är nådda"),
    Reason.GOES_ON_ELSEWHERE: _("stödet fortsätter hos någon annan"),
    Reason.MOVED: _("familjen har flyttat"),
    Reason.TOO_OLD: _("den unge har blivit för gammal"),
    Reason.FAMILY_STOPPED: _("familjen ville inte fortsätta"),
    Reason.OTHER: _("annat"),
}
_PROTECTIONS: Mapping[str, Text] = {
    Protection.NONE: _("inget skydd"),
    Protection.MARKED: _("sekretessmarkering"),
    Protection.PROTECTED_REGISTRATION: _("skyddad folkbokföring"),
    Protection.NEW_IDENTITY: _("fingerade personuppgifter"),
}
_ABOUT: Mapping[str, Text] = {
    CaseRole.YOUTH: _("den unge"),
    CaseRole.GUARDIAN: _("en vårdnadshavare"),
    "other": _("någon annan"),
}

_BASES: Mapping[str, Text] = {
    Basis.OWN_OBSERVATION: _("egen iakttagelse"),
    Basis.YOUTH_TELLS: _("den unge berättar"),
    Basis.OTHER_TELLS: _("annan berättar"),
    Basis.ASSESSMENT: _("bedömning"),
}
_PRESENCE: Mapping[str, Text] = {
    Presence.INVITED: _("inbjuden"),
    Presence.PRESENT: _("med"),
    Presence.GONE: _("har gått eller kom inte"),
}
# Why a disclosure or a consent ended.
_REASONS: Mapping[str, Text] = {
    "case": _("ett ärende öppnades"),
    "childs_no": _("den unge sa nej"),
    "closed": _("ärendet avslutades"),
    "corrected": _("det rättades"),
    "declined": _("familjen tackade nej"),
    "ended": _("kontakten avslutades"),
    "expired": _("tiden gick ut"),
    "protected": _("någon har skyddade uppgifter"),
    "removed": _("det togs bort"),
    "replaced": _("det ersattes"),
    "reworded": _("det skrevs om"),
    "withdrawn": _("samtycket återkallades"),
}

_CHANGES: Mapping[str, Text] = {
    "added": _("lades till"),
    "ended": _("togs ur bruk"),
    "moved": _("flyttades"),
    "renamed": _("bytte namn"),
    "revived": _("togs i bruk igen"),
}

_CHANGED: Mapping[str, Text] = {
    "email": _("e-postadressen"),
    "name": _("namnet"),
}

VALUES: dict[str, Mapping[str, Text]] = {
    "about": _ABOUT,
    "basis": _BASES,
    "because": _BECAUSE,
    "change": _CHANGES,
    "changed": _CHANGED,
    "from": {**_STATES, **_PROTECTIONS},
    "ground": _GROUNDS,
    "grounds": _GROUNDS,
    "kind": _KINDS,
    "legal_form": {LegalForm.PUBLIC: _("offentlig"), LegalForm.PRIVATE: _("enskild")},
    "log": {"municipality": _("kommunens logg"), "system": _("systemets logg")},
    "method": {
        Method.PASSWORD_AND_CODE: _("lösenord och kod"),
        Method.NONE: _("demo, utan lösenord"),
        Method.OWN_SESSION: _("byte av uppdrag"),
    },
    "purpose": PURPOSES,
    "presence": _PRESENCE,
    "reason": _REASONS,
    "role": {**{role.value: words for role, words in ROLES.items()}, **_ABOUT},
    "source": {source.value: words for source, words in SOURCES.items()},
    "to": {**_STATES, **_PROTECTIONS},
    "way": {Way.PAPER: _("underskriven blankett"), Way.SPOKEN: _("muntligt")},
}
