"""The administrator's pages: what the municipality is made of, what it calls things, and who may do what."""

from sspf.administration.routes import concern_kinds, consent_forms, overview
from sspf.administration.routes.registry import router

__all__ = ["concern_kinds", "consent_forms", "overview", "router"]
