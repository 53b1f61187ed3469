"""The reference page says what the code does."""

from pathlib import Path

import pytest

from desireline.errors import UnknownMeasure
from desireline.measures.catalog import CATALOG, find_measure
from desireline.measures.reference import definitions, reference_page

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "measures.md"


def test_the_reference_page_is_fresh():
    fresh = reference_page()
    assert PAGE.read_text(encoding="utf-8") == fresh, (
        "run: python -m desireline.measures.reference > docs/reference/measures.md"
    )


@pytest.mark.parametrize("name", CATALOG)
def test_every_measure_explains_itself(name):
    assert len(definitions()[name]) > 80
    assert CATALOG[name].name == name


def test_a_misspelt_measure_gets_a_hint():
    with pytest.raises(UnknownMeasure, match="Did you mean 'conversion'"):
        find_measure("conversions")
