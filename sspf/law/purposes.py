"""What sealed text may be opened or disclosed for; every read and every disclosure names one."""

from enum import StrEnum


class Purpose(StrEnum):
    """One purpose, as it stands in the trail."""

    COOPERATION = "sspf:cooperation"  # why something is disclosed at all
    CASE = "case:page"
    ACTION = "action:page"
    PARTICIPANTS = "case:participants"
    ACTIONS = "actions:mine"  # what I am to do, in every case
    CONSENT = "consent:rules"  # what was answered, to say what it opens
    MEETING = "meeting:room"  # read at the table
    SCREEN = "meeting:screen"  # shown to all who are there
    CONCERN = "concern:page"
    CORRECTION = "record:correction"
    DISCLOSURE = "disclosure:preview"  # before it is sent, to see what would be
    DRAFT = "draft:fetched"
    PLAN = "plan:paper"  # printed for the family
    REVEAL = "identity:reveal"  # who somebody is, asked for where it is hidden
