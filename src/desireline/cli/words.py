"""What may be said to a command, written down once: for typer, and for the quick lane that does without it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Word:
    """One option; or, without flags, what stands by its place. `many` may be said several times."""

    name: str
    about: str
    flags: tuple[str, ...] = ()
    kind: type = str  # str, int, bool, Path
    default: Any = None
    many: bool = False
    needed: bool = False
    metavar: str | None = None
    low: int | None = None
    high: int | None = None


def read_words(words: Sequence[str], known: Sequence[Word]) -> dict[str, Any] | None:
    """What was said, by name; None when anything in it is wrong or unusual, so that typer has to look at it."""
    said = {one.name: one.default for one in known}
    flags = {flag: one for one in known for flag in one.flags}
    free: list[str] = []
    rest = iter(words)
    for word in rest:
        if not word.startswith("-"):
            free.append(word)
        elif not _take_option(word, rest, flags, said):
            return None
    return said if _take_free(free, [one for one in known if not one.flags], said) else None


def _take_option(word: str, rest: Any, flags: Mapping[str, Word], said: dict[str, Any]) -> bool:
    flag, equals, value = word.partition("=") if word.startswith("--") else (word, "", "")
    one = flags.get(flag)
    if one is None or (one.kind is bool and equals):
        return False
    if one.kind is bool:
        said[one.name] = True
        return True
    value = value if equals else next(rest, "-")
    if value.startswith("-") or not value or (one.kind is int and not _counts(value, one)):
        return False
    said[one.name] = [*(said[one.name] or []), one.kind(value)] if one.many else one.kind(value)
    return True


def _take_free(free: list[str], places: list[Word], said: dict[str, Any]) -> bool:
    if not places:
        return not free
    [place] = places
    if not free:
        return not place.needed
    said[place.name] = free if place.many else free[0]
    return place.many or len(free) == 1


def _counts(text: str, one: Word) -> bool:
    if not (text.isascii() and text.isdigit()):
        return False
    return (one.low is None or int(text) >= one.low) and (one.high is None or int(text) <= one.high)


AS_JSON = Word("as_json", "Print JSON instead of text.", ("--json",), bool, False)
WORKSPACE = Word("workspace", "The workspace: the folder with the lake.", ("--workspace", "-w"), Path, Path())


def how_many(count: int) -> Word:
    """`--limit`, with what holds when it is not said."""
    return Word("limit", "How many to show.", ("--limit", "-n"), int, count, low=1)
