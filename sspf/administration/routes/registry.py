"""The router that every page of administration is registered on."""

from sspf.web import Router

router = Router()
