"""The engine of this machine: a few threads, and no more partials in memory than threads need."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor

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
    are left to end by themselves. At most twice as many partials as `threads` wait to be combined.

    >>> run([1, 2, 3], partial=lambda bucket: bucket * 10, combine=sum)
    60
    """
    if threads < 1:
        raise ValueError(f"threads must be at least 1, not {threads}")
    pool = ThreadPoolExecutor(threads, thread_name_prefix="bucket")
    try:
        return _combine_in_order(pool, buckets, partial, combine, ahead=2 * threads, progress=progress)
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


def _combine_in_order(
    pool: ThreadPoolExecutor,
    buckets: Sequence[int],
    partial: Callable[[int], P],
    combine: Callable[[list[P]], P],
    *,
    ahead: int,
    progress: Progress | None,
) -> P:
    under_way: deque[Future[P]] = deque()
    waiting = iter(buckets)
    so_far: list[P] = []
    done = 0
    while True:
        while len(under_way) < ahead and (bucket := next(waiting, None)) is not None:
            under_way.append(pool.submit(partial, bucket))
        if not under_way:
            return combine(so_far)
        so_far = [combine([*so_far, under_way.popleft().result()])]
        done += 1
        if progress:
            progress(done, len(buckets))
