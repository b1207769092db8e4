"""The pages of meetings: planning one, being at one, and what remains of it."""

from sspf.meetings.routes import arranging, ending, keeping, planning, talking, work, writing
from sspf.meetings.routes.registry import router

__all__ = ["arranging", "ending", "keeping", "planning", "router", "talking", "work", "writing"]
