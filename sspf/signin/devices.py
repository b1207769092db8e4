"""A short label for the browser somebody signs in with, so that they can tell their own sessions apart."""

from sspf.texts import Text, _

# In order: browsers name each other, so the one with the most distinctive mark comes first.
_BROWSERS = (("Edg", "Edge"), ("OPR/", "Opera"), ("Firefox/", "Firefox"), ("FxiOS/", "Firefox"))
_BROWSERS_LAST = (("Chrome/", "Chrome"), ("CriOS/", "Chrome"), ("Safari/", "Safari"))
_SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("CrOS", "Chromebook"),
    ("Mac OS X", "Mac"),
    ("Linux", "Linux"),
)


def label(user_agent: str) -> str:
    """ "Firefox, Windows": what is stored with the session. Empty if the browser says nothing we know."""
    browser = _first(user_agent, _BROWSERS + _BROWSERS_LAST)
    return ", ".join(part for part in (browser, _first(user_agent, _SYSTEMS)) if part)


def words(stored: str) -> Text | str:
    """The label as the page shows it."""
    return stored or _("Okänd webbläsare")


def _first(user_agent: str, marks: tuple[tuple[str, str], ...]) -> str:
    return next((name for mark, name in marks if mark in user_agent), "")
