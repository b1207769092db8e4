"""What is recorded of a screen; each time it shows something is the door's to record."""

from audit.events import EventTag


class ScreenEvent(EventTag):
    OPENED = "screen:opened"
    CODE_MADE = "screen:code_made"
    CODE_REFUSED = "screen:code_refused"  # in the system's log, since it may be nobody's
    CONNECTED = "screen:connected"
    PAUSED = "screen:paused"
    RESUMED = "screen:resumed"
    ENDED = "screen:ended"
