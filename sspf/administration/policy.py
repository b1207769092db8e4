"""Who may come to the administrator's pages: the same as may set what stands there. Opens no case."""

from sspf.organisations.policy import can_administer

__all__ = ["can_administer"]
