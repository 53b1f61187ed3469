"""Many routes in two columns: their heads and tails, and which of them are the same."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from desireline.journeys.routes import Routes

LISTS = st.lists(st.none() | st.lists(st.integers(0, 3) | st.just(65535), max_size=5), max_size=30)


def routes(lists) -> Routes:
    steps = [route or [] for route in lists]
    flat = [code for route in steps for code in route]
    return Routes(np.array(flat, dtype=np.uint16), np.cumsum([0, *map(len, steps)]))


def listed(packed: Routes) -> list[list[int]]:
    return [packed.codes[a:b].tolist() for a, b in zip(packed.starts, packed.starts[1:], strict=False)]


@settings(deadline=None)
@given(LISTS)
def test_each_distinct_route_is_named_once(lists):
    packed = routes(lists)
    plain = [route or [] for route in lists]
    assert listed(packed) == plain
    first, which = packed.distinct()
    assert [plain[first[number]] for number in which] == plain
    assert sorted(listed(packed.of(first))) == sorted(map(list, set(map(tuple, plain))))
    assert [plain.index(plain[row]) for row in first] == first.tolist()


@settings(deadline=None)
@given(LISTS, st.integers(0, 6))
def test_head_and_tail_make_the_route(lists, longest):
    packed = routes(lists)
    heads, tails = packed.heads(longest), packed.after(np.minimum(packed.lengths, longest))
    assert [a + b for a, b in zip(listed(heads), listed(tails), strict=True)] == listed(packed)
    assert max(map(len, listed(heads)), default=0) <= longest
