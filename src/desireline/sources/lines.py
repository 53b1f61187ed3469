"""Physical lines of a text, of which none is ever held beyond 8 MiB, and which can be put back."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Protocol

LONGEST = 8 * 1024 * 1024
_SHOWN = 200


class Readable(Protocol):
    """A text that is drawn line by line."""

    def readline(self, limit: int, /) -> str: ...


class Overlong(str):
    """The beginning of a line that was too long to keep."""

    __slots__ = ()


class Lines(Iterator[str]):
    """The lines of a text with their line ends; of a too long line only its beginning, as `Overlong`."""

    def __init__(self, text: Readable, *, longest: int = LONGEST) -> None:
        self._text = text
        self._longest = longest
        self._back: list[str] = []

    def __next__(self) -> str:
        if self._back:
            return self._back.pop()
        line = self._text.readline(self._longest)
        if not line:
            raise StopIteration
        if len(line) == self._longest and line[-1] not in "\r\n":
            self._skip_to_line_end()
            return Overlong(line[:_SHOWN])
        return line

    @property
    def none_back(self) -> bool:
        """True when no line that was put back is still to come."""
        return not self._back

    def put_back(self, lines: Sequence[str]) -> None:
        """These lines come next, in their order."""
        self._back.extend(reversed(lines))

    def _skip_to_line_end(self) -> None:
        while (part := self._text.readline(self._longest)) and part[-1] not in "\r\n":
            pass
