"""A text file in blocks that end with a line, so that sound ones can be read at once and others line by line."""

from __future__ import annotations

import codecs
import gzip
import io
import zlib
from typing import BinaryIO

from desireline.sources.encodings import Encoding

BLOCK = 8 * 1024 * 1024
"""Bytes that are looked at together."""

_HEAD = 64 * 1024
"""Bytes of the first block, which is drawn as lines: the header stands there."""

_GROWTH = 8
_PIECE = 256 * 1024
"""Bytes of a gzip file that are asked for together: of one that breaks off, what stands before the break is kept."""

_LIKE_ASCII = ("utf-8", "utf-8-sig", "ascii", "cp125", "iso8859", "latin", "koi8")


class Blocks:
    """Text that is drawn as lines, or as whole blocks of UTF-8 where no line was begun.

    `readline` does what it does in a text file opened with `newline=line_ends`: "" keeps any kind of line end.
    """

    def __init__(self, file: BinaryIO, encoding: Encoding, *, line_ends: str = "") -> None:
        self._file = file
        self._encoding = encoding
        self._decoder = codecs.getincrementaldecoder(encoding.name)(encoding.errors)
        self._size = BLOCK
        self._line_ends = line_ends
        self._now = _HEAD
        self._rest = b""  # read; from `_from` on it lies beyond the last block
        self._from = 0
        self._text = io.StringIO()
        self._left = 0  # characters of the block that no line was made of yet
        self._ended = False
        self._fault: Exception | None = None
        self.whole = encoding.name.startswith(_LIKE_ASCII)  # blocks can be drawn whole

    def block(self) -> bytes:
        """The next block as it stands in the file, or nothing at the end. Only where `at_edge` and `whole` are true.

        The last one may end without a line end.
        """
        return self._fetch()

    @property
    def ended(self) -> bool:
        """True when the block drawn last was the last of the file."""
        return self._ended and self._from == len(self._rest)

    @property
    def at_edge(self) -> bool:
        """True when every block that was begun has been drawn to its end."""
        return self._left == 0

    def give_back(self, block: bytes, behind: bytes = b"") -> bool:
        """The block comes again: as smaller blocks (true), or as lines where it is small or one line.

        It is the block just drawn, or one drawn before, and `behind` is what was drawn after it.
        """
        is_small = len(block) <= _HEAD or block.find(b"\n") + 1 in (0, len(block))
        self._rest, self._from = b"".join((b"" if is_small else block, behind, self._rest[self._from :])), 0
        if is_small:
            self._open(block)
        else:
            self._now = max(_HEAD, len(block) // 2)
        return not is_small

    def readline(self, limit: int) -> str:
        """The next line with its end, or its first `limit` characters; empty at the end of the file."""
        line = ""
        while True:
            if not self._left and not self._refill():
                return line
            part = self._text.readline(limit - len(line))
            self._left -= len(part)
            line += part
            if len(line) >= limit or line.endswith("\n"):
                return line
            if not self._line_ends and line.endswith("\r") and (self._left or not self._starts_with_line_feed()):
                return line

    def _starts_with_line_feed(self) -> bool:
        """True when the next block goes on with the other half of a line end."""
        if not self._refill():
            return False
        first = self._text.read(1)
        self._text.seek(0)
        return first == "\n"

    def _refill(self) -> bool:
        while not self._left and (block := self._fetch()):
            self._open(block)
        return self._left > 0

    def _open(self, block: bytes) -> None:
        text = self._decoder.decode(block, final=self.ended)
        self._text = io.StringIO(text, newline=self._line_ends)
        self._left = len(text)

    def _fetch(self) -> bytes:
        """Bytes up to the end of a line, where there is one; about as many as are looked at now, and more next time."""
        size = self._now
        self._now = min(_GROWTH * size, self._size)
        if self._from == len(self._rest) and (block := self._read_whole(size)):
            return block
        parts = self._read(size - (len(self._rest) - self._from))
        if parts:
            self._rest, self._from = b"".join((self._rest[self._from :], *parts)), 0
        first, last = self._from, self._from + size
        if self._ended and len(self._rest) <= last:
            end = len(self._rest)
        else:
            end = self._rest.rfind(b"\n", first, last) + 1 or self._rest.find(b"\n", last) + 1
            if self._fault and not end:
                raise self._fault
        self._from = end or len(self._rest)
        return self._rest[first : self._from]

    def _read_whole(self, size: int) -> bytes:
        """So many bytes at most, up to the end of a line, not copied again; none where that end is not told at once."""
        if not isinstance(self._file, io.BufferedReader) or size <= _HEAD:
            return b""
        begin = self._file.tell()
        self._file.seek(begin + size - _HEAD)
        tail = self._file.read(_HEAD)
        self._file.seek(begin)
        end = tail.rfind(b"\n") + 1
        return self._file.read(size - _HEAD + end) if end and len(tail) == _HEAD else b""

    def _read(self, size: int) -> list[bytes]:
        """So many bytes, fewer at the end. A file that breaks off gives what stands before the break first."""
        parts: list[bytes] = []
        while size > 0 and not self._ended and not self._fault:
            try:
                part = self._file.read(min(size, _PIECE) if isinstance(self._file, gzip.GzipFile) else size)
            except (EOFError, zlib.error, gzip.BadGzipFile) as fault:
                self._fault = fault
                break
            self._ended = not part
            parts.append(part)
            size -= len(part)
        if self._fault and not parts and self._from == len(self._rest):
            raise self._fault
        return parts
