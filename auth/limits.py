"""Two rules for how fast somebody may try, as pure functions of what is stored and the time.

Neither ever locks anybody out: a wait ends by itself, at most five minutes on, and
trying while one has to wait makes it no longer.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol


@dataclass(frozen=True)
class Level:
    """What is stored of one bucket: attempts counted, and a time whose meaning is the limit's own."""

    attempts: int
    until: datetime


class Limit(Protocol):
    """How fast one bucket may be tried."""

    def wait(self, level: Level, now: datetime) -> timedelta:
        """How long until the next attempt is let in; zero or less if it is now."""

    def count(self, level: Level, now: datetime) -> Level:
        """The level after one more attempt. A bucket never tried has none, until now."""

    def forgive(self, level: Level, now: datetime) -> Level:
        """The level after the attempt just counted turned out to be right."""


@dataclass(frozen=True)
class Backoff:
    """Some tries at once, then a delay that doubles; all forgotten by a success or after a quiet while.

    ``until`` is when the next attempt is let in.
    """

    free: int = 5
    first: timedelta = timedelta(seconds=30)
    longest: timedelta = timedelta(minutes=5)
    forgotten_after: timedelta = timedelta(hours=1)

    def wait(self, level: Level, now: datetime) -> timedelta:
        return level.until - now

    def count(self, level: Level, now: datetime) -> Level:
        is_forgotten = now - level.until > self.forgotten_after
        attempts = 1 if is_forgotten else level.attempts + 1
        return Level(attempts, now + self.delay(attempts))

    def forgive(self, level: Level, now: datetime) -> Level:
        return Level(0, min(level.until, now))

    def delay(self, attempts: int) -> timedelta:
        """How long to wait after so many attempts in a row."""
        if attempts < self.free:
            return timedelta(0)
        doublings = min(attempts - self.free, 16)  # past any longest wait, and short of overflowing
        return min(self.first * (1 << doublings), self.longest)


@dataclass(frozen=True)
class Drain:
    """A bucket of so many attempts that empties at a steady pace; a success pours its own attempt out again.

    ``until`` is when it will be empty (the virtual-scheduling form of the generic cell
    rate algorithm, ITU-T I.371, annex A).
    """

    size: int
    every: timedelta

    def wait(self, level: Level, now: datetime) -> timedelta:
        return level.until - now - self.every * (self.size - 1)

    def count(self, level: Level, now: datetime) -> Level:
        attempts = 1 if level.until < now else level.attempts + 1
        return Level(attempts, max(level.until, now) + self.every)

    def forgive(self, level: Level, now: datetime) -> Level:
        return Level(max(level.attempts - 1, 0), max(level.until - self.every, now))


# Five guesses, then 30 s, 1, 2, 4 and 5 minutes: fewer than 300 a day against one second factor.
ACCOUNT = Backoff()
# A whole office behind one address may mistype on a Monday; a guesser has six tries a minute.
ADDRESS = Drain(size=30, every=timedelta(seconds=10))
# The whole installation: keeps a guesser with many addresses from taking every core for hashing.
EVERYONE = Drain(size=300, every=timedelta(milliseconds=500))
