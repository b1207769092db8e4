"""The screen's question whether anything has changed, beside a page with nothing on it."""

import re
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from html import unescape
from pathlib import Path
from uuid import UUID

from sqlalchemy.orm import Session

from sspf.app.installation import open_installation, prepare
from sspf.app.web import create_app
from sspf.bench.asking import Asker, Unanswered, asker
from sspf.bench.casework import open_case
from sspf.bench.comparing import Comparison, Timed, compare
from sspf.bench.ground import throw_away_settings
from sspf.bench.municipality import Town, found
from sspf.bench.scale import Scale
from sspf.bench.serving import served
from sspf.cases import queries as cases
from sspf.cases.models import State
from sspf.db import clock
from sspf.db.embedded import Embedded
from sspf.meetings import attending, planning, queries, service
from sspf.meetings.models import Presence
from sspf.screen.service import open_screen
from sspf.web.current_user import COOKIE

# signed in, with the whole frame around one sentence
EMPTY = "/aterkallelse-mottagen"
UNCHANGED = 204
_MARK = re.compile(r'data-mark="([^"]*)"')


def compare_polling(scale: Scale) -> Comparison:
    """How many polls are answered while one empty page is; each page asked for as often."""
    with _on_screen(scale) as (port, town, path), asker(port, EMPTY, town.token) as empty:
        with asker(port, path, town.token) as window:
            shown = _MARK.search(window.page())
        if shown is None:
            raise Unanswered("There is no screen to ask about.")
        with asker(port, f"{path}/nytt", town.token) as window:
            return compare(empty.timed, _poll(window, unescape(shown[1])), scale)


def _poll(window: Asker, mark: str) -> Timed:
    """A poll by a window that has what there is."""
    connection, path = window.connection, window.path
    headers = {"Cookie": f"{COOKIE}={window.token}", "If-None-Match": mark}

    def timed() -> float:
        began = time.perf_counter()
        connection.request("GET", path, headers=headers)
        answer = connection.getresponse()
        answer.read()
        if answer.status != UNCHANGED:
            raise Unanswered(f"A poll with nothing new was answered {answer.status}.")
        return time.perf_counter() - began

    return timed


@contextmanager
def _on_screen(scale: Scale) -> Iterator[tuple[int, Town, str]]:
    """A meeting about a case, on a screen, served: the port, the town and the screen's path."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="sspf-polling-")))
        settings = throw_away_settings(folder)
        embedded = Embedded(settings.database_dir, keep=False)
        stack.callback(embedded.stop)
        prepare(settings, embedded, create_roles=True, create_keyring=True)
        installation = open_installation(settings, embedded=embedded)
        stack.callback(installation.close)
        with installation.sessions.begin() as session:
            town = found(session)
        with installation.sessions.begin() as session:
            meeting_id = _meet(session, town, open_case(session, town, fields=scale.fields))
        yield stack.enter_context(served(create_app(installation))), town, f"/moten/{meeting_id}/skarm"


def _meet(session: Session, town: Town, case_id: UUID) -> UUID:
    """A meeting that goes on with everyone here, and its screen."""
    leader = town.coordinator
    case = cases.get_case(session, leader, case_id)
    case.state = State.MEETING
    meeting = planning.plan_meeting(session, leader, starts_at=clock.now(session), place="Rummet", cases=[case])
    session.flush()
    service.begin_meeting(session, leader, meeting, queries.agenda_of(session, leader, meeting), recording_off=True)
    _meeting, attendance = queries.get_meeting_and_attendance(session, leader, meeting.id)
    for row in attendance:
        attending.set_presence(session, leader, meeting, row, Presence.PRESENT)
    open_screen(session, leader, meeting)
    return meeting.id
