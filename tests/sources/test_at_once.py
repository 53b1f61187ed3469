"""What is read in whole blocks is what reading row by row gives: rows, their numbers, refusals, all of it."""

from __future__ import annotations

import csv
import io
import json
import tempfile
from contextlib import ExitStack
from pathlib import Path
from unittest.mock import PropertyMock, patch

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import desireline.sources.blocks
from desireline.errors import SourceError
from desireline.sources.blocks import Blocks
from desireline.sources.cut import cut_block
from desireline.sources.encodings import Encoding
from desireline.sources.json_block import parse_block, parse_even, written_digits

from .reading import everything, source

law = settings(deadline=None, max_examples=150)
UTF8 = Encoding("utf-8")


def read(data: bytes, name: str, *, whole: bool, size: int) -> object:
    """All rows and refusals of a file of these bytes, read in blocks of about this size, or line by line."""
    with tempfile.TemporaryDirectory() as folder, ExitStack() as changed:
        changed.enter_context(patch.object(desireline.sources.blocks, "_HEAD", size))
        changed.enter_context(patch.object(desireline.sources.blocks, "BLOCK", 4 * size))
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
        cut = cut_block(block, names=["n", "x"], delimiter=",", encoding=UTF8)
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
    assert cut_block(block, names=["n", "x"], delimiter=",", encoding=UTF8) is None


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


def test_sound_objects_are_read_at_once_and_keep_their_digits():
    block = b'{"a":1.50,"k":"x\\"y"}\n{"k":null,"a":7}\n{"a":0.0}\n'
    parsed = parse_block(block)
    assert parsed is not None
    assert parsed.cells.rows() == [(1.5, 'x"y'), (7.0, None), (0.0, None)]
    assert written_digits(block, "a").to_list() == ["1.50", "7", "0"]


DOUBTFUL = [
    b'{"a":1,"a":2}',
    b'{"a":"x"}',
    b'{"a":[1]}',
    b'{"a":{"b":1}}',
    b'{"a":',
    b"{}",
    b'{"a":null}',
    b"",
    b"[1]",
]


@pytest.mark.parametrize("line", DOUBTFUL)
def test_any_doubt_leaves_a_block_of_objects_to_be_read_line_by_line(line):
    assert parse_block(b'{"a":1}\n' + line + b"\n") is None


def test_a_key_and_a_kind_that_show_late_are_found():
    block = b'{"a":1}\n' * 150 + b'{"a":2.5,"z":"x"}\n'
    parsed = parse_block(block)
    assert parsed is not None
    assert parsed.cells.tail(2).rows() == [(1.0, None), (2.5, "x")]


def test_lines_that_are_all_written_alike_are_cut_at_once():
    block = (
        b'{"id": "a1", "n": 12, "paid": 1.50, "ok": true, "where": "K\xc3\xb6ln"}\n'
        b'{"id": "b 2", "n": -7, "paid": 3.0, "ok": null, "where": null}\n'
        b'{"id": "", "n": 0, "paid": 1e3, "ok": false, "where": "null"}\n'
    )
    parsed = parse_even(block)
    assert parsed is not None
    assert parsed.cells.rows() == [
        ("a1", 12, "1.50", "true", "Köln"),
        ("b 2", -7, "3", None, None),
        (None, 0, "1e3", "false", "null"),
    ]
    assert parsed.floats == frozenset()


ALIKE = b'{"id":"a1","n":12}\n'


@pytest.mark.parametrize(
    "line",
    [
        *DOUBTFUL,
        b'{"id":"a1","m":12}',
        b'{"n":12,"id":"a1"}',
        b'{"id":"a1","n":12,"m":1}',
        b'{"id":"a1"}',
        b'{"id": "a1","n":12}',
        b'{"id":"a1","n":12} ',
        b'{"id":"a1","n":"12"}',
        b'{"id":12,"n":12}',
        b'{"id":"a1","n":012}',
        b'{"id":"a1","n":NaN}',
        b'{"id":"a1","n":}',
        b'{"id":"a1","n":1 2}',
        b'{"id":"a1","n":nullx}',
        b'{"id":nullx,"n":1}',
        b'{"id":"a\\"1","n":12}',
        b'{"id":"a\t1","n":12}',
        b'{"id":"a\x001","n":12}',
        b'{"id":"a\xff1","n":12}',
        b'{"id":"a1","n":12}\r',
        b'{"id":"a1","n":12}}',
        b'{{"id":"a1","n":12}',
        b'{"id":"a1","n":12',
        b'{"id":"a1","n":{"m":1}}',
    ],
)
@pytest.mark.parametrize("place", [0, 1, 2])
def test_any_doubt_that_lines_are_alike_is_seen(line, place):
    lines = [ALIKE, ALIKE]
    lines.insert(place, line + b"\n")
    assert parse_even(b"".join(lines)) is None


@st.composite
def almost_alike(draw) -> bytes:
    """Lines of one shape in which here and there something else stands."""
    values = st.sampled_from(
        ['"x"', '"a b"', '""', "1", "-2", "1.50", "2.0", "true", "null", "[1]", '"\\u00e9"', '"é"']
    )
    keys = draw(st.lists(st.sampled_from(["a", "b", "longer key", "é"]), min_size=1, max_size=3, unique=True))
    comma, colon = draw(st.sampled_from([(",", ":"), (", ", ": ")]))
    usual = {key: draw(values) for key in keys}
    lines = []
    for _ in range(draw(st.integers(1, 10))):
        held = usual if draw(st.integers(0, 2)) else {key: draw(values) for key in keys}
        lines.append("{" + comma.join(f'"{key}"{colon}{value}' for key, value in held.items()) + "}")
    data = "\n".join(lines).encode() + draw(st.sampled_from([b"", b"\n"]))
    at = draw(st.integers(0, len(data) - 1))
    return data[:at] + draw(st.binary(max_size=2)) + data[at + 1 :] if draw(st.integers(0, 2)) == 0 else data


@law
@given(almost_alike(), st.integers(1, 200))
def test_lines_that_are_almost_alike_give_what_they_give_one_by_one(data, size):
    assert read(data, "a.jsonl", whole=True, size=size) == read(data, "a.jsonl", whole=False, size=1 << 20)
