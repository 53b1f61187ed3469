"""Numbers are read back from the screen as they were meant, and one that is another is noticed."""

from __future__ import annotations

import pytest
from tests.web.painted import numbers, paints


@pytest.mark.parametrize(
    ("text", "exact"),
    [
        ("Reach 69.5\u202f% · 4\u00a0s", [0.6949, 4.2]),
        ("36.9–39.5\u202f%, n = 1,204 customers", [0.369, 0.395, 1204]),
        ("+52.8\u00a0pp [+32.4 to +69.8\u00a0pp]", [0.52803, 0.3236, 0.69832]),
        ("−109,628\u00a0EUR on 2026-08-31 for L100005", [-109627.7]),
        ("25.2\u00a0h–1.8\u00a0days", [90_800, 155_000]),
        ("30.1\u202f%, 95\u202f% interval 27.8–32.4\u202f%", [0.301, 0.278, 0.324]),
        ("not enough data", []),
    ],
)
def test_numbers_in_a_text(text: str, exact: list[float]):
    paints(text, *exact)


@pytest.mark.parametrize("exact", [0.6944, 0.6956, 69.5, 0.7])
def test_a_number_that_is_another_is_noticed(exact: float):
    assert not numbers("69.5\u202f%")[0].says(exact)


def test_a_number_too_many_or_too_few_is_noticed():
    for exact in ([], [0.695, 4.0]):
        with pytest.raises(AssertionError):
            paints("69.5\u202f%", *exact)
