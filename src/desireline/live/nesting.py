"""How deep an update nests, found out before the CRDT library reads it: what nests too deep would end the process.

The library reads a value within a value by calling itself, without an end. An update of 40 KB that holds nothing but
opening brackets fills the stack, and no exception is raised then. The format is that of Yjs, version 1:
https://github.com/yjs/yjs/blob/main/INTERNALS.md and `lib0/encoding.js` for values.
"""

from __future__ import annotations

from desireline.errors import UpdateRefused

DEEPEST = 50  # values within values, or shared types within shared types; a map needs four
SHORT = 100  # bytes in which nothing can nest so deep
_GC, _DELETED, _JSON, _BINARY, _STRING, _EMBED, _FORMAT, _TYPE, _VALUES, _SKIP = 0, 1, 2, 3, 4, 5, 6, 7, 8, 10
_NAMED_TYPES = (3, 5)  # XML elements and hooks carry a name
_PLAIN_BYTES = {127: 0, 126: 0, 124: 4, 123: 8, 122: 8, 121: 0, 120: 0}  # of a value, by its first byte
_NUMBER, _TEXT, _OBJECT, _ARRAY, _BYTES = 125, 119, 118, 117, 116


def check_nesting(update: bytes) -> None:
    """The update can be read without harm. Raises UpdateRefused, also for what a map never holds."""
    if len(update) <= SHORT:
        return
    try:
        _Walk(update).update()
    except IndexError:
        raise _unread() from None


class _Walk:
    """Goes through an update once, and keeps nothing of it but how deep its types lie."""

    def __init__(self, body: bytes) -> None:
        self._body = body
        self._at = 0
        self._types: dict[tuple[int, int], int] = {}

    def update(self) -> None:
        for _ in range(self._number()):
            structs, client, clock = self._number(), self._number(64), self._number()
            for _ in range(structs):
                clock += self._struct(client, clock)

    def _struct(self, client: int, clock: int) -> int:
        """Behind a struct; how many clocks it takes."""
        info = self._byte()
        if info in (_GC, _SKIP):
            return self._number()
        depth = self._place(info)
        kind = info & 0x1F
        if kind == _TYPE:
            self._types[client, clock] = depth
        return self._content(kind)

    def _place(self, info: int) -> int:
        """Behind the neighbours, or where there are none behind the parent; how deep it lies."""
        for bit in (0x80, 0x40):
            if info & bit:
                self._id()
        if info & 0xC0:
            return 0
        depth = 0
        if self._number() == 1:
            self._text()
        else:
            depth = self._types.get(self._id(), 0) + 1
        if info & 0x20:
            self._text()
        if depth > DEEPEST:
            raise _too_deep()
        return depth

    def _content(self, kind: int) -> int:
        if kind == _DELETED:
            return self._number()
        if kind == _STRING:
            return len(self._text().decode(errors="replace").encode("utf-16-le")) // 2
        if kind in (_JSON, _VALUES):
            count = self._number()
            for _ in range(count):
                self._text() if kind == _JSON else self._value()
            return count
        if kind == _TYPE:
            if self._number() in _NAMED_TYPES:
                self._text()
        elif kind in (_BINARY, _EMBED):
            self._text()
        elif kind == _FORMAT:
            self._text()
            self._text()
        else:  # documents within documents, moves: nothing that a map holds
            raise _unread()
        return 1

    def _value(self) -> None:
        """Behind a value: `open_` holds, for each that is not read to its end, what is left and whether it has keys."""
        open_ = [[1, 0]]
        while open_:
            left, keyed = open_[-1]
            if not left:
                open_.pop()
                continue
            open_[-1][0] -= 1
            if keyed:
                self._text()
            kind = self._byte()
            if kind in (_OBJECT, _ARRAY):
                open_.append([self._number(), int(kind == _OBJECT)])
                if len(open_) > DEEPEST:
                    raise _too_deep()
            else:
                self._plain(kind)

    def _plain(self, kind: int) -> None:
        if kind in (_TEXT, _BYTES):
            self._text()
        elif kind == _NUMBER:
            while self._byte() & 0x80:
                pass
        elif kind in _PLAIN_BYTES:
            self._skip(_PLAIN_BYTES[kind])
        else:
            raise _unread()

    def _byte(self) -> int:
        self._at += 1
        return self._body[self._at - 1]

    def _skip(self, count: int) -> None:
        self._at += count
        if self._at > len(self._body):
            raise _unread()

    def _text(self) -> bytes:
        length = self._number()
        self._skip(length)
        return self._body[self._at - length : self._at]

    def _id(self) -> tuple[int, int]:
        return self._number(64), self._number()

    def _number(self, bits: int = 32) -> int:
        number = shift = 0
        while True:
            byte = self._byte()
            number |= (byte & 0x7F) << shift
            if byte < 0x80:
                break
            shift += 7
            if shift > 70:
                raise _unread()
        if number >> bits:
            raise _unread()  # readers that wrap such numbers go on elsewhere than those that do not
        return number


def _too_deep() -> UpdateRefused:
    return UpdateRefused("This edit nests too deep, so it was not taken.", code="malformed")


def _unread() -> UpdateRefused:
    return UpdateRefused("This edit could not be read, so it was not taken.", code="malformed")
