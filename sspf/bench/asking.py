"""A browser's part: pages asked for over a kept connection, each timed from the question to its last byte."""

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from threading import Barrier

from sspf.web.current_user import COOKIE

OK = 200
PATIENCE = 60.0


class Unanswered(Exception):  # noqa: N818  # a state, in one sentence for whoever runs it
    """A page that must be there was not: there is nothing to measure."""


@dataclass(frozen=True, slots=True)
class Asker:
    """One page, asked for by somebody signed in, over one connection."""

    connection: HTTPConnection
    path: str
    token: str

    def ask(self) -> tuple[int, bytes]:
        """The answer's status and its whole body."""
        headers = {"Cookie": f"{COOKIE}={self.token}", "Sec-Fetch-Site": "same-origin"}
        self.connection.request("GET", self.path, headers=headers)
        answer = self.connection.getresponse()
        return answer.status, answer.read()

    def page(self) -> str:
        """The page.

        Raises:
            Unanswered: the answer is something else.
        """
        status, body = self.ask()
        if status != OK:
            raise Unanswered(f"A page that is measured answered {status}.")
        return body.decode()

    def timed(self) -> float:
        """How long the page took, in seconds."""
        began = time.perf_counter()
        self.page()
        return time.perf_counter() - began


@contextmanager
def asker(port: int, path: str, token: str) -> Iterator[Asker]:
    """Somebody who asks the server on ``port`` for ``path``."""
    connection = HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    try:
        yield Asker(connection, path, token)
    finally:
        connection.close()


@dataclass(frozen=True, slots=True)
class Burst:
    """Many at once: how many had the page as answer, and when the last of them had it."""

    answered: int
    seconds: float


def burst(port: int, path: str, token: str, *, at_once: int) -> Burst:
    """Ask for the page ``at_once`` times in the same moment, each over a connection of its own."""
    ready = Barrier(at_once + 1)

    def ask() -> int:
        with asker(port, path, token) as one:
            one.connection.connect()
            ready.wait(PATIENCE)
            try:
                return one.ask()[0]
            except (OSError, HTTPException):
                return 0

    with ThreadPoolExecutor(at_once) as pool:
        asked = [pool.submit(ask) for _ in range(at_once)]
        ready.wait(PATIENCE)
        began = time.perf_counter()
        statuses = [one.result() for one in asked]
        seconds = time.perf_counter() - began
    return Burst(statuses.count(OK), seconds)
