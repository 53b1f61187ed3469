"""Numbers about few customers are not shown."""

from __future__ import annotations

import pytest

from desireline.access import SMALL_GROUP, may_show


@pytest.mark.parametrize(("customers", "shown"), [(0, True), (1, False), (4, False), (5, True), (5_000, True)])
def test_one_to_four_customers_are_hidden_and_none_is_no_secret(customers: int, shown: bool):
    assert may_show(customers) is shown


def test_the_limit_may_be_set_higher():
    assert SMALL_GROUP == 5
    assert not may_show(9, small_group=10)
