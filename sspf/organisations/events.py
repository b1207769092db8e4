"""What is recorded of the organisations."""

from audit.events import EventTag


class OrganisationEvent(EventTag):
    MUNICIPALITY_ADDED = "municipality:added"
    AUTHORITY_ADDED = "authority:added"
    ADDED = "organisation:added"
