"""The one router that every page of meetings is on."""

from sspf.web import Router

router = Router()
