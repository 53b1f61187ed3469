"""What finders of personal data share: where something stands, whether it is a piece of an id, and lists of words."""

from __future__ import annotations

import re
from typing import Final

Span = tuple[int, int]
"""Where something begins and where it has ended, as places in a text."""

_FAR: Final = 80
_BESIDE: Final = re.compile(r"[A-Za-z_\d]")  # not 卡 or の: some scripts write without blanks
_BEFORE: Final = re.compile(r"[A-Za-z_\d.]*\Z")
_DOTTED: Final = re.compile(r"\.?\d{1,40}\.\d{7,40}(?:\.\d{1,40}){0,9}\.[A-Za-z_]")


def listed(words: str) -> frozenset[str]:
    """The words of a line, each once."""
    return frozenset(words.split())


def is_beside_letters(text: str, start: int, end: int, *, words: re.Pattern[str] | None = None) -> bool:
    """True when a Latin letter, a digit or an underscore stands right beside: a hash, a key, a code is no number.

    `words` may stand right before nevertheless: “card4111…”.
    """
    if _BESIDE.match(text, end):
        return True
    before = text[max(0, start - _FAR) : start]
    return bool(_BESIDE.match(before[-1:])) and not (words and words.search(before))


def is_in_dotted_id(text: str, start: int, end: int) -> bool:
    """True within `1409.1234567890.TzBlankActor`: digits, a long number, and letters, joined by dots."""
    before = _BEFORE.search(text, max(0, start - _FAR), start)
    first = before.start() if before else start
    found = _DOTTED.match(text, first)
    return found is not None and found.end() > end
