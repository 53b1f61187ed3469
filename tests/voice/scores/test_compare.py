"""Groups compared: each test against a second library, and all of them together on simulated companies."""

from __future__ import annotations

from math import erf

import numpy as np
import polars as pl
import pytest
from scipy.stats import t, ttest_ind
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.proportion import proportions_chisquare
from tests.voice.scores.told import said, told

from desireline.measures.clusters import Clusters
from desireline.measures.discoveries import q_values
from desireline.voice.scores.compare import CompareAnalysis, Comparison, compare
from desireline.voice.scores.gaps import gap, gap_of_means, gap_of_nets, gap_of_shares
from desireline.voice.scores.kinds import scored

PARTS = 10_000


def by(group: str, name: str = "channel") -> dict:
    return {"by": {name: f"{name}:{group}"}}


def comparison(rows, **asked) -> Comparison:
    analysis = CompareAnalysis(**({"by": ("channel",)} | asked))
    return analysis.finish(analysis.combine([told(rows)]))


def alone(x) -> Clusters:
    """The sums of customers with one row each."""
    x = np.asarray(x)
    n, total, squares = (np.array([int(number)]) for number in (len(x), x.sum(), (x * x).sum()))
    return Clusters(n, n, total, n, squares, total, n)


def test_discoveries_are_those_of_a_second_library():
    p = np.random.default_rng(3).uniform(size=60) ** 3
    assert q_values(p) == pytest.approx(multipletests(p, method="fdr_bh")[1])
    holes = np.array([0.01, np.nan, 0.04, 0.04])
    assert q_values(holes) == pytest.approx([0.03, np.nan, 0.04, 0.04], nan_ok=True)
    assert len(q_values(np.array([]))) == 0


@pytest.mark.parametrize("sizes", [(40, 25), (8, 60)])
def test_means_are_compared_by_the_wider_of_two_t_tests(sizes):
    dice = np.random.default_rng(4)
    one, two = dice.integers(1, 6, sizes[0]), dice.integers(2, 6, sizes[1])
    found = gap_of_means(alone(one * PARTS), alone(two * PARTS))
    oracles = [ttest_ind(one, two, equal_var=equal) for equal in (True, False)]
    intervals = [oracle.confidence_interval() for oracle in oracles]
    wider = max(intervals, key=lambda interval: interval.high - interval.low)
    assert found.value[0] == pytest.approx(one.mean() - two.mean())
    assert found.p[0] == pytest.approx(max(oracle.pvalue for oracle in oracles))
    assert (found.low[0], found.high[0]) == pytest.approx((wider.low, wider.high))


def test_shares_are_compared_by_the_n_minus_1_chi_squared_test():
    found = gap_of_shares(alone([1] * 12 + [0] * 8), alone([1] * 9 + [0] * 21))
    z = np.sqrt(proportions_chisquare([12, 9], [20, 30])[0] * 49 / 50)
    assert found.p[0] == pytest.approx(1 - erf(z / np.sqrt(2)), rel=0.05)
    assert found.p[0] >= 1 - erf(z / np.sqrt(2))


@pytest.mark.parametrize("share", [0.5, 0.9, 0.97])
def test_what_holds_between_shares_has_an_interval_without_0(share):
    dice = np.random.default_rng(20261122)
    one, two = (dice.binomial(1, share, (COMPANIES, size)) for size in (5, 50))
    found = gap_of_shares(many_alone(one), many_alone(two))
    assert np.mean(found.p <= 0.05) <= 0.05 + 2 * np.sqrt(0.05 * 0.95 / COMPANIES)
    assert ((found.p > 0.05) | (found.low > 0) | (found.high < 0)).all()


def test_net_promoter_scores_are_compared_by_adjusted_values():
    one, two = [1] * 50 + [0] * 30 + [-1] * 20, [1] * 20 + [0] * 40 + [-1] * 40
    sizes = tuple(np.array([int(np.abs(x).sum())]) for x in (one, two))
    found = gap_of_nets(alone(one), alone(two), sizes=sizes)

    def adjusted(x):
        n = len(x)
        up, down = (x.count(1) + 0.75) / (n + 3), (x.count(-1) + 0.75) / (n + 3)
        return up - down, (up + down - (up - down) ** 2) / (n + 3)

    (a, v), (b, w) = adjusted(one), adjusted(two)
    half = 1.959964 * np.sqrt(v + w)
    assert found.value[0] == pytest.approx(50)
    assert (found.low[0], found.high[0]) == pytest.approx((100 * (a - b - half), 100 * (a - b + half)), abs=1e-4)
    df = (v + w) ** 2 / (v**2 / 102 + w**2 / 102)  # 100 answers and the three added to each side
    assert found.p[0] == pytest.approx(2 * t.sf((a - b) / np.sqrt(v + w), df))


def test_each_group_stands_against_everybody_else():
    rows = [
        *said([5] * 30 + [1] * 10, who="w", **by("web")),
        *said([5] * 10 + [1] * 30, who="s", **by("shop")),
        *said([5] * 20 + [1] * 20, who="p", **by("phone")),
    ]
    found = comparison(rows)
    got = {
        row["group"]: (row["value"], row["n"], row["rest"], row["n_rest"], row["holds"])
        for row in found.rows.to_dicts()
    }
    assert got == {
        "channel:web": (0.75, 40, 30 / 80, 80, True),
        "channel:shop": (0.25, 40, 50 / 80, 80, True),
        "channel:phone": (0.5, 40, 0.5, 80, False),
    }
    assert found.says == "2 of 3 comparisons hold at a false discovery rate of 5 %."
    assert found.as_json()["tested"] == 3


def test_who_speaks_on_both_sides_is_a_customer_of_both():
    both = [
        {"customer": f"c{k}", "score": score, **by(channel)}
        for k in range(20)
        for channel, score in (("web", 5), ("shop", 1))
    ]
    found = comparison(both)
    assert [(row["n"], row["n_rest"], row["gap"]) for row in found.rows.to_dicts()] == [(20, 20, -1.0)]


def test_the_rest_is_summed_as_if_the_group_had_not_been_there():
    dice = np.random.default_rng(8)
    rows = [
        {
            "customer": f"c{dice.integers(40)}",
            "score": int(dice.integers(1, 6)),
            "rule": "mean",
            **by(str(dice.choice(["a", "b", "c"]))),
        }
        for _ in range(300)
    ]
    found = comparison(rows).rows
    for row in found.to_dicts():
        others = [one | by("x") for one in rows if one["by"]["channel"] != row["group"]]
        mine = [one | by("g") for one in rows if one["by"]["channel"] == row["group"]]
        again = comparison(mine + others).rows.filter(pl.col("group") == "channel:g").to_dicts()[0]
        assert {name: row[name] for name in ("gap", "low", "high", "p", "n", "n_rest")} == pytest.approx(
            {name: again[name] for name in ("gap", "low", "high", "p", "n", "n_rest")}
        )


def test_a_group_that_would_tell_of_few_is_not_compared():
    rows = (
        said([5] * 20, who="w", **by("web")) + said([1] * 20, who="s", **by("shop")) + said([1] * 9, who="p", **by("p"))
    )
    whole = comparison(rows)
    small = comparison(rows + said([3] * 2, who="f", **by("fax")))
    assert (whole.rows.height, whole.kept_back) == (3, 0)
    assert (small.rows["group"].sort().to_list(), small.kept_back) == (["channel:shop", "channel:web"], 2)


def test_those_of_no_persona_are_the_rest_and_unknown_channels_are_not():
    rows = said([5] * 20, who="m", **by("maya", "persona")) + said([1] * 20, who="n", **by("(none)", "persona"))
    [row] = comparison(rows, by=("persona",)).rows.to_dicts()
    assert (row["group"], row["n_rest"], row["gap"]) == ("persona:maya", 20, 1.0)
    rows = said([5] * 20, who="m", **by("web")) + said([1] * 20, who="n", **by("(none)"))
    assert comparison(rows).rows.height == 0


def test_only_what_is_asked_is_tested():
    rows = said([5, 1] * 10, who="a", question="A", **by("web")) + said(
        [5, 4] * 10, who="b", question="A", **by("shop")
    )
    rows += [row | {"question": "B", "rule": "mean"} for row in rows]
    assert comparison(rows).tested == 2
    assert comparison(rows, questions=("A",)).tested == 1
    assert comparison(rows, kinds=("mean",)).rows["question"].unique().to_list() == ["B"]
    assert comparison(rows, places=("elsewhere",)).tested == 0


def test_nothing_one_row_and_ties():
    assert comparison([]).says == "0 of 0 comparisons hold at a false discovery rate of 5 %."
    assert comparison(said([5], **by("web"))).rows.height == 0
    same = comparison(said([5] * 10, who="a", **by("web")) + said([5] * 10, who="b", **by("shop")))
    assert [(row["gap"], row["p"], row["holds"]) for row in same.rows.to_dicts()] == [(0.0, 1.0, False)]


LAWS = {
    "nps": ([1, 0, -1], [0.5, 0.3, 0.2]),
    "csat": ([1, 0], [0.75, 0.25]),
    "mean": ([1 * PARTS, 2 * PARTS, 3 * PARTS, 5 * PARTS], [0.1, 0.2, 0.3, 0.4]),
    "ces": ([1 * PARTS, 2 * PARTS, 4 * PARTS, 5 * PARTS], [0.05, 0.05, 0.2, 0.7]),
}
COMPANIES = 4000


@pytest.mark.parametrize("kind", LAWS)
@pytest.mark.parametrize(("n", "m"), [(10, 20), (10, 200), (25, 125), (60, 120)])
def test_groups_of_one_law_are_told_apart_in_one_case_of_twenty(kind, n, m):
    dice = np.random.default_rng(20261122)
    values, p = LAWS[kind]
    one, two = (dice.choice(values, p=p, size=(COMPANIES, size)) for size in (n, m))
    found = gap(kind, many_alone(one), many_alone(two), sizes=(np.abs(one).sum(1), np.abs(two).sum(1)))
    assert np.mean(found.p <= 0.05) <= 0.05 + 2 * np.sqrt(0.05 * 0.95 / COMPANIES)
    assert np.mean((found.low <= 0) & (found.high >= 0)) >= 0.93


def many_alone(x: np.ndarray) -> Clusters:
    """The sums of companies whose customers have one row each; x: companies × customers."""
    n, total, squares = np.full(len(x), x.shape[1]), x.sum(1), (x * x).sum(1)
    return Clusters(n, n, total, n, squares, total, n)


def test_customers_who_repeat_themselves_do_not_make_differences():
    dice = np.random.default_rng(9)
    wrong = 0
    for _ in range(300):
        habit = dice.integers(1, 6, 60)
        score = np.repeat(habit, 6)
        frame = pl.DataFrame({"customer": np.repeat(np.arange(60), 6), "x": score * PARTS}).with_columns(m=pl.lit(1))
        sides = []
        for some in (frame.filter(pl.col("customer") < 25), frame.filter(pl.col("customer") >= 25)):
            each = some.group_by("customer").agg(pl.len().alias("rows"), pl.col("x").sum(), pl.col("m").sum())
            x, m = each["x"].to_numpy(), each["m"].to_numpy()
            sums = (len(x), m.sum(), x.sum(), m.sum(), (x * x).sum(), (x * m).sum(), (m * m).sum())
            sides.append(Clusters(*(np.array([int(one)]) for one in sums)))
        wrong += bool(gap_of_means(*sides).p[0] <= 0.05)
    assert wrong / 300 <= 0.05 + 2 * 0.0126


def test_among_many_comparisons_one_discovery_in_twenty_is_false():
    """40 questions, of which 10 truly differ between two channels: the false share among what is told as holding."""
    dice = np.random.default_rng(11)
    false_share, found_share = [], []
    for _ in range(40):
        frames = []
        for question in range(40):
            gap = 0.3 if question < 10 else 0.0
            for channel, share in (("web", 0.5 + gap), ("shop", 0.5)):
                scores = np.where(dice.random(80) < share, 5, 1)
                frames += said(scores, question=f"{question:02}", who=f"{question}{channel}", **by(channel))
        rows = compare(scored(told(frames)), by=["channel"]).rows.filter("holds", pl.col("group") == "channel:shop")
        wrong = rows.filter(pl.col("question") >= "10").height
        false_share.append(wrong / max(rows.height, 1))
        found_share.append((rows.height - wrong) / 10)
    assert np.mean(false_share) <= 0.05 + 2 * np.std(false_share) / np.sqrt(len(false_share))
    assert np.mean(found_share) > 0.8
