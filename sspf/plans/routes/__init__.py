"""The pages of plans: the goal, one's own list of actions, the buttons in it, and what an action says."""

from sspf.plans.routes import aiming, listing, pressing, writing
from sspf.plans.routes.registry import router

__all__ = ["aiming", "listing", "pressing", "router", "writing"]
