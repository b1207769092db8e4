"""The screen's pages: the leader's window and buttons, and the other computer that a code is typed on."""

from sspf.screen.routes import computer, control, window
from sspf.screen.routes.registry import router

__all__ = ["computer", "control", "router", "window"]
