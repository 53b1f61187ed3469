"""One number stands for a cost and for what settles ties, in their order."""

from hypothesis import given, settings
from hypothesis import strategies as st

from desireline.journeys.alignment import Costs
from desireline.journeys.tiers import tiers_for

STEPS = st.tuples(st.integers(0, 40), st.integers(0, 10), st.lists(st.integers(1, 64), max_size=20))


def number(tiers, left_out: int, early: int, remaining: list[int]) -> int:
    """What an alignment costs that leaves out so much so early, and has unplanned steps where so many remain."""
    return left_out * (tiers.model << tiers.at[0]) + (early << tiers.at[2]) + sum(map(int, tiers.unplanned[remaining]))


def told(tiers, left_out: int, early: int, remaining: list[int]) -> tuple[int, ...]:
    return left_out * tiers.model + len(remaining) * tiers.log, len(remaining), early, sum(remaining)


@settings(deadline=None)
@given(STEPS, STEPS, st.sampled_from([Costs(), Costs(2, 1, 0), Costs(0, 0, 0), Costs(0.7, 0.3, 0.1)]))
def test_numbers_stand_in_the_order_of_what_they_say(one, other, costs):
    tiers = tiers_for(64, costs, most_left_out=40)
    assert tiers.piece == 0
    assert (number(tiers, *one) < number(tiers, *other)) == (told(tiers, *one) < told(tiers, *other))
    assert tiers.thousandths(number(tiers, *one)) == told(tiers, *one)[0] * tiers.unit


def test_long_routes_count_how_early_it_is_in_pieces():
    pieces = [tiers_for(longest, Costs(), most_left_out=40).piece for longest in (64, 512, 1024, 4096)]
    assert pieces[:2] == [0, 0]
    assert 0 < pieces[2] < pieces[3]


def test_costs_that_fit_no_number_are_refused():
    assert tiers_for(4096, Costs(log=1e15, model=0.001), most_left_out=40) is None
