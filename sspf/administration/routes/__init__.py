"""The administrator's pages: what the municipality is made of, what it calls things, and who may do what."""

from sspf.administration.routes import (
    ages,
    authorities,
    concern_kinds,
    consent_forms,
    municipality,
    organisations,
    overview,
    renaming,
    users,
    words,
)
from sspf.administration.routes.registry import router

__all__ = [
    "ages",
    "authorities",
    "concern_kinds",
    "consent_forms",
    "municipality",
    "organisations",
    "overview",
    "renaming",
    "router",
    "users",
    "words",
]
