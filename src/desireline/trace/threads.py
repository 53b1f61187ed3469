"""Work on a few threads, its results in the order of what came in, and never much of it waiting."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor, wait
from functools import cache
from typing import TypeVar

A = TypeVar("A")
B = TypeVar("B")


def in_order(work: Callable[[A], B], items: Iterable[A], *, threads: int) -> Iterator[B]:
    """`work(item)` for every item, in their order; at most a few items more than `threads` are taken ahead.

    A fault, or Ctrl-C, ends it at once: items not begun are dropped, those under way are waited for. All share the
    threads, so `work` may not wait for another one's results.
    """
    pool = _pool(threads)
    under_way: deque[Future[B]] = deque()
    try:
        for item in items:
            under_way.append(pool.submit(work, item))
            if len(under_way) > threads + 1:
                yield under_way.popleft().result()
        while under_way:
            yield under_way.popleft().result()
    finally:
        for future in under_way:
            future.cancel()
        wait(under_way)


@cache
def _pool(threads: int) -> ThreadPoolExecutor:
    """Threads that stay for the next time: the allocator keeps memory for each one, also when it is long gone."""
    return ThreadPoolExecutor(threads, thread_name_prefix="trace")


if hasattr(os, "register_at_fork"):  # a forked process has none of these threads
    os.register_at_fork(after_in_child=_pool.cache_clear)
