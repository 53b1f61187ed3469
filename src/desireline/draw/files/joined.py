"""Several PDF files as one: the pages of all, one after the other.

It reads what the converter of pictures writes: plain objects, one page to a file, and no encryption. Numbers of
objects are shifted file by file, streams stay as they are. Source: ISO 32000-1, 7.5 (file structure).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

_STREAM = re.compile(rb"\bstream\r?\n")
_REFERENCE = re.compile(rb"(\d+) 0 R\b")
_TREE = re.compile(rb"/Type\s*/(?:Catalog|Pages)\b")
_PAGE = re.compile(rb"/Type\s*/Page\b")
_PARENT = re.compile(rb"/Parent \d+ 0 R")
CATALOG, TREE, FIRST = 1, 2, 3


def join_pdfs(files: Sequence[bytes]) -> bytes:
    """One PDF with the pages of all."""
    bodies: dict[int, bytes] = {}
    pages: list[int] = []
    shift = FIRST
    for file in files:
        found = objects_of(file)
        for number, body in found.items():
            head, stream = _parted(body)
            if _TREE.search(head):
                continue
            head = _REFERENCE.sub(lambda one, by=shift: b"%d 0 R" % (int(one[1]) + by), head)  # type: ignore[misc]
            if _PAGE.search(head):
                head = _PARENT.sub(b"/Parent %d 0 R" % TREE, head)
                pages.append(number + shift)
            bodies[number + shift] = head + stream
        shift += max(found, default=0) + 1
    kids = b" ".join(b"%d 0 R" % page for page in pages)
    bodies[CATALOG] = b"\n<< /Type /Catalog /Pages %d 0 R >>\n" % TREE
    bodies[TREE] = b"\n<< /Type /Pages /Count %d /Kids [%s] >>\n" % (len(pages), kids)
    return _written(bodies)


def objects_of(file: bytes) -> dict[int, bytes]:
    """The objects of a file by number, found by its table of offsets, so that streams are never searched."""
    start = int(file[file.rindex(b"startxref") :].split()[1])
    table = file[start:].split(b"trailer")[0].split(b"\n")
    offsets = sorted(int(row[:10]) for row in table if re.match(rb"\d{10} \d{5} n", row))
    found: dict[int, bytes] = {}
    for offset, end in zip(offsets, [*offsets[1:], start], strict=True):
        whole = file[offset:end]
        number = int(whole.split(None, 1)[0])
        found[number] = whole[whole.index(b"obj") + 3 : whole.rindex(b"endobj")]
    return found


def _parted(body: bytes) -> tuple[bytes, bytes]:
    """The dictionary of an object, and its stream."""
    at = _STREAM.search(body)
    return (body[: at.start()], body[at.start() :]) if at else (body, b"")


def _written(bodies: dict[int, bytes]) -> bytes:
    out = bytearray(b"%PDF-1.7\n%\x80\x80\x80\x80\n")
    places: dict[int, int] = {}
    for number in sorted(bodies):
        places[number] = len(out)
        out += b"%d 0 obj" % number + bodies[number] + b"endobj\n"
    size = max(bodies) + 1
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f\r\n" % size
    for number in range(1, size):
        out += b"%010d 00000 n\r\n" % places[number] if number in places else b"0000000000 65535 f\r\n"
    out += b"trailer\n<< /Size %d /Root %d 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (size, CATALOG, start)
    return bytes(out)
