"""Pieces of work done two at a time, their results handed out in order.

Polars and NumPy let go of the interpreter while they work, so threads are enough. No more pieces are begun than there
are workers and one result to hand out, so that memory does not grow with their number.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor, wait
from functools import cache
from typing import TypeVar

WORKERS = 2

Piece = TypeVar("Piece")
Result = TypeVar("Result")


def side_by_side(
    work: Callable[[Piece], Result], pieces: Iterable[Piece], *, workers: int = WORKERS, kept: str = ""
) -> Iterator[Result]:
    """The result of each piece, in their order. What a piece raises is raised here; no new piece begins then.

    With a name for `kept` threads, all who give it share them, so `work` may not wait for another one's results.
    """
    pool = kept_threads(kept, workers) if kept else ThreadPoolExecutor(workers)
    waiting: deque[Future[Result]] = deque()
    try:
        for piece in pieces:
            waiting.append(pool.submit(work, piece))
            if len(waiting) > workers:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
    finally:
        for future in waiting:
            future.cancel()
        wait(waiting)
        if not kept:
            pool.shutdown()


@cache
def kept_threads(name: str, workers: int) -> ThreadPoolExecutor:
    """Threads that stay for the next time: the allocator keeps memory for each one, also when it is long gone."""
    return ThreadPoolExecutor(workers, thread_name_prefix=name)


os.register_at_fork(after_in_child=kept_threads.cache_clear)  # a forked process has none of these threads
