"""What is recorded of consents. Which rows were yes is in the waivers', the vault's and the participations' entries."""

from audit.events import EventTag


class ConsentEvent(EventTag):
    RECORDED = "consent:recorded"
    RECALL_PRINTED = "consent:recall_printed"
    WITHDRAWN = "consent:withdrawn"
    WITHDRAWAL_RECEIVED = "consent:withdrawal_received"
    REPLACED = "consent:replaced"
    WAIVER_BEGAN = "waiver:began"
    WAIVER_ENDED = "waiver:ended"
