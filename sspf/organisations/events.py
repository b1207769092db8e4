"""What is recorded of the organisations."""

from audit.events import EventTag


class OrganisationEvent(EventTag):
    MUNICIPALITY_ADDED = "municipality:added"
    AUTHORITY_ADDED = "authority:added"
    MUNICIPALITY_CHANGED = "municipality:changed"
    AUTHORITY_CHANGED = "authority:changed"
    ADDED = "organisation:added"
    CHANGED = "organisation:changed"
    ENDED = "organisation:ended"
    RESUMED = "organisation:resumed"


class SettingEvent(EventTag):
    AGES_DECIDED = "ages:decided"
    WORDS_SET = "words:set"
