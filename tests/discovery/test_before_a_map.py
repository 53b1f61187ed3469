from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import numpy as np
import polars as pl
import pytest

from desireline.discovery.known import known_of
from desireline.discovery.profile import add_profiles, look, propose_cut, take_routes
from desireline.discovery.sequences import SEPARATOR, Sequences, put_together
from desireline.discovery.stages import cut_stages
from desireline.discovery.touchpoints import choose_touchpoints
from desireline.maps.records import Cut
from desireline.tables import EVENTS

START = datetime(2026, 1, 1, tzinfo=UTC)


def events_of(rows: list[tuple[str, float, str, str | None]]) -> pl.DataFrame:
    """Customer, hours since the start, event, case."""
    return EVENTS.shape(
        pl.DataFrame(
            {
                "customer_id": [row[0] for row in rows],
                "at": [START + timedelta(hours=row[1]) for row in rows],
                "event": [row[2] for row in rows],
                "case_id": [row[3] for row in rows],
            },
            schema_overrides={"case_id": pl.String},
        )
    )


def test_events_with_cases_are_cut_by_case():
    events = events_of([("ana", hour, event, f"o{hour // 2}") for hour, event in enumerate("abab")])
    assert propose_cut(look(events)).cut.by == "case"
    assert take_routes(events, Cut(by="case")).taken["journeys"].to_list() == [2]


def test_a_silence_after_which_customers_begin_anew_cuts():
    rows = [
        (f"c{k:02}", 24 * visit * 40 + step / 10, event, None)
        for k in range(30)
        for visit in range(3)
        for step, event in enumerate(["home", "list", "cart"])
    ]
    found = propose_cut(look(events_of(rows)))
    assert found.cut.by == "silence"
    routes = take_routes(events_of(rows), found.cut).taken
    assert (routes["route"].unique().to_list(), routes["journeys"].sum()) == (
        [SEPARATOR.join(["home", "list", "cart"])],
        90,
    )


@pytest.mark.parametrize("rows", [[], [("ana", 0, "buy", None)], [("ana", 0, "a", None), ("ben", 0, "a", None)]])
def test_without_cases_or_silences_a_customer_is_one_journey(rows: list[tuple[str, float, str, str | None]]):
    events = events_of(rows)
    assert propose_cut(look(events)).cut.by == "life"
    assert take_routes(events, Cut(by="life")).taken.height == len({row[0] for row in rows})


def test_parts_of_buckets_add_up_in_any_order():
    rows = [(f"c{k}", hour, event, None) for k in range(6) for hour, event in enumerate("abc"[: 1 + k % 3])]
    whole = events_of(rows)
    parts = [whole.filter(pl.col("customer_id").is_in([f"c{k}", f"c{k + 3}"])) for k in range(3)]
    for order in (parts, parts[::-1]):
        profile = add_profiles([look(part) for part in order])
        assert profile.gaps.equals(add_profiles([look(whole)]).gaps)
        together = Sequences.of(put_together([take_routes(part, Cut(by="life")) for part in order]))
        assert together.routes.equals(Sequences.of(take_routes(whole, Cut(by="life"))).routes)


def test_coverage_counts_events_and_moves_by_hand():
    rows = [(f"c{k:03}", hour, event, None) for k in range(200) for hour, event in enumerate(["a", "b"])]
    rows += [("c000", 5, "rare", None), ("c000", 6, "rare", None)]
    choice = choose_touchpoints(Sequences.of(take_routes(events_of(sorted(rows)), Cut(by="life"))))
    assert [one.id for one in choice.taken] == ["a", "b"]
    assert (choice.events, choice.moves, choice.left_out) == (round(400 / 402, 6), round(200 / 202, 6), 1)


def test_properties_of_many_values_are_named_without_a_value():
    people = pl.DataFrame(
        {
            "customer_id": [f"c{k}" for k in range(30)],
            "properties": [f'{{"id": "{k}", "plan": "p"}}' for k in range(30)],
        }
    )
    known = known_of(people)
    assert known.filter(pl.col("field") == "property:plan").height == 30
    assert known.filter(pl.col("field") == "property:id")["value"].to_list() == [None]


def test_stages_are_the_best_cuts_of_all():
    places = [0.0, 0.05, 0.1, 0.5, 0.55, 0.95, 1.0]
    assert cut_stages(places, [[point] for point in range(7)]) == [[0, 1, 2], [3, 4], [5, 6]]

    def squares(cuts: tuple[int, ...]) -> float:
        return sum(float(np.var(places[a:b])) * (b - a) for a, b in pairwise(cuts))

    best = min(((0, a, b, 7) for a in range(1, 6) for b in range(a + 1, 7)), key=squares)
    assert best == (0, 3, 5, 7)


def test_what_belongs_together_is_never_parted_and_no_cut_is_an_answer():
    assert cut_stages([0.0, 0.1, 0.9, 1.0], [[0], [1, 2], [3]]) in ([[0, 1, 2, 3]], [[0], [1, 2, 3]], [[0, 1, 2], [3]])
    assert cut_stages([0.5] * 5, [[point] for point in range(5)]) == [[0, 1, 2, 3, 4]]
    assert cut_stages([], []) == []
