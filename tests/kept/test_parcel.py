"""States come out of their parcels as they went in; what is torn or foreign does not come out at all."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC
from typing import Any

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desireline.kept.parcel import NotPackable, ParcelDamaged, pack, unpack
from desireline.paths.funnel import Funnel, FunnelState
from desireline.slices import Slice

instants = st.datetimes(timezones=st.just(UTC)) | st.datetimes()
plain = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text() | st.dates() | instants,
    lambda inner: st.lists(inner) | st.lists(inner).map(tuple) | st.dictionaries(st.text() | st.integers(), inner),
)


@dataclass(frozen=True)
class Foreign:
    """A class that is not the program's."""

    number: int


def a_slice() -> Slice:
    return Slice(np.array([0, 2]), np.array([0, 5]), np.array([0, 1], dtype=np.uint8))


@settings(deadline=None)
@given(plain)
def test_plain_data_comes_back_as_it_was(thing: Any):
    assert unpack(pack(thing)) == thing


def test_arrays_and_frames_come_back_as_they_were():
    numbers = np.arange(6, dtype=np.int16).reshape(2, 3)
    frame = pl.DataFrame({"route": [["a", "b"], []], "share": [0.5, None]})
    back = unpack(pack({"numbers": numbers, "frame": frame, "one": np.int64(7)}))
    assert back["numbers"].dtype == numbers.dtype
    assert back["numbers"].tolist() == numbers.tolist()
    assert back["frame"].equals(frame)
    assert back["one"] == 7


def test_a_state_of_a_question_comes_back_as_it_was():
    funnel = Funnel((0, 1))
    state = funnel.partial(a_slice())
    back = unpack(pack(state))
    assert isinstance(back, FunnelState)
    assert funnel.finish(back) == funnel.finish(state)
    assert funnel.finish(funnel.combine([back, state])) == funnel.finish(funnel.combine([state, state]))


@settings(deadline=None)
@given(st.data())
def test_a_parcel_with_one_wrong_byte_is_damaged(data: st.DataObject):
    packed = bytearray(pack({"numbers": np.arange(9), "codes": np.arange(9, dtype=np.uint8), "text": "soap"}))
    place = data.draw(st.integers(0, len(packed) - 1))
    packed[place] ^= data.draw(st.integers(1, 255))
    with pytest.raises(ParcelDamaged):
        unpack(bytes(packed))


@settings(deadline=None)
@given(st.integers(0, 967))
def test_a_parcel_that_was_cut_short_is_damaged(left: int):
    packed = pack({"numbers": np.arange(99), "codes": np.arange(9, dtype=np.uint8)})
    with pytest.raises(ParcelDamaged):
        unpack(packed[:left])


def test_only_states_of_this_program_are_packed_and_made():
    with pytest.raises(NotPackable, match="Foreign cannot be packed"):
        pack(Foreign(1))
    with pytest.raises(NotPackable, match="object cannot be packed"):
        pack(object())
    for module, name in (("os", "system"), ("desireline.errors", "MapError"), ("desireline.gone", "State")):
        with pytest.raises(ParcelDamaged):
            unpack(_signed({"made": [module, name, {}]}))


def _signed(tree: object) -> bytes:
    """A parcel with any tree, as somebody could write it who knows the form."""
    from hashlib import blake2b

    text = json.dumps(tree).encode()
    return b"desireline parcel 2\n" + blake2b(text, digest_size=16).digest() + len(text).to_bytes(8, "little") + text
