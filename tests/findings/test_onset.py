"""Since when: the week from which a share is larger, and no week where none is."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from desireline.findings.evidence import share_over
from desireline.findings.onset import Onset, find_onset
from desireline.measures.clusters import Clusters

MONDAY = date(2026, 1, 5)


def onset(*having: int, of: int = 30) -> Onset:
    """Weeks with so many of 30 customers."""
    weeks = [MONDAY + timedelta(weeks=week) for week in range(len(having))]
    return find_onset(weeks, [Clusters(of, of, x, of, x, x, of) for x in having], 0.1)


def test_a_rise_is_dated_by_its_first_week():
    found = onset(2, 1, 2, 1, 15, 14, 16)
    assert found.since == MONDAY + timedelta(weeks=4)
    assert (found.first, found.sums.ratio, found.before and found.before.x) == (4, 0.5, 6)


def test_p_is_multiplied_by_the_weeks_that_were_tried():
    found = onset(2, 1, 2, 1, 15, 14, 16)
    assert found.p == pytest.approx(6 * float(share_over(found.sums, 0.1)))


@pytest.mark.parametrize("weeks", [(15,), (15, 15, 15, 15), (16, 15, 2, 1), (1, 2, 1, 2)])
def test_what_holds_all_the_time_or_falls_began_at_no_time(weeks: tuple[int, ...]):
    found = onset(*weeks)
    assert (found.since, found.before, found.sums.x) == (None, None, sum(weeks))
    assert found.p == float(share_over(found.sums, 0.1))


def test_too_few_customers_on_a_side_date_nothing():
    assert onset(0, 0, 0, 5, of=5).since is None
