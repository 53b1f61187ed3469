"""How much work people say a finding would be: the newest number holds, and it can be taken out again."""

from __future__ import annotations

import pytest

from desireline.errors import DecisionInvalid
from desireline.ledger.store import Ledger
from ledger.conftest import ANA

LATE = "late@delivery property:region=East"


def test_the_newest_effort_holds(ledger: Ledger):
    assert ledger.efforts() == {}
    ledger.set_effort(LATE, 5, by=ANA)
    ledger.set_effort("lost@pay", 0.25, by=ANA)
    ledger.set_effort(LATE, 8, by=ANA)
    assert ledger.efforts() == {LATE: 8.0, "lost@pay": 0.25}


def test_an_effort_that_nobody_knows_any_more_is_gone(ledger: Ledger):
    ledger.set_effort(LATE, None, by=ANA)
    ledger.set_effort(LATE, 5, by=ANA)
    ledger.set_effort(LATE, None, by=ANA)
    assert ledger.efforts() == {}


@pytest.mark.parametrize("wrong", [0, -1, 1e9, float("nan"), float("inf")])
def test_an_effort_is_a_number_above_zero(ledger: Ledger, wrong: float):
    with pytest.raises(DecisionInvalid, match="above 0"):
        ledger.set_effort(LATE, wrong, by=ANA)
    assert ledger.efforts() == {}
