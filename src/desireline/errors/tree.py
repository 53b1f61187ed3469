"""What everything that Desireline raises has in common."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from difflib import get_close_matches


class DesirelineError(Exception):
    """Anything that Desireline raises on purpose."""

    exit_code = 3


def did_you_mean(name: str, known: Iterable[str], otherwise: str) -> str:
    """A hint: the nearest known name, or what to do when nothing is near. Capitals do not matter.

    >>> did_you_mean("Order", ["order placed", "see"], "Known: order placed, see.")
    "Did you mean 'order placed'?"
    """
    folded = {one.casefold(): one for one in known}
    near = get_close_matches(name.casefold(), list(folded), n=1)
    longer = [one for one in folded if name and name.casefold() in re.split(r"[\s_.:>-]+", one)]
    found = near or longer[:1]
    return f"Did you mean {folded[found[0]]!r}?" if found else otherwise


def some(known: Sequence[str]) -> str:
    """The first of the names."""
    return f"{', '.join(known[:8])}{' …' if len(known) > 8 else ''}"


class NotAmong(Exception):
    """A name is not among those known; beside a family of errors this says which, and what may be meant.

    `says` holds {name}, of which no more than `longest` characters are shown. `hint` is the way out when nothing known
    is near; it may hold {all} known names, or {some}: the first of them. `if_none` takes its place when none is known.
    """

    says: str
    hint: str
    if_none: str | None = None
    longest: int | None = None

    def __init__(self, name: str, known: Iterable[str]) -> None:
        known = list(dict.fromkeys(known))
        hint = self.hint if known or self.if_none is None else self.if_none
        otherwise = hint.format(all=", ".join(known), some=some(known))
        super().__init__(f"{self.says.format(name=name[: self.longest])} {did_you_mean(name, known, otherwise)}")
