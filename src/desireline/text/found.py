"""What finders of personal data share: where something stands, and lists of words written as one line."""

from __future__ import annotations

Span = tuple[int, int]
"""Where something begins and where it has ended, as places in a text."""


def listed(words: str) -> frozenset[str]:
    """The words of a line, each once."""
    return frozenset(words.split())
