"""One JSON line for what happened, made of names on a list and nothing else.

Addresses hold case ids, messages hold whatever was formatted into them and
exceptions quote the row that failed. So a line takes the route's template, a
library's message before its arguments and an exception's class. Who read what
is the trail's to say, not the log's.
"""

import hashlib
import hmac
import logging
import secrets
import sys
import traceback
from pathlib import PurePath
from typing import TextIO
from uuid import UUID

import structlog
from structlog.types import EventDict, FilteringBoundLogger, WrappedLogger

ALLOWED = frozenset(
    {"time", "level", "event", "logger", "request_id", "method", "route", "status", "ms", "actor", "error", "where"}
)
_PSEUDONYM_KEY = secrets.token_bytes(32)

logger: FilteringBoundLogger = structlog.get_logger("sspf")


def configure_logging(stream: TextIO | None = None) -> None:
    """Send everything, other libraries' lines too, through the one list; ``stream`` is standard output by default."""
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True, key="time"),
            keep_allowed,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        logger_factory=structlog.PrintLoggerFactory(stream or sys.stdout),
        cache_logger_on_first_use=False,
    )
    logging.basicConfig(level=logging.WARNING, handlers=[_FromLibraries()], force=True)
    for name in ("uvicorn", "uvicorn.error", "uvicorn.access"):
        library = logging.getLogger(name)
        library.handlers.clear()
        library.propagate = name != "uvicorn.access"  # its lines are addresses


def keep_allowed(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """Drop every name that nobody has decided is harmless."""
    return {name: value for name, value in event.items() if name in ALLOWED}


def pseudonym(user_id: UUID) -> str:
    """The same eight letters for one user while this process lives, and nobody's name."""
    return hmac.digest(_PSEUDONYM_KEY, user_id.bytes, hashlib.sha256).hex()[:8]


def place_of(error: BaseException) -> str:
    """File and line where it was raised: a place, never a value."""
    frames = traceback.extract_tb(error.__traceback__)
    return f"{PurePath(frames[-1].filename).name}:{frames[-1].lineno}" if frames else ""


class _FromLibraries(logging.Handler):
    def emit(self, record: logging.LogRecord) -> None:
        error = record.exc_info[1] if record.exc_info else None
        # without arguments the message may have been put together already, values and all
        event = str(record.msg) if record.args else "a library's message"
        about = {"error": type(error).__name__, "where": place_of(error)} if error else {}
        logger.log(record.levelno, event.strip(), logger=record.name, **about)
