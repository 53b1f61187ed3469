"""What an engine is: it runs a measuring plan over the buckets of the lake and adds up what comes out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol, TypeVar

P = TypeVar("P")

Progress = Callable[[int, int], None]


class Engine(Protocol):
    """`partial(bucket)` for every bucket, combined in the order of the buckets.

    `combine` takes a list of partials and may be called again on what it gave before; for no buckets it is
    called with an empty list. `progress` is told the buckets done and the buckets in all.
    """

    def __call__(
        self,
        buckets: Sequence[int],
        partial: Callable[[int], P],
        combine: Callable[[list[P]], P],
        *,
        progress: Progress | None = None,
    ) -> P:
        """Return the partial of all buckets together."""
        ...
