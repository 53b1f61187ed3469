"""A number that is hidden does not open: neither to a few, nor to all but these."""

from pathlib import Path

import polars as pl
import pytest

from desireline.maps.records import Map
from desireline.measures.cells import FEW, PROTECTS
from desireline.pipeline.opening import Cell
from desireline.recipes.records import Recipe
from desireline.workspace import Workspace

MAP = Map.model_validate(
    {
        "format": "desireline/1",
        "map": {"id": "shop", "title": "Shop"},
        "stages": [{"id": "find", "title": "Find"}],
        "touchpoints": [{"id": "ad", "stage": "find", "title": "Ad", "when": {"event": "ad"}}],
    }
)
RECIPE = Recipe.model_validate(
    {
        "recipe": "people",
        "sources": {"rows": {"file": "*"}},
        "tables": {
            "rows": {"into": "events", "source": "rows", "customer": "who", "events": [{"event": "what", "at": "at"}]},
            "people": {"into": "customers", "source": "rows", "customer": "who", "properties": ["mail", "city"]},
        },
    }
)


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """Twenty customers, each with an address of their own, in two cities."""
    place: Path = tmp_path_factory.mktemp("people")
    rows = [
        {"who": f"c{n:02}", "what": "ad", "at": "2026-01-05T10:00:00Z", "mail": f"m{n}", "city": "AB"[n % 2]}
        for n in range(20)
    ]
    found = Workspace.create(place)
    found.import_files(RECIPE, {"rows": pl.DataFrame(rows)})
    return found


@pytest.mark.parametrize(
    ("group", "customers", "closed"),
    [
        ("property:city|A=A", 10, ""),
        ("property:city|A=(other)", 10, ""),
        ("property:mail|m1=m1", 1, FEW),
        ("property:mail|m1=(other)", 19, PROTECTS),
        ("property:mail|m1|m2|m3|m4|m5|m6=(other)", 14, PROTECTS),
        ("property:mail|nobody=(other)", 20, ""),
    ],
)
def test_the_list_of_all_others_is_closed_where_it_would_tell_who_is_left_out(
    shop: Workspace, group: str, customers: int, closed: str
):
    found = shop.behind_reading(MAP, "customers", Cell("shop", group))
    assert (found.customers.height, found.closed) == (customers, closed)
