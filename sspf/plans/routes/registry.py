"""The router that every module here adds its routes to."""

from sspf.web import Router

router = Router()
