"""What sealed text may be opened or disclosed for; every read and every disclosure names one."""

from enum import StrEnum


class Purpose(StrEnum):
    """One purpose, as it stands in the trail."""

    COOPERATION = "sspf:cooperation"  # why something is disclosed at all
    CASE = "case:page"
    ACTION = "action:page"
    PARTICIPANTS = "case:participants"
    ACTIONS = "actions:mine"
    CONSENT = "consent:rules"
    MEETING = "meeting:room"
    SCREEN = "meeting:screen"
    CONCERN = "concern:page"
    CORRECTION = "record:correction"
    DISCLOSURE = "disclosure:preview"
    DRAFT = "draft:fetched"
    PLAN = "plan:paper"
    REVEAL = "identity:reveal"
