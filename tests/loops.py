"""Coroutines in tests run on a loop of their own thread: a browser's driver keeps one on the main thread."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

T = TypeVar("T")


def on_a_loop(story: Coroutine[Any, Any, T], *, debug: bool | None = None) -> T:
    """What the coroutine returns; what it raises is raised."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(asyncio.run, story, debug=debug).result()


def off_the_loop(call: Callable[[], T]) -> T:
    """What the call returns; in a thread of its own where a loop runs here, as the call begins one itself."""
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return call()
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(call).result()
