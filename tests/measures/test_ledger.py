"""The ledger of deviations: shares, effects and ranks, by hand and against plain loops."""

import numpy as np
import polars as pl
import pytest
from tests.measures.companies import company
from tests.measures.rows import SHOP, trips
from tests.measures.test_intervals import sums

from desireline.hashes import hash_text
from desireline.measures.differences import difference_of_shares
from desireline.measures.ledger import LEDGER, Ledger


def ledger(given) -> pl.DataFrame:
    book = Ledger(SHOP)
    return book.finish(book.combine([book.partial(given)]))


def small_shop():
    """Twenty journeys see the ad; the first eight skip the page, and of these two pay; of the others nine."""
    steps, skips, answers = [], [], []
    for i in range(20):
        name, skipped = f"c{i:02}", i < 8
        paid = i < 2 if skipped else i < 17
        walk = ["ad", *([] if skipped else ["page"]), "order", *(["pay"] if paid else [])]
        for minute, point in enumerate(walk):
            value = 30 if point == "pay" else 0
            steps.append({"customer": name, "journey": name, "minute": minute, "touchpoint": point, "value": value})
        answers.append({"customer": name, "journey": name, "low": 1.0, "high": 5.0, "score": 2.0 if skipped else 4.0})
        if skipped:
            skips.append({"customer": name, "journey": name, "kind": "missing", "place": "page"})
        if not paid:
            skips.append({"customer": name, "journey": name, "kind": "lost", "place": "order"})
    return trips(steps, answers=answers, deviations=skips)


def test_a_skipped_touchpoint_worked_out_by_hand():
    row = ledger(small_shop()).row(by_predicate=pl.col("kind") == "missing", named=True)
    effect = difference_of_shares(sums([1] * 2 + [0] * 6), sums([1] * 9 + [0] * 3))
    assert (row["place"], row["customers"], row["journeys"], row["of"], row["share"]) == (
        "page",
        8,
        8,
        20,
        0.4,
    )
    assert row["conversion_effect"] == pytest.approx(2 / 8 - 9 / 12)
    assert (row["conversion_low"], row["conversion_high"]) == pytest.approx(effect[1:])
    assert (row["conversion_n_with"], row["conversion_n_without"]) == (8, 12)
    assert (row["score_effect"], row["score_n_with"]) == (None, 8)  # means need ten on each side
    assert row["says"].startswith(
        "40 % of 20 journeys that come past there skip “Page” (8 customers). With it, conversion is lower by 50.0"
    )


def test_examples_are_the_customers_with_the_smallest_hashes():
    row = ledger(small_shop()).row(by_predicate=pl.col("kind") == "missing", named=True)
    who = pl.Series([f"c{i:02}" for i in range(8)])
    order = np.argsort(hash_text(who))[:5]
    assert row["examples"] == who.gather(order).to_list()


def test_the_largest_expected_loss_comes_first():
    found = ledger(small_shop())
    assert found.select("rank", "kind", "place").rows() == [(1, "lost", "order"), (2, "missing", "page")]
    loss = found["share"] * found["conversion_effect"].abs()
    assert loss.to_list() == pytest.approx([9 / 20 * 1.0, 0.4 * 0.5])


def test_journeys_lost_at_a_place_are_not_said_to_have_come_past_it():
    steps = [{"customer": f"c{i}", "journey": f"c{i}", "minute": i, "touchpoint": "ad"} for i in range(9)]
    skips = [{"customer": f"c{i}", "journey": f"c{i}", "kind": "missing", "place": "ad"} for i in range(5)]
    row = ledger(trips(steps, deviations=skips)).row(0, named=True)
    assert (row["journeys"], row["of"], row["of_what"]) == (5, 5, "passing")


def test_few_customers_are_hidden_but_not_forgotten():
    given = trips(
        [{"customer": "ana", "journey": "a", "minute": 0, "touchpoint": "ad"}],
        deviations=[{"customer": "ana", "journey": "a", "kind": "lost", "place": "ad"}],
    )
    row = ledger(given).row(0, named=True)
    assert (row["customers"], row["share"], row["examples"]) == (None, None, None)
    assert row["note"] == "fewer than 5 customers"
    assert row["says"] == "A few journeys end at “Ad” without success."


def test_a_ledger_has_its_declared_shape():
    assert ledger(small_shop()).schema == LEDGER.empty().schema


def could(kind, place, journey, steps) -> bool:
    came = any(step["touchpoint"] == place for step in steps)
    if kind == "ad hoc":
        return True
    if kind == "late":
        return any(step["touchpoint"] == place and step["kept"] is not None for step in steps)
    if kind == "missing":
        return came and (journey["state"] == "done" or steps[-1]["touchpoint"] != place)
    return came and (kind != "lost" or journey["state"] != "under_way")


@pytest.mark.parametrize("seed", [1, 2])
def test_shares_and_effects_agree_with_plain_loops(seed):
    given = company(seed, people=150)
    steps = {}
    for step in given.steps.iter_rows(named=True):
        steps.setdefault(step["trip"], []).append(step)
    left = set(given.deviations.select("trip", "kind", "place").iter_rows())
    journeys = given.journeys.with_row_index("trip").to_dicts()
    for row in ledger(given).filter(pl.col("customers").is_not_null()).iter_rows(named=True):
        kind, place = row["kind"], row["place"]
        having = [j for j in journeys if (j["trip"], kind, place) in left]
        lacking = [j for j in journeys if j not in having and could(kind, place, j, steps[j["trip"]])]
        assert (row["journeys"], row["of"]) == (len(having), len(having) + len(lacking))
        assert row["customers"] == len({j["customer_id"] for j in having})
        sides = [[j for j in side if j["state"] != "under_way"] for side in (having, lacking)]
        if row["conversion_effect"] is not None:
            won = [np.mean([j["success"] for j in side]) for side in sides]
            assert row["conversion_effect"] == pytest.approx(won[0] - won[1])
        if row["value_effect"] is not None:
            worth = [np.mean([j["value_e4"] / 1e4 for j in side]) for side in sides]
            assert row["value_effect"] == pytest.approx(worth[0] - worth[1])
            assert row["value_n_without"] == len({j["customer_id"] for j in sides[1]})
