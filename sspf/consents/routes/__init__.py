"""The pages of consents: how the family stands, a signed paper typed in, and a yes that is taken back."""

from sspf.consents.routes import overview, recalling, receiving, signing, withdrawing
from sspf.consents.routes.registry import router

__all__ = ["overview", "recalling", "receiving", "router", "signing", "withdrawing"]
