"""What nests so deep that reading it would end the process is refused before it is read."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pycrdt import Array, Doc, Map, Text
from tests.live.test_gate import someone

from desireline.access import Role
from desireline.errors import UpdateRefused
from desireline.live.admit import Gate
from desireline.live.document import document_data
from desireline.live.messages import written
from desireline.live.nesting import check_nesting
from desireline.live.shape import WORKSHOP, new_document

TYPE, VALUES, DOCUMENT, WITH_KEY = 7, 8, 9, 0x20
LISTS, NULL = bytes([117, 1]), bytes([126])


def said(text: str) -> bytes:
    return written(len(text)) + text.encode()


def placed(kind: int) -> bytes:
    """The beginning of something under a key of a root."""
    return bytes([kind | WITH_KEY]) + written(1) + said(WORKSHOP) + said("x")


def update(*structs: bytes) -> bytes:
    """An update by one client that deletes nothing."""
    return written(1) + written(len(structs)) + written(7) + written(0) + b"".join(structs) + written(0)


def values(depth: int) -> bytes:
    return update(placed(VALUES) + written(1) + LISTS * depth + NULL)


def types(depth: int) -> bytes:
    inner = [
        bytes([TYPE | WITH_KEY]) + written(0) + written(7) + written(at) + said("x") + written(1)
        for at in range(depth - 1)
    ]
    return update(placed(TYPE) + written(1), *inner)  # fmt: skip


@pytest.mark.parametrize("make", [values, types], ids=["values", "types"])
def test_what_nests_too_deep_is_refused_and_the_map_stays(make):
    doc = new_document()
    gate = Gate(doc)
    for body in (make(60), make(30_000)):
        with pytest.raises(UpdateRefused, match="nests too deep"):
            gate.admit(body, by=someone(Role.VIEWER))
    assert document_data(doc) == {}
    assert not dict(doc.get(WORKSHOP, type=Map))


def test_a_document_within_a_document_is_not_read():
    body = update(placed(DOCUMENT) + said("k") + LISTS * 30_000 + NULL)
    with pytest.raises(UpdateRefused, match="could not be read"):
        Gate(new_document()).admit(body, by=someone())


@pytest.mark.parametrize("depth", [1, 10, 40])
def test_what_nests_as_people_write_it_is_read(depth: int):
    check_nesting(values(depth) + bytes(100))
    check_nesting(types(depth) + bytes(100))


PLAIN = st.recursive(
    st.none() | st.booleans() | st.floats(allow_nan=False) | st.text() | st.binary(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=30,
)


@settings(max_examples=200, deadline=None)
@given(st.dictionaries(st.text(), PLAIN, max_size=5), st.lists(st.tuples(st.integers(0, 40), st.text(max_size=60))))
def test_whatever_the_library_writes_is_read(fields, typed):
    doc: Doc = Doc()
    held = doc.get("map", type=Map)
    held["about"], held["list"] = Text(), Array()
    for at, words in typed:
        held["about"].insert(min(at, len(str(held["about"]))) and len(str(held["about"]).encode()), words)
    for name, value in fields.items():
        held[name] = value
        held["list"].append(value)
    for name in list(fields)[::2]:
        del held[name]
    check_nesting(doc.get_update() + bytes(100))


@settings(max_examples=300, deadline=None)
@given(st.binary(min_size=101, max_size=400))
def test_whatever_comes_is_refused_or_read(body: bytes):
    try:
        check_nesting(body)
    except UpdateRefused:
        return
