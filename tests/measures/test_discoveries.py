"""False discoveries, against scipy."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import false_discovery_control

from desireline.measures.discoveries import q_values


@given(st.lists(st.floats(0, 1), min_size=1, max_size=30))
def test_q_values_are_those_of_benjamini_and_hochberg(p: list[float]):
    assert q_values(np.array(p)) == pytest.approx(false_discovery_control(p))


def test_what_was_not_tested_does_not_count():
    assert q_values(np.array([0.01, np.nan, 0.04])) == pytest.approx([0.02, np.nan, 0.04], nan_ok=True)
    assert len(q_values(np.array([]))) == 0
