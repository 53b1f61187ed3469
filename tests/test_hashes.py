"""Hashes decide where a customer's records lie, so their values are pinned: were one to change, lakes would be lost."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from desireline.hashes import bucket_of, content_id, hash_text
from desireline.mixing import mix

PINNED = {
    "": 16294208416658607535,
    "a": 2106293278287090,
    "ana": 4037060103068325376,
    "customer 42": 11536912080666885407,
    "Zoë": 8868087098693439163,
    "L100000": 5366864722330515174,
    "🙂": 5287626285296300223,
}
GOLDEN = 0x9E3779B97F4A7C15
WHOLE = 2**64


def plain_mix(number: int, seed: int = 0) -> int:
    """splitmix64's finalizer, after its paper (Steele, Lea and Flood 2014)."""
    z = (number + seed * GOLDEN + GOLDEN) % WHOLE
    z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) % WHOLE
    z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) % WHOLE
    return z ^ (z >> 31)


def polynomial(text: str, prime: int) -> int:
    """The polynomial by plain arithmetic."""
    data = text.encode()
    total = sum((byte + 1) * pow(prime, place, WHOLE) for place, byte in enumerate(data, start=1)) % WHOLE
    return total ^ len(data)


def plain_hash(text: str) -> int:
    return plain_mix(polynomial(text, GOLDEN))


def plain_content(*cells: str | int | None) -> str:
    """The id of a row, cell by cell."""
    digits = ""
    for lane, prime in enumerate((GOLDEN, 0xD6E8FEB86659FD93)):
        state = 0
        for place, cell in enumerate(cells):
            bits = (
                0xA0761D6478BD642F
                if cell is None
                else cell % WHOLE
                if isinstance(cell, int)
                else polynomial(cell, prime)
            )
            state = plain_mix(state ^ bits, seed=2 * place + lane)
        digits += f"{state:016x}"
    return digits


def test_known_texts_have_their_known_hashes():
    assert dict(zip(PINNED, hash_text(pl.Series(list(PINNED))).tolist(), strict=True)) == PINNED


def test_known_texts_lie_in_their_known_buckets():
    texts = pl.Series(["", "a", "ana", "customer 42", "Zoë", "L100000", "🙂"])
    assert bucket_of(texts, buckets=64).to_list() == [56, 0, 14, 40, 30, 18, 18]
    assert bucket_of(texts, buckets=1).to_list() == [0] * 7


def test_known_contents_have_their_known_ids():
    parts = pl.DataFrame({"a": ["x", None, ""], "b": [1, 2, 3]})
    assert content_id(parts).to_list() == [
        "d30d2c98f33000e70fc1425c1f41eee9",
        "d7dd81b85d28fadc54d328b5c1ad2bc3",
        "f419c0e7f37377f56b7947505da4f077",
    ]
    assert content_id(parts.clear()).to_list() == []


def test_nothing_hashes_like_the_empty_text_but_is_other_content():
    assert len(set(hash_text(pl.Series(["", None])).tolist())) == 1
    assert content_id(pl.DataFrame({"a": ["", None]})).n_unique() == 2


@given(st.lists(st.text(max_size=20)))
def test_hashes_are_those_of_plain_arithmetic_whatever_stands_beside(texts: list[str]):
    assert hash_text(pl.Series(texts, dtype=pl.String)).tolist() == [plain_hash(text) for text in texts]


rows = st.tuples(st.text(max_size=80) | st.none(), st.integers(-(2**63), 2**63 - 1) | st.none(), st.text(max_size=3))


@given(st.lists(rows))
def test_contents_are_those_of_plain_arithmetic_whatever_stands_beside(said: list[tuple[str | None, int | None, str]]):
    frame = pl.DataFrame(said, schema={"a": pl.String, "n": pl.Int64, "b": pl.String}, orient="row")
    assert content_id(frame).to_list() == [plain_content(*row) for row in said]


def test_instants_money_and_floats_are_content_by_their_value():
    at = pl.Series("at", ["2026-03-01T10:00:00.5"]).str.to_datetime(time_unit="us", time_zone="UTC")
    seen = pl.DataFrame({"at": at, "value": pl.Series(["12.5"]).cast(pl.Decimal(18, 4)), "score": [-0.0]})
    assert content_id(seen).to_list() == [plain_content(1_772_359_200_500_000, 125_000, 0)]


@given(st.integers(0, WHOLE - 1), st.integers(0, 1000))
def test_mixing_is_splitmix(number: int, seed: int):
    assert mix(np.array([number], dtype=np.uint64), seed=seed).tolist() == [plain_mix(number, seed)]


@given(st.lists(st.text(max_size=20), min_size=1))
def test_halving_the_buckets_joins_neighbours(texts: list[str]):
    series = pl.Series(texts)
    assert (bucket_of(series, buckets=64) // 2 == bucket_of(series, buckets=32)).all()


def test_customers_spread_evenly():
    counts = bucket_of(pl.Series([f"customer {k}" for k in range(64_000)]), buckets=64).value_counts()["count"]
    assert counts.len() == 64
    assert counts.is_between(850, 1150).all()


def test_the_number_of_buckets_is_a_power_of_two():
    with pytest.raises(ValueError, match="power of two, not 12"):
        bucket_of(pl.Series(["a"]), buckets=12)
