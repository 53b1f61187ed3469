"""A block of JSON lines that are all written alike: the same keys in one order, the same marks between the values.

Programs write such lines. They are cut at their quotation marks, as a delimited file is cut at its commas, and then it
is proven that they are alike: the lengths of the values say where everything else has to stand, and there it is looked
for. Any doubt (an escape, a list, a line with another key), and the block is left to be read in another way.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import polars as pl

from desireline.recipes.cells import repeated

Ints = npt.NDArray[np.int64]

_MEMBER = re.compile(
    rb' *"(?P<key>[^"]*)" *: *(?:"(?P<text>[^"]*)"|(?P<plain>[^ ",:{}\[\]]+)) *(?P<end>[,}])', re.DOTALL
)
_WHOLE = r"^(?:0|-?[1-9][0-9]{0,17})$"
_LITERAL = r"^(?:-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?|true|false)$"
_QUOTE = b'"'
_BLANK = ord(" ")
_DELETE = 0x7F
_SAMPLE = 64


@dataclass(frozen=True)
class Form:
    """How a line is written: its keys, and what stands before each value and after the last one."""

    keys: tuple[str, ...]
    gaps: tuple[bytes, ...]  # with the quotation marks around texts; the last one ends the line

    @property
    def fields(self) -> int:
        """How many fields a line has when it is cut at its quotation marks."""
        return b"".join(self.gaps).count(_QUOTE) + 1

    def field(self, place: int) -> int:
        """The field in which the value at this place stands."""
        return b"".join(self.gaps[: place + 1]).count(_QUOTE)

    def is_text(self, place: int) -> bool:
        """True when the value at this place stands in quotation marks."""
        return self.gaps[place].endswith(_QUOTE)

    def around(self, place: int) -> tuple[str, str]:
        """What stands before and after the value in its field."""
        before, after = self.gaps[place].rpartition(_QUOTE)[2], self.gaps[place + 1].partition(_QUOTE)[0]
        return before.decode(), after.removesuffix(b"\n").decode()


@dataclass(frozen=True)
class Even:
    """The values of a block by key: texts, and numbers where all are whole; others as written, without a `.0`."""

    cells: pl.DataFrame
    visible: bool  # true when no text holds a blank or anything beyond ASCII


def read_even(block: bytes) -> Even | None:
    """The values of the block's lines; None where there is doubt. Texts in whose place `null` stands may be among them.

    Empty texts are null.
    """
    form = None if b"\\" in block or not block.endswith(b"\n") else tell_form(block)
    if form is None:
        return None
    found = _read(block, form)
    if found is None and b"null" in block:
        without = _without_null_texts(block, form)
        return None if without == block else _read(without, form)
    return found


def tell_form(block: bytes) -> Form | None:
    """How the lines of a block seem to be written: like the one among the first that has most texts."""
    lines = block[: 1 << 16].split(b"\n", _SAMPLE)[:_SAMPLE]
    line = max(lines, key=lambda line: line.count(_QUOTE))
    keys: list[str] = []
    gaps: list[bytes] = []
    at, done = len(line) - len(line.lstrip(b" {")), 0
    try:
        while member := _MEMBER.match(line, at):
            first, end = member.span("text" if member["text"] is not None else "plain")
            keys.append(member["key"].decode())
            gaps.append(line[done:first])
            at, done = member.end(), end
            if member["end"] == b"}":
                break
    except UnicodeDecodeError:
        return None
    gaps.append(line[done:] + b"\n")
    is_object = len(gaps) > 1 and gaps[0].count(b"{") == 1 and gaps[-1].strip(b'" \n') == b"}"
    return Form(tuple(keys), tuple(gaps)) if is_object and all(keys) and len(set(keys)) == len(keys) else None


def _read(block: bytes, form: Form) -> Even | None:
    found = _cut(block, form)
    if found is None or not _is_proven(block, form, _lengths(found, form)):
        return None
    cells = [column if form.is_text(place) else _plain(column, form, place) for place, column in enumerate(found)]
    known = [cell for cell in cells if cell is not None]
    letters = np.frombuffer(block, dtype=np.uint8)
    marks = found.height * sum(octet <= _BLANK for octet in b"".join(form.gaps))  # that belong to no text
    visible = int(letters.max()) < _DELETE and int(np.count_nonzero(letters <= _BLANK)) == marks
    if not visible and int(np.count_nonzero(letters < _BLANK)) != found.height:
        return None  # JSON allows none of them in a text
    return Even(pl.DataFrame(known), visible) if len(known) == len(cells) else None


def _cut(block: bytes, form: Form) -> pl.DataFrame | None:
    """The fields in which the values stand, under their keys."""
    names = [str(place) for place in range(form.fields)]
    places = [form.field(place) for place in range(len(form.keys))]
    try:
        found = pl.read_csv(
            block,
            has_header=False,
            separator=_QUOTE.decode(),
            quote_char=None,
            schema=dict.fromkeys(names, pl.String),
            columns=places,
        )
    except pl.exceptions.PolarsError:
        return None
    return pl.DataFrame([found[str(place)].alias(key) for key, place in zip(form.keys, places, strict=True)])


def _lengths(found: pl.DataFrame, form: Form) -> list[Ints]:
    """How many bytes each value has."""
    fields = found.select(pl.all().str.len_bytes().fill_null(0).cast(pl.Int64))
    aside = [0 if form.is_text(place) else sum(map(len, form.around(place))) for place in range(fields.width)]
    return [field.to_numpy() - around for field, around in zip(fields, aside, strict=True)]


def _is_proven(block: bytes, form: Form, lengths: Sequence[Ints]) -> bool:
    """True when the block is its values with the gaps between them, and nothing else."""
    wholes = np.full(len(lengths[0]), sum(map(len, form.gaps)), dtype=np.int64)
    for length in lengths:
        wholes += length
    places = np.cumsum(wholes)
    if int(places[-1]) != len(block) or any(int(length.min()) < 0 for length in lengths):
        return False
    places -= wholes
    for gap, length in zip(form.gaps, lengths, strict=False):
        if not _stands(block, gap, places):
            return False
        places += length + len(gap)
    return _stands(block, form.gaps[-1], places)


def _stands(block: bytes, gap: bytes, places: Ints) -> bool:
    """True when these bytes stand at each of the places. They are compared in words, the last of which may overlap."""
    size = 1 << min(len(gap).bit_length() - 1, 3)
    for first in (*range(0, len(gap) - size, size), len(gap) - size):
        words = np.ndarray(len(block) - first - size + 1, f"<u{size}", buffer=block, offset=first, strides=(1,))
        if bool((words[places] != int.from_bytes(gap[first : first + size], "little")).any()):
            return False
    return True


def _plain(column: pl.Series, form: Form, place: int) -> pl.Series | None:
    """Numbers and words out of their fields; None where one of them is nothing that JSON knows."""
    before, after = form.around(place)
    there = column != f"{before}null{after}"
    values = column.filter(there).str.strip_prefix(before).str.strip_suffix(after)
    if bool(values.str.contains(_WHOLE).all()) and len(values):
        values = values.cast(pl.Int64)
    elif bool(values.str.contains(_LITERAL).all()):
        values = values.str.strip_suffix(".0")
    else:
        return None
    if len(values) == len(column):
        return values.alias(column.name)
    nothing = repeated(None, len(column), values.dtype).alias(column.name)
    return nothing.scatter(there.arg_true(), values)


def _without_null_texts(block: bytes, form: Form) -> bytes:
    """The block with empty texts where `null` stands for a text."""
    for place, key in enumerate(form.keys):
        if form.is_text(place):
            gap = form.gaps[place]
            told = gap[gap.rindex(_QUOTE + key.encode() + _QUOTE) : -1]
            block = block.replace(told + b"null", told + 2 * _QUOTE)
    return block
