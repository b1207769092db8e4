"""Destroys what nobody may open any longer, every ten minutes while the application serves."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from threading import Event, Thread

from fastapi import FastAPI

from audit.events import Who
from auth import sweep as accounts
from sspf.concerns import erasing
from sspf.db.sessions import Sessions
from sspf.drafts import service as drafts
from sspf.vault.ending import sweep
from sspf.web.log import logger, place_of

EVERY = 600.0
SWEEPER = Who(system="sweep")


def sweep_once(sessions: Sessions) -> int:
    """Sweep in transactions of their own; how many keys of disclosures were destroyed.

    Who a family is goes by itself: it waits for locks, and nothing else should wait with it.
    """
    with sessions.begin() as session:
        accounts.sweep(session)
        drafts.sweep(session)
        swept = sweep(session, SWEEPER)
    with sessions.begin() as session:
        erasing.sweep(session, SWEEPER)
    return swept


def while_serving(sessions: Sessions) -> Callable[[FastAPI], AbstractAsyncContextManager[None]]:
    """The application's lifespan: a thread that sweeps, and stops with it."""

    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        stopping = Event()
        thread = Thread(target=_sweep_until, args=(sessions, stopping), name="sweep", daemon=True)
        thread.start()
        yield
        stopping.set()
        thread.join(timeout=5)

    return lifespan


def _sweep_until(sessions: Sessions, stopping: Event) -> None:
    while not stopping.wait(EVERY):
        try:
            sweep_once(sessions)
        except Exception as error:  # noqa: BLE001  # the next round tries again; the door is closed either way
            logger.error("the sweep failed", error=type(error).__name__, where=place_of(error))
