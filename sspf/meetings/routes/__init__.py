"""The pages of meetings: planning one, being at one, and what remains of it."""

from sspf.meetings.routes import ending, planning, work, writing
from sspf.meetings.routes.registry import router

__all__ = ["ending", "planning", "router", "work", "writing"]
