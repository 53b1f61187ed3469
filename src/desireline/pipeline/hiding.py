"""What is kept back so that no subtraction tells it: a number about few is safe only beside another that is hidden."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from desireline.access import may_show


def keep_back(
    counts: Sequence[int], small: Collection[int], *, beyond: int = 0, few: Collection[int] | None = None
) -> set[int]:
    """The places of those of `counts`, which add up to a number that is told, that are kept back.

    These are the `small` ones, and of the others the smallest, as long as a single one would be hidden, or too few
    together. `beyond` of the total stand nowhere in `counts`, and hide with them. A count of 0 hides nothing.

    Counts that are not customers say nothing of these by their sum: then `few` are the places that are not known to be
    of five customers, and one other hides with them, as long as there is one.

    >>> sorted(keep_back([20, 8, 3, 9], {2}))
    [1, 2]
    >>> keep_back([20, 8, 9], set())
    set()
    >>> sorted(keep_back([20, 8, 50, 50], {2, 3}, few={2, 3}))
    [1, 2, 3]
    """
    hidden = set(small)
    others = sorted((count, -place) for place, count in enumerate(counts) if count and place not in hidden)
    for _, place in others:
        if not hidden and not beyond:
            break
        alone = len(hidden) == 1 and not beyond
        enough = may_show(beyond + sum(counts[k] for k in hidden)) if few is None else hidden.difference(few)
        if not alone and enough:
            break
        hidden.add(-place)
    return hidden
