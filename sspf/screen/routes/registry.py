"""The one router that every page of the screen is on."""

from sspf.web import Router

router = Router()
