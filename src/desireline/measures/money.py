"""Measures of money: what journeys are worth."""

from __future__ import annotations

from desireline.measures.mean import Mean
from desireline.measures.measure import Measure, measure
from desireline.measures.rows import Observations
from desireline.measures.total import Total
from desireline.measures.view import View, numbers
from desireline.measures.visits import ON_THE_MAP

TEN_THOUSANDTHS = 10_000


def amounts(view: View) -> Observations:
    """The value of the events placed here: in all (`value`), or per journey (`value_per_journey`).

    In the map's currency. Map: the journeys' value; stage and touchpoint: the value of the events there.
    Journeys that came here without any value count as 0. The interval of the total is that of the mean per
    customer, times the customers. Money is summed in whole ten-thousandths. Journeys under way count with
    what they have brought so far. There is no reading where the data hold no money at all.
    """
    currency = view.outline.map.map.currency
    here = view.stays.column(numbers(view.journeys["value_e4"]), view.stays.sum(view.steps.value))
    return Observations(view.visits, x=here, unit=f"money:{currency}" if currency else "money")


value: Measure = measure(
    "value",
    title="Value",
    unit="money",
    family=Total(TEN_THOUSANDTHS),
    places=ON_THE_MAP,
    minimum=10,
    per_team="sum",
    money=True,
    shares="amounts",
)(amounts)
value_per_journey: Measure = measure(
    "value_per_journey",
    title="Value per journey",
    unit="money",
    family=Mean(TEN_THOUSANDTHS),
    places=ON_THE_MAP,
    minimum=10,
    money=True,
    shares="amounts",
    per_team="sum",
)(amounts)
