"""What stands around every page: who is signed in, for whom, and where they can go.

The edge knows no organisation and no menu. The application hands it one function
that does, so the layers above are shown here without being imported.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

from sqlalchemy.orm import Session

from auth.actor import Actor
from sspf.texts import Text, _


@dataclass(frozen=True, slots=True)
class MenuItem:
    """One way to go; ``count`` is a number worth knowing before going there."""

    text: Text | str
    path: str
    count: int | None = None


@dataclass(frozen=True, slots=True)
class Frame:
    """The frame of one page. The defaults are the frame of somebody who is not signed in.

    ``terms`` holds the municipality's own words in their forms (``terms.action``, ``terms.action_the``,
    ``terms.actions``); a page that uses one that is missing does not render. ``language``, ``theme`` and
    ``shortcuts`` (whether single letters are commands) are the reader's own; the edge fills them in.
    """

    product: Text = field(default_factory=lambda: _("SSPF-stödet"))
    municipality: str = ""
    name: str = ""
    role: Text | None = None
    organisation: str = ""
    menu: tuple[MenuItem, ...] = ()
    account_path: str = ""
    sign_out_path: str = ""
    terms: Mapping[str, Text] = field(default_factory=dict)
    is_demo: bool = False
    language: str = "sv"
    theme: str = "auto"
    shortcuts: bool = True
    # the page is about somebody with protected identity: it says so, and is not printed
    is_protected: bool = False

    def here(self, path: str) -> MenuItem | None:
        """The item that ``path`` lies under, the nearest one if several do."""
        under = [item for item in self.menu if path == item.path or path.startswith(item.path.rstrip("/") + "/")]
        at_home = path == "/"
        return max(
            (item for item in under if item.path != "/" or at_home), key=lambda item: len(item.path), default=None
        )


class MakeFrame(Protocol):
    """Makes the frame inside the page's own transaction; ``actor`` is nobody on a public page."""

    def __call__(self, session: Session, actor: Actor | None) -> Frame: ...
