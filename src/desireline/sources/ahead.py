"""Blocks of a text file parsed two at a time, ahead of whoever takes their rows."""

from __future__ import annotations

import gzip
import zlib
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

from desireline.side_by_side import WORKERS
from desireline.sources.blocks import Blocks

Parsed = TypeVar("Parsed")


def parse_ahead(blocks: Blocks, parse: Callable[[bytes], Parsed | None]) -> Iterator[Parsed]:
    """What `parse` makes of each block, in their order, up to one of which it makes nothing.

    That one is tried again in halves; in the end its lines are what `blocks` gives next, and those of the blocks
    behind it. A last block without a line end is parsed with one. Nothing is parsed ahead before a first block was
    sound. A file that breaks off gives what stands before the break first.
    """
    pool = ThreadPoolExecutor(WORKERS)
    waiting: deque[tuple[bytes, Future[Parsed | None]]] = deque()
    fault: Exception | None = None
    ahead = 1
    try:
        while True:
            while len(waiting) < ahead and not fault:
                try:
                    block = blocks.block()
                except (EOFError, zlib.error, gzip.BadGzipFile) as found:
                    fault = found
                    break
                if not block:
                    break
                waiting.append((block, pool.submit(parse, _ended(block) if blocks.ended else block)))
            if not waiting:
                break
            block, future = waiting.popleft()
            parsed = future.result()
            if parsed is not None:
                ahead = WORKERS + 1
                yield parsed
                continue
            behind = b"".join(later for later, _ in waiting)
            waiting.clear()
            fault, ahead = None, 1
            if not blocks.give_back(block, behind):
                return
        if fault:
            raise fault
    finally:
        pool.shutdown(cancel_futures=True)


def _ended(block: bytes) -> bytes:
    return block if block.endswith(b"\n") else block + b"\n"
