"""What is read in whole blocks is what reading row by row gives: rows, their numbers, refusals, all of it."""

from __future__ import annotations

import csv
import io
import json
import tempfile
from contextlib import ExitStack
from pathlib import Path
from unittest.mock import PropertyMock, patch

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import desireline.sources.blocks
from desireline.errors import SourceError
from desireline.sources.blocks import Blocks
from desireline.sources.cut import cut_block
from desireline.sources.encodings import Encoding
from desireline.sources.json_block import parse_block, repeats_keys, written_digits

from .reading import everything, source

law = settings(deadline=None, max_examples=150)
UTF8 = Encoding("utf-8")


def read(data: bytes, name: str, *, whole: bool, size: int) -> object:
    """All rows and refusals of a file of these bytes, read in blocks of about this size, or line by line."""
    with tempfile.TemporaryDirectory() as folder, ExitStack() as changed:
        for limit in ("_HEAD", "BLOCK"):
            changed.enter_context(patch.object(desireline.sources.blocks, limit, size))
        if not whole:
            changed.enter_context(patch.object(Blocks, "at_edge", PropertyMock(return_value=False)))
        asked = source(delimiter=",") if name.endswith("csv") else None  # to tell it, the first lines would be drawn
        path = Path(folder) / name
        path.write_bytes(data)
        try:
            rows, refused = everything(path, asked)
        except SourceError as fault:
            return type(fault), str(fault)
        return rows.rows(named=True), refused.rows()


cells = st.text('ab,";\n\r é\0', max_size=4)
widths = st.integers(1, 4)


@st.composite
def tables(draw) -> bytes:
    """A delimited file, mostly well-formed."""
    width = draw(st.integers(2, 3))
    dialect = draw(st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]))
    end = draw(st.sampled_from(["\n", "\r\n"]))
    text = io.StringIO(newline="")
    writer = csv.writer(text, quoting=dialect, lineterminator=end)
    writer.writerow([f"c{place}" for place in range(width)])
    for _ in range(draw(st.integers(1, 12))):
        if draw(st.integers(0, 5)):
            plain = st.sampled_from(
                ["a", "b c", "", " ", "é", 'say "hi"', "1,5", "x\ny"] if draw(st.booleans()) else ["a", "7"]
            )
            writer.writerow([draw(plain) for _ in range(width)])
        else:
            text.write(draw(cells) + end)
    data = text.getvalue().encode()
    return data.removesuffix(end.encode()) if draw(st.booleans()) else data


@law
@given(tables(), st.integers(1, 60))
def test_a_delimited_file_in_blocks_gives_what_its_lines_give(data, size):
    assert read(data, "a.csv", whole=True, size=size) == read(data, "a.csv", whole=False, size=1 << 20)


def test_sound_blocks_are_cut_at_once():
    for block in (b"1,a\n2,b\n", b'1,"a,b"\n"2","c ""d""\ne"\n', b"1,a\r\n2,b\r\n", b"1,\n,\xc3\xa9\n"):
        cut = cut_block(block, ["n", "x"], delimiter=",", encoding=UTF8)
        assert cut is not None
        assert cut.cells.height == 2


@pytest.mark.parametrize(
    "block",
    [
        b"1,a\n2\n",
        b"1,a\n2,b,c\n",
        b"1,a\n2,b",
        b"1,a\n\n2,b\n",
        b"1,a\n,\n",
        b"1,a\n ,\t\n",
        b'1,a\n2,b"c"\n',
        b'1,a\n2,"b\n',
        b'1,"a\r\nb"\r\n',
        b"1,a\r2,b\n",
        b"1,a\n2,\xff\n",
        b"1,a\n2,\0\n",
        b"\xef\xbb\xbf1,a\n",
        b"",
    ],
)
def test_any_doubt_leaves_a_block_to_be_read_row_by_row(block):
    assert cut_block(block, ["n", "x"], delimiter=",", encoding=UTF8) is None


values = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-3, 3),
    st.sampled_from([0.0, -0.0, 12.5, 1e3, 1e-9, 1e22, 2**60, 0.1 + 0.2]),
    st.text('ab":{},\\ é\0', max_size=4),
    st.sampled_from(["null", '":null', '"k":', "1.50"]),
    st.just([1, 2.0]),
    st.just({"in": 1.0}),
)
plain = st.one_of(st.sampled_from([1, 2, 0]), st.sampled_from([1.5, 2.25]))


@st.composite
def logs(draw) -> bytes:
    """JSON lines, mostly of one shape."""
    lines: list[str] = []
    keys = draw(st.lists(st.sampled_from(["a", "b", "k", "a.b", "é", "x y"]), min_size=1, max_size=3, unique=True))
    spaced = draw(st.sampled_from([None, (",", ":"), (" , ", " : ")]))
    for _ in range(draw(st.integers(1, 12))):
        if draw(st.integers(0, 8)):
            record = {key: draw(plain if key < "f" else st.text("ab ", max_size=3)) for key in keys}
        else:
            record = draw(st.dictionaries(st.sampled_from(["a", "b", "k", "new", 'q"']), values, max_size=3))
        line = json.dumps(record, separators=spaced, ensure_ascii=draw(st.booleans()))
        lines.append(
            line
            if draw(st.integers(0, 12))
            else draw(st.sampled_from(["", "{", "[1]", '{"a":1.50}', '{"a":1,"a":2}', '{"k":-0}']))
        )
    return "\n".join(lines).encode() + draw(st.sampled_from([b"", b"\n"]))


@law
@given(logs(), st.integers(1, 120))
def test_json_lines_in_blocks_give_what_they_give_one_by_one(data, size):
    assert read(data, "a.jsonl", whole=True, size=size) == read(data, "a.jsonl", whole=False, size=1 << 20)


def test_objects_of_one_shape_are_known_to_hold_no_other_keys():
    keys = ["id", "a rather long key", "k"]
    line = b'{"id":1,"a rather long key":"x\\"y","k":"(:"}\n'
    assert repeats_keys(line * 3, keys)
    assert not repeats_keys(line + line.replace(b'"k"', b'"z"') + line, keys)
    assert not repeats_keys(line + line.replace(b"a rather", b"A rather") + line, keys)
    assert not repeats_keys(line + line.replace(b'"id"', b'"xid"') + line, keys)
    assert not repeats_keys(line * 2, ["k", "id"])
    assert not repeats_keys(line + line.replace(b'"k":', b'"z" :'), keys)


def test_sound_objects_are_read_at_once_and_keep_their_digits():
    block = b'{"a":1.50,"k":"x\\"y"}\n{"k":null,"a":7}\n{"a":0.0}\n'
    parsed = parse_block(block, None)
    assert parsed is not None
    assert parsed.cells.rows() == [(1.5, 'x"y'), (7.0, None), (0.0, None)]
    assert written_digits(block, "a").to_list() == ["1.50", "7", "0"]


@pytest.mark.parametrize(
    "line",
    [
        b'{"a":1,"z":2}',
        b'{"a":1,"a":2}',
        b'{"a":"x"}',
        b'{"a":[1]}',
        b'{"a":{"b":1}}',
        b'{"a":',
        b"{}",
        b'{"a":null}',
        b"",
        b"[1]",
    ],
)
def test_any_doubt_leaves_a_block_of_objects_to_be_read_line_by_line(line):
    assert parse_block(b'{"a":1}\n' + line + b"\n", {"a": pl.Int64()}) is None
