"""Kinds of information: what a consent is asked about and a disclosure is limited to.

Anything that is of none of these kinds is not shared.
"""

from enum import StrEnum


class Kind(StrEnum):
    """One kind of information. Labels belong to the municipality; these are their names in code."""

    IDENTITY = "identity"
    IDENTITY_FULL = "identity_full"
    CONTACT = "contact"
    ACTIONS = "actions"
    ATTENDANCE = "attendance"
    SCHOOL = "school"
    STUDENT_HEALTH = "student_health"
    LEISURE = "leisure"
    OBSERVATION = "observation"
    SOCIAL_CONTACT = "social_contact"
    SUBSTANCE = "substance"
    VICTIMISATION = "victimisation"
    FAMILY_VIEW = "family_view"


# What an organisation the family wants at the table receives from coordination, and nothing more.
TAKING_PART = frozenset({Kind.IDENTITY, Kind.ACTIONS})

# Who somebody is and where they are: in a case with protected identity nobody is told, whatever the family has said.
TELLS_WHO = frozenset({Kind.IDENTITY, Kind.IDENTITY_FULL, Kind.CONTACT})

# What a source may be asked about on the form, by what kind of organisation it is. The
# municipality's form decides in the end; nobody is asked about what they could not know.
ASKED: dict[str, tuple[Kind, ...]] = {
    "coordination": (Kind.FAMILY_VIEW, Kind.CONTACT),
    "school": (Kind.ATTENDANCE, Kind.SCHOOL, Kind.STUDENT_HEALTH),
    "social_services": (Kind.SOCIAL_CONTACT, Kind.SUBSTANCE, Kind.VICTIMISATION),
    "police": (Kind.OBSERVATION, Kind.VICTIMISATION),
    "leisure": (Kind.LEISURE, Kind.OBSERVATION),
    "association": (Kind.LEISURE,),
}

# The family's own answers: coordination's record, a kind that nobody is ever asked to share.
CONSENT_RECORD = "consent"

# Who takes part without an account: coordination's record too, and shared with nobody.
GUEST_RECORD = "guest"

# Who came to one meeting without an account and without being named in a case: the same.
VISITOR_RECORD = "visitor"

# What coordination has not told anybody yet, though it means to: nobody is ever asked to share it either.
UNPUBLISHED = "unpublished"
# kinds of coordination's own that no disclosure is ever made of
OWN_ALONE = frozenset({CONSENT_RECORD, GUEST_RECORD, VISITOR_RECORD, UNPUBLISHED})

# A contact about a worry. What was told and advised names nobody; whether somebody reported it to the social
# services is that organisation's own; that a family said yes to be contacted is coordination's.
CONCERN_RECORD = "concern"
CONCERN_WEIGHING = "concern_weighing"
CONCERN_YES = "concern_yes"
