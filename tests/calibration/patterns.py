"""The rules about patterns: how often they cry without cause, cover the truth, and see what is there."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import combinations

import numpy as np
import polars as pl
from tests.calibration.registry import simulation
from tests.findings.shopping import SHOP

from desireline.findings.evidence import difference_over, means_over, share_over
from desireline.findings.gather.exposures import Exposure, mine
from desireline.findings.gather.patterns import KIND, Arrivals
from desireline.findings.gather.subgroups import KindsWalker
from desireline.findings.gather.tallies import tally
from desireline.findings.lots import LOTS
from desireline.findings.onset import LEVEL, find_onset
from desireline.findings.strata import Adjusted, Cells, standardise
from desireline.measures.clusters import Clusters
from desireline.measures.discoveries import q_values

ALPHA, POWER, COVERAGE = 0.05, 0.8, 0.95
POINTS = ("home", "tips", "quiz", "cart")
_WIDTH = len(POINTS) * 3 + 1


def customers(rng: np.random.Generator, share: float, people: int, *, alike: float = 0.3) -> Clusters:
    """Customers with one to three journeys each, of which so many have something; a customer's lean the same way."""
    m = rng.integers(1, 4, people)
    own = rng.random(people) < alike
    x = np.where(own, m * (rng.random(people) < share), rng.binomial(m, share))
    return Clusters(people, int(m.sum()), *(int(v) for v in (x.sum(), m.sum(), x @ x, x @ m, m @ m)))


@simulation("off-map touchpoint", kind="false positives", nominal=ALPHA, about="exactly 10 % of journeys do it")
def a_tenth_does_it(rng: np.random.Generator) -> bool:
    """The smallest share that matters is no finding."""
    return bool(share_over(customers(rng, 0.1, 300), 0.1) < ALPHA)


@simulation("off-map touchpoint, seen", kind="power", nominal=POWER, about="20 % of journeys do it, 300 customers")
def a_fifth_does_it(rng: np.random.Generator) -> bool:
    """Twice the smallest share is seen."""
    return bool(share_over(customers(rng, 0.2, 300), 0.1) < ALPHA)


@simulation("campaign overlap", kind="false positives", nominal=ALPHA, about="1.4 % against 0.4 % leave, 560 and 1,140")
def one_point_more_leave(rng: np.random.Generator) -> bool:
    """The smallest difference that matters is no finding."""
    return bool(difference_over(people(rng, 0.014, 560), people(rng, 0.004, 1140), 0.01) < ALPHA)


@simulation("campaign overlap, seen", kind="power", nominal=POWER, about="7 % against 1 % leave, 400 against 1,000")
def many_more_leave(rng: np.random.Generator) -> bool:
    """A planted overlap is seen."""
    return bool(difference_over(people(rng, 0.07, 400), people(rng, 0.01, 1000), 0.01) < ALPHA)


def people(rng: np.random.Generator, share: float, n: int) -> Clusters:
    """Customers who leave or not."""
    x = int(rng.binomial(n, share))
    return Clusters(n, n, x, n, x, x, n)


def weekly(rng: np.random.Generator, shares: list[float]) -> float:
    """The p of loops in weeks of 20 customers with these shares."""
    weeks = [date(2026, 1, 5) + timedelta(weeks=week) for week in range(len(shares))]
    return find_onset(weeks, [people(rng, share, 20) for share in shares], 0.1).p


@simulation("cannot find contact", kind="false positives", nominal=ALPHA, about="10 % in each of 40 weeks")
def a_tenth_loops_all_year(rng: np.random.Generator) -> bool:
    """Trying every week as a beginning does not cry more often."""
    return weekly(rng, [0.1] * 40) < ALPHA


@simulation("cannot find contact, seen", kind="power", nominal=POWER, about="5 %, and 40 % in the last 8 of 40 weeks")
def many_loop_since_a_week(rng: np.random.Generator) -> bool:
    """What began lately is seen."""
    return weekly(rng, [0.05] * 32 + [0.4] * 8) < ALPHA


@simulation("missing touchpoint", kind="false positives", nominal=ALPHA, about="exactly 25 % ask while they wait")
def a_quarter_asks(rng: np.random.Generator) -> bool:
    """The smallest share that matters is no finding, whatever the hazards."""
    here, there = waits(rng, 0.25, 300), waits(rng, 0.05, 300)
    return max(float(share_over(here[0], 0.25)), float(means_over(here[1], there[1], 0.0))) < ALPHA


@simulation("missing touchpoint, same hazard", kind="false positives", nominal=ALPHA, about="40 % ask, as elsewhere")
def as_many_ask_as_elsewhere(rng: np.random.Generator) -> bool:
    """Where customers ask no more often per day than elsewhere, no touchpoint is missing."""
    here, there = waits(rng, 0.4, 300), waits(rng, 0.4, 300)
    return max(float(share_over(here[0], 0.25)), float(means_over(here[1], there[1], 0.0))) < ALPHA


@simulation("missing touchpoint, seen", kind="power", nominal=POWER, about="40 % ask, elsewhere 10 %")
def many_ask(rng: np.random.Generator) -> bool:
    """A silence in which customers call is seen."""
    here, there = waits(rng, 0.4, 300), waits(rng, 0.1, 300)
    return max(float(share_over(here[0], 0.25)), float(means_over(here[1], there[1], 0.0))) < ALPHA


def waits(rng: np.random.Generator, share: float, n: int) -> tuple[Clusters, Clusters]:
    """Customers who wait about ten days: which ask, and how often by hour."""
    hours, x = rng.integers(200, 280, n), (rng.random(n) < share).astype(np.int64)
    hours = np.where(x > 0, hours // 2, hours)
    first, second = (
        Clusters(n, n, *(int(v) for v in (x.sum(), m.sum(), x @ x, x @ m, m @ m))) for m in (np.ones_like(x), hours)
    )
    return first, second


def two_sided(rng: np.random.Generator, gap: float) -> Adjusted:
    """Four strata with shares of their own, in which exposed are not equally many; exposed differ by `gap`."""
    shares, exposed = np.array([0.2, 0.35, 0.5, 0.6]), np.array([0.1, 0.2, 0.4, 0.6])
    m1 = rng.binomial(300, exposed)
    m = np.stack([m1, 300 - m1], axis=1).ravel()
    x = rng.binomial(m, np.stack([shares + gap, shares], axis=1).ravel())
    kind = np.repeat(np.arange(8), m)
    number = np.arange(len(kind)) - np.repeat(np.cumsum(m) - m, m)
    one = np.ones_like(kind)
    rows = Cells(kind // 2, one, (number < x[kind]).astype(np.int64), one, np.arange(len(kind)), kind)
    return standardise(rows, np.tile([[True], [False]], (4, 1)))


def twenty_each(rng: np.random.Generator, people: int = 100, each: int = 20) -> Adjusted:
    """Customers with many journeys in four strata, some prone to be lost, some to be exposed, neither for the other.

    Exposures vary within customers: most journeys of half of them have it, few of the others'.
    """
    customer = np.repeat(np.arange(people), each)
    prone = np.where(rng.random(people) < 0.4, 0.85, 0.1)[customer]
    exposed = rng.random(len(customer)) < np.where(rng.random(people) < 0.5, 0.9, 0.1)[customer]
    x = (rng.random(len(customer)) < prone).astype(np.int64)
    stratum = rng.integers(0, 4, len(customer))
    order = np.argsort(stratum, kind="stable")
    one = np.ones_like(x)
    cells = Cells(stratum[order], one, x[order], one, rng.integers(0, LOTS, people)[customer[order]], np.arange(len(x)))
    return standardise(cells, exposed[order][:, None])


@simulation("adjusted difference, 20 journeys each", kind="coverage", nominal=COVERAGE, about="100 customers, gap 0")
def the_gap_of_many_journeys_lies_inside(rng: np.random.Generator) -> bool:
    """A customer's journeys with different histories are still one customer's."""
    found = twenty_each(rng)
    return bool(found.low[0] <= 0 <= found.high[0])


@simulation("adjusted difference, 20 each, cries", kind="false positives", nominal=ALPHA, about="100 customers, gap 0")
def many_journeys_cry(rng: np.random.Generator) -> bool:
    """Customers who differ are no difference that steps make."""
    return bool(twenty_each(rng).over(0.0)[0] < ALPHA)


@simulation("adjusted difference", kind="coverage", nominal=COVERAGE, about="four strata, 1,200 journeys, gap 0.15")
def the_gap_lies_inside(rng: np.random.Generator) -> bool:
    """The interval of a standardised difference covers the truth."""
    found = two_sided(rng, 0.15)
    return bool(found.low[0] <= 0.15 <= found.high[0])


@simulation("when customers decide", kind="false positives", nominal=ALPHA, about="10 points more, by strata")
def ten_points_more_decide(rng: np.random.Generator) -> bool:
    """The smallest difference that matters is no finding, also when strata differ."""
    return bool(two_sided(rng, 0.1).over(0.1)[0] < ALPHA)


@simulation("when customers decide, seen", kind="power", nominal=POWER, about="25 points more, by strata")
def many_more_decide(rng: np.random.Generator) -> bool:
    """A touchpoint after which customers decide is seen."""
    return bool(two_sided(rng, 0.25).over(0.1)[0] < ALPHA)


def arrivals(rng: np.random.Generator, lost: dict[int, float], journeys: int = 1200) -> Arrivals:
    """Journeys at the cart after one to three steps; so many are lost by how far they had come, and after a quiz.

    Who had come further took more steps, has more patterns, and is lost less: a healthy company.
    """
    reached = rng.integers(1, 4, journeys)
    steps = rng.integers(0, 3, (journeys, 3)) * (np.arange(3)[None, :] < reached[:, None])
    items = np.where(np.arange(3)[None, :] < reached[:, None], steps * 3 + 1, 0)
    before = (items * _WIDTH ** np.arange(3)).sum(axis=1)
    quiz = ((steps == 2) & (items > 0)).any(axis=1)
    share = 0.7 - 0.15 * reached + np.where(quiz, lost.get(2, 0.0), 0.0)
    rows = pl.DataFrame({"reached": reached, "before": before, "x": (rng.random(journeys) < share).astype(np.int64)})
    return _arrived(rows.with_columns(customer=pl.int_range(pl.len()), lot=pl.Series(rng.integers(0, LOTS, journeys))))


def _arrived(rows: pl.DataFrame) -> Arrivals:
    """Journeys at the cart: reached, before, customer, lot, x."""
    told = rows.with_columns(
        point=pl.lit(3, pl.Int64), channel=pl.lit("web"), own=pl.lit(0, pl.Int64), m=pl.lit(1, pl.Int64)
    )
    return Arrivals(tally(told, [*KIND, "lot"]).sort(*KIND, "lot"), POINTS)


def frequent(rng: np.random.Generator, people: int = 100, each: int = 20) -> Arrivals:
    """Customers with many journeys and steps of all kinds before the cart; half of them often take the quiz.

    Some are lost often, whatever steps they take.
    """
    customer = np.repeat(np.arange(people), each)
    quiz = rng.random(len(customer)) < np.where(rng.random(people) < 0.5, 0.9, 0.1)[customer]
    steps = np.column_stack([np.where(quiz, 2, 1), rng.integers(0, 2, (len(customer), 2))])
    lost = np.where(rng.random(people) < 0.4, 0.85, 0.1)[customer]
    rows = pl.DataFrame(
        {
            "reached": rng.integers(1, 4, len(customer)),
            "before": ((steps * 3 + 1) * _WIDTH ** np.arange(3)).sum(axis=1),
            "customer": customer,
            "lot": rng.integers(0, LOTS, people)[customer],
            "x": (rng.random(len(customer)) < lost).astype(np.int64),
        }
    )
    return _arrived(rows)


def told(found: list[Exposure], smallest: float = 0.1) -> bool:
    """Does any pattern pass as the rule has it?"""
    p = np.array([one.over(smallest) for one in found])
    real = [one.gap > 0 and one.by_chance <= LEVEL and not one.explained for one in found]
    return bool((q_values(p)[np.array(real, dtype=np.bool_)] <= LEVEL).any()) if len(p) else False


@simulation(
    "churn pattern", kind="false positives", nominal=ALPHA, about="who comes far is lost less; no pattern matters"
)
def nothing_comes_before(rng: np.random.Generator) -> bool:
    """Patterns that only go with how far customers came are none; a smallest difference of 0 is the hardest case."""
    return told(mine(arrivals(rng, {})), 0.0)


@simulation("churn pattern, 20 journeys each", kind="false positives", nominal=ALPHA, about="100 customers differ")
def who_comes_often_is_one_customer(rng: np.random.Generator) -> bool:
    """Of customers who differ in what they do and in how they end, neither for the other, no pattern is told."""
    return told(mine(frequent(rng)), 0.0)


@simulation("churn pattern, 20 each, one pattern", kind="false positives", nominal=ALPHA, about="100 customers differ")
def the_quiz_of_frequent_customers(rng: np.random.Generator) -> bool:
    """The one pattern that goes with customers, by its own p."""
    return next(one.over(0.0) < ALPHA for one in mine(frequent(rng)) if one.pattern.steps == ((2, 0), (3, 0)))


@simulation("churning kind", kind="false positives", nominal=ALPHA, about="two properties of three values, pairs too")
def no_kind_is_lost(rng: np.random.Generator) -> bool:
    """Every pair that is looked at counts, also where it tells nothing more than its properties."""
    lost, lot = (rng.random(1000) < 0.3).astype(np.int64), rng.integers(0, 64, 1000)
    values = {f"property:p{i}": rng.integers(0, 3, 1000) for i in range(2)}
    named = {name: [f"{name}={value}" for value in told] for name, told in values.items()}
    pairs = [(named[a], named[b]) for a, b in combinations(named, 2)] + [(one, [""] * 1000) for one in named.values()]
    rows = [pl.DataFrame({"first": a, "second": b, "lot": lot, "x": lost}) for a, b in pairs]
    counted = pl.concat(rows).with_columns(stratum=pl.lit("0 web"), m=pl.lit(1, pl.Int64), n=pl.lit(1, pl.Int64))
    keys = ["first", "second", "stratum", "lot"]
    found = KindsWalker(SHOP, tuple(named)).finish(counted.group_by(keys).agg(pl.col("m", "x", "n").sum()))
    q = q_values(np.array([float(kind.found.over(0.0)[0]) for kind in found.found]))
    return any(one <= LEVEL and kind.adds for one, kind in zip(q, found.found, strict=True))


@simulation("churn pattern, seen", kind="power", nominal=POWER, about="25 points more are lost after one touchpoint")
def a_quiz_comes_before(rng: np.random.Generator) -> bool:
    """A planted pattern is seen."""
    return told(mine(arrivals(rng, {2: 0.25})))
