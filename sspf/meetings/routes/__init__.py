"""The pages of meetings: planning one, being at one, and what remains of it."""

from sspf.meetings.routes import arranging, ending, keeping, listing, planning, talking, work, writing
from sspf.meetings.routes.registry import router

__all__ = ["arranging", "ending", "keeping", "listing", "planning", "router", "talking", "work", "writing"]
