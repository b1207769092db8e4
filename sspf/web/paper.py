"""Paper: a page's HTML made into a tagged PDF with ``print.css`` alone. Fetches nothing and knows nobody.

WeasyPrint needs Pango on the machine. Where it is missing there is no PDF, and a page prints
from the browser as well.
"""

import logging
from functools import cache
from typing import Any

from sspf.web.static import FOLDER

STYLE = FOLDER / "print.css"


def can_make_pdf() -> bool:
    """Whether this machine has what it takes."""
    return _weasyprint() is not None


def make_pdf(html: str) -> bytes:
    """The page on A4, tagged as PDF/UA-1; its title and language are the page's own.

    Raises:
        LookupError: this machine cannot (``can_make_pdf``).
    """
    weasyprint = _weasyprint()
    if weasyprint is None:
        raise LookupError("no Pango on this machine")
    nothing = weasyprint.urls.URLFetcher(allowed_protocols=())
    style = weasyprint.CSS(string=STYLE.read_text(encoding="utf-8"), url_fetcher=nothing)
    page = weasyprint.HTML(string=html, url_fetcher=nothing)
    made: bytes = page.write_pdf(stylesheets=[style], pdf_variant="pdf/ua-1")
    return made


@cache
def _weasyprint() -> Any:
    try:
        import weasyprint  # noqa: PLC0415  # half a second, and missing where Pango is
    except (ImportError, OSError):
        return None
    # what it complains of may quote the page
    logging.getLogger("weasyprint").setLevel(logging.CRITICAL + 1)
    return weasyprint
