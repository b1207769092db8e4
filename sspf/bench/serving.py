"""The application behind a real server on this machine, in a thread of its own."""

import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Thread

import uvicorn
from fastapi import FastAPI

START_WITHIN = 15.0


class DidNotStart(Exception):  # noqa: N818  # a state, in one sentence for whoever runs it
    """The server did not come up."""


@contextmanager
def served(app: FastAPI) -> Iterator[int]:
    """Serve ``app`` on a free port of the loopback address; gives the port.

    Raises:
        DidNotStart: it did not within a while.
    """
    # named as TCP, or the server leaves out TCP_NODELAY and a short page waits 40 ms for an acknowledgement
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listening.bind(("127.0.0.1", 0))
    listening.listen(1024)
    config = uvicorn.Config(
        app,
        log_config=None,
        access_log=False,
        server_header=False,
        timeout_keep_alive=60,  # each of two askers waits for the other
        timeout_graceful_shutdown=5,
    )
    server = uvicorn.Server(config)
    thread = Thread(target=server.run, args=([listening],), name="bench-server", daemon=True)
    thread.start()
    try:
        _wait_for(server)
        yield listening.getsockname()[1]
    finally:
        server.should_exit = True
        thread.join(timeout=10)
        listening.close()


def _wait_for(server: uvicorn.Server) -> None:
    until = time.monotonic() + START_WITHIN
    while not server.started:
        if time.monotonic() > until:
            raise DidNotStart("The server did not start.")
        time.sleep(0.01)
