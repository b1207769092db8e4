"""The router that every page of consents is registered on."""

from sspf.web import Router

router = Router()
