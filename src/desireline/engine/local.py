"""The engine of this machine: a few threads, and no more partials in memory than threads need."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from functools import cache
from itertools import count

from desireline.engine.engine import P, Progress


def run(
    buckets: Sequence[int],
    partial: Callable[[int], P],
    combine: Callable[[list[P]], P],
    *,
    threads: int = 2,
    progress: Progress | None = None,
) -> P:
    """The partials of all buckets, combined in the order of `buckets`, whichever was ready first.

    A fault in one bucket, or Ctrl-C, stops the run at once: buckets not begun are dropped, those under way
    are left to end by themselves. At most twice as many partials as `threads` wait to be combined. Runs at the same
    time share the threads, so `partial` may not wait for another run.

    >>> run([1, 2, 3], partial=lambda bucket: bucket * 10, combine=sum)
    60
    """
    if threads < 1:
        raise ValueError(f"threads must be at least 1, not {threads}")
    pool, waiting = _pool(threads), iter(buckets)
    under_way: deque[Future[P]] = deque()
    so_far: list[P] = []
    try:
        for done in count(1):
            while len(under_way) < 2 * threads and (bucket := next(waiting, None)) is not None:
                under_way.append(pool.submit(partial, bucket))
            if not under_way:
                break
            so_far = [combine([*so_far, under_way.popleft().result()])]
            if progress:
                progress(done, len(buckets))
    finally:
        for future in under_way:
            future.cancel()
    return combine(so_far)


@cache
def _pool(threads: int) -> ThreadPoolExecutor:
    """Threads that stay for the next run: the allocator keeps memory for each one, also when it is long gone."""
    return ThreadPoolExecutor(threads, thread_name_prefix="bucket")


if hasattr(os, "register_at_fork"):  # a forked process has none of these threads
    os.register_at_fork(after_in_child=_pool.cache_clear)
