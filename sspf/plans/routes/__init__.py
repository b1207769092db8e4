"""The pages of actions: one's own list, the buttons in it, and what an action says."""

from sspf.plans.routes import listing, pressing, writing
from sspf.plans.routes.registry import router

__all__ = ["listing", "pressing", "router", "writing"]
