"""The one router that the pages of this folder are registered on."""

from sspf.web import Router

router = Router()
