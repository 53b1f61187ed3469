"""The engine of this machine: a few threads, and no more partials in memory than threads need."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from itertools import count

from desireline.engine.engine import P, Progress
from desireline.side_by_side import kept_threads


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
    pool, waiting = kept_threads("bucket", threads), iter(buckets)
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
