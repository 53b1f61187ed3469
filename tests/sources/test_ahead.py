from __future__ import annotations

import gzip
import io
import zlib
from collections.abc import Iterator
from unittest.mock import patch

import pytest

import desireline.sources.blocks
from desireline.sources.ahead import parse_ahead
from desireline.sources.blocks import Blocks
from desireline.sources.encodings import Encoding

TEXT = b"".join(b"line %d\n" % number for number in range(60))


@pytest.fixture(autouse=True)
def small_blocks():
    with patch.object(desireline.sources.blocks, "_HEAD", 40), patch.object(desireline.sources.blocks, "BLOCK", 120):
        yield


def blocks_of(data: bytes) -> Blocks:
    return Blocks(io.BufferedReader(io.BytesIO(data)), Encoding("utf-8"), line_ends="\n")


def test_blocks_come_parsed_in_their_order_and_hold_the_whole_file():
    assert b"".join(parse_ahead(blocks_of(TEXT), lambda block: block)) == TEXT


def test_a_last_line_without_an_end_is_parsed_with_one():
    assert b"".join(parse_ahead(blocks_of(TEXT + b"end"), lambda block: block)) == TEXT + b"end\n"


def test_no_block_no_result():
    assert list(parse_ahead(blocks_of(b""), lambda block: block)) == []


def test_an_odd_block_is_tried_in_halves_and_then_left_as_lines_with_all_that_follows():
    blocks = blocks_of(TEXT)
    before = b"".join(parse_ahead(blocks, lambda block: None if b"line 33" in block else block))
    lines = []
    while not blocks.at_edge or not lines:
        lines.append(blocks.readline(1000))
    behind = b"".join(parse_ahead(blocks, lambda block: block))
    assert len(before) > len(TEXT) // 3
    assert len("".join(lines)) <= 40
    assert before + "".join(lines).encode() + behind == TEXT


def test_what_stands_before_a_break_comes_before_the_fault():
    noise = b"".join(b"%d\n" % (number * 7919 % 10007) for number in range(20_000))
    packed = gzip.compress(noise)
    whole: list[bytes] = []
    with gzip.open(io.BytesIO(packed[: len(packed) // 2])) as file, pytest.raises((EOFError, zlib.error)):
        take(parse_ahead(Blocks(file, Encoding("utf-8")), bytes), into=whole)
    assert len(whole) > 3
    assert noise.startswith(b"".join(whole))


def take(blocks: Iterator[bytes], *, into: list[bytes]) -> None:
    """All of them are taken, up to a fault."""
    into.extend(blocks)
