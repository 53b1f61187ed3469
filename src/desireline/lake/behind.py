"""Pieces of work done one after another, in their order, on a thread beside the caller's."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor

WAITING = 2
"""So many pieces may wait; who brings another waits himself, so that memory does not grow."""


class Behind:
    """Work that lags a little behind. What a piece raises, a later `add` or `settle` raises."""

    def __init__(self) -> None:
        self._pool = ThreadPoolExecutor(1, thread_name_prefix="behind")
        self._under_way: deque[Future[None]] = deque()

    def add(self, work: Callable[[], None]) -> None:
        """The work is going to be done, after all that came before it."""
        while len(self._under_way) > WAITING:
            self._under_way.popleft().result()
        self._under_way.append(self._pool.submit(work))

    def settle(self) -> None:
        """All work is done."""
        while self._under_way:
            self._under_way.popleft().result()

    def close(self) -> None:
        """Nothing goes on; what was not begun is not done."""
        self._pool.shutdown(cancel_futures=True)
