"""The pages of plans: the goal, one's own list of actions, the buttons in it, and all about one."""

from sspf.plans.routes import aiming, listing, pressing, reporting, showing, talking, telling, writing
from sspf.plans.routes.registry import router

__all__ = ["aiming", "listing", "pressing", "reporting", "router", "showing", "talking", "telling", "writing"]
