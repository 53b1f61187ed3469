"""How often something may be tried: guessing passwords becomes slow, and nobody has to solve a puzzle.

A member who mistypes is not kept out by somebody else who guesses at their name: the back-off counts for a name from
one address. Guessing at one name from many addresses, and at many names from one, empties a bucket. What is counted
lives in memory; a restart forgets it.
"""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from math import ceil
from threading import Lock
from typing import TypeVar

from desireline.errors import TooMany

REMEMBERED = 10_000  # keys
SIGN_IN = "There were too many attempts to sign in."
OPENING = "Too many links were opened from here."
V = TypeVar("V")


class Remembered(OrderedDict[str, V]):
    """What is held of each key, of no more than `REMEMBERED`: those longest not written to are forgotten first.

    Whoever reads a key and then writes to it holds the `lock` meanwhile.
    """

    def __init__(self) -> None:
        super().__init__()
        self.lock = Lock()

    def __setitem__(self, key: str, value: V) -> None:
        super().__setitem__(key, value)
        self.move_to_end(key)
        if len(self) > REMEMBERED:
            self.popitem(last=False)


@dataclass
class Bucket:
    """`size` at once, then `per_s` a second, for each key."""

    size: float
    per_s: float
    says: str
    now: Callable[[], float] = time.monotonic
    _left: Remembered[tuple[float, float]] = field(default_factory=Remembered)

    def take(self, key: str) -> None:
        """One less is left. Raises TooMany when nothing was."""
        with self._left.lock:
            now = self.now()
            left, since = self._left.get(key, (self.size, now))
            left = min(self.size, left + (now - since) * self.per_s)
            self._left[key] = (left - 1 if left >= 1 else left, now)
        if left < 1:
            raise TooMany(self.says, ceil((1 - left) / self.per_s))


@dataclass
class Backoff:
    """After `free` failures in a row the next attempt waits 1 s, then 2, 4, … up to `longest`, for each key."""

    free: int
    longest: float
    says: str
    now: Callable[[], float] = time.monotonic
    _failed: Remembered[tuple[int, float]] = field(default_factory=Remembered)

    def attempt(self, key: str) -> None:
        """The attempt counts as failed until `worked`; one that comes too soon does not count. Raises TooMany."""
        with self._failed.lock:
            now = self.now()
            failed, until = self._failed.get(key, (0, now))
            if until > now:
                raise TooMany(self.says, ceil(until - now))
            if now - until > 2 * self.longest:
                failed = 0
            failed += 1
            wait = min(self.longest, 2.0 ** min(failed - self.free, 30)) if failed >= self.free else 0.0
            self._failed[key] = (failed, now + wait)

    def worked(self, key: str) -> None:
        """The failures of this key are forgotten."""
        with self._failed.lock:
            self._failed.pop(key, None)


class Limits:
    """All limits of a server."""

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self._guesses = Backoff(free=5, longest=900, says=SIGN_IN, now=now)
        self._names = Bucket(size=50, per_s=1 / 10, says=SIGN_IN, now=now)
        self._addresses = Bucket(size=60, per_s=1 / 5, says=SIGN_IN, now=now)
        self._secrets = Bucket(size=60, per_s=1 / 2, says=OPENING, now=now)
        self._shares = Bucket(size=240, per_s=4, says=OPENING, now=now)

    def sign_in(self, name: str, address: str) -> None:
        """Somebody tries a password. Raises TooMany."""
        self._guesses.attempt(f"{address} {name}")
        self._addresses.take(address)
        self._names.take(name)

    def signed_in(self, name: str, address: str) -> None:
        """The password was right."""
        self._guesses.worked(f"{address} {name}")

    def open_link(self, address: str) -> None:
        """Somebody opens a link that works once, or an invitation. Raises TooMany."""
        self._secrets.take(address)

    def open_share(self, address: str) -> None:
        """Somebody looks at a map through a share link. Raises TooMany."""
        self._shares.take(address)
