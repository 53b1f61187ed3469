"""The living map's watchers: what they call drift where nothing changed, what they miss, and what an outage is called.

Made-up customers have tastes of their own and come as often as they like, so that events of one customer are alike.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from functools import cache

import numpy as np
import numpy.typing as npt
import polars as pl
from scipy.optimize import brentq
from scipy.spatial.distance import jensenshannon
from tests.calibration.registry import simulation

from desireline.living.cusum import watch_fall
from desireline.living.looking import look_for_drift
from desireline.living.mix import Kind, adjust, compare
from desireline.living.outage import find_silences
from desireline.living.ratios import change_of
from desireline.living.scan import best_split
from desireline.living.shift import SMALLEST, STEPS
from desireline.living.watch import GROUPS
from desireline.maps.outline import Outline
from desireline.maps.records import Map
from desireline.measures.view import View
from desireline.tables import ANSWERS, DEVIATIONS, JOURNEYS, Trips
from desireline.tables import STEPS as STEP_TABLE

Tables = npt.NDArray[np.float64]
MIX = np.array([0.5, 0.3, 0.15, 0.05])
FAR = np.array([0.35, 0.3, 0.15, 0.2])
PLACES, SPLITS = 6, range(6, 34)


def counts(
    rng: np.random.Generator,
    mixes: tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]],
    *,
    customers: int = 300,
    weeks: int = 40,
    split: int = 20,
    taste: float = 8.0,
) -> tuple[Tables, int, int]:
    """Counts by week, group and category of customers who come some times; the second mix holds from `split` on."""
    who = np.repeat(np.arange(customers), 1 + rng.poisson(rng.gamma(1.0, 3.0, customers)))
    week = rng.integers(0, weeks, len(who))
    own = [rng.dirichlet(taste * mix, customers).cumsum(axis=1) for mix in mixes]
    own = [own[0], own[1] if mixes[0] is not mixes[1] else own[0]]
    late = week >= split
    drawn = rng.random(len(who))
    category = np.where(late, (drawn[:, None] > own[1][who]).sum(axis=1), (drawn[:, None] > own[0][who]).sum(axis=1))
    tables = np.zeros((weeks, GROUPS, len(mixes[0])))
    group = rng.integers(0, GROUPS, customers)[who]
    np.add.at(tables, (week, group, np.minimum(category, len(mixes[0]) - 1)), 1)
    return tables, len(np.unique(who[~late])), len(np.unique(who[late]))


def compared(
    rng: np.random.Generator, kind: Kind, *mixes: npt.NDArray[np.float64], customers: int = 300, smallest: float
):
    """The distance before and after week 20."""
    tables, before, after = counts(rng, (mixes[0], mixes[-1]), customers=customers)
    found = compare(tables[:20], tables[20:], kind=kind, smallest=smallest, customers=(before, after))
    assert found is not None
    return found


@cache
def at_the_border() -> npt.NDArray[np.float64]:
    """The mix that lies as far from MIX as only just matters."""
    away = FAR - MIX
    far = brentq(lambda part: jensenshannon(MIX, MIX + part * away, base=2) - SMALLEST[STEPS], 0.01, 1.5)
    found: npt.NDArray[np.float64] = MIX + far * away
    return found


@simulation("drift: next steps, nothing changed", kind="false positives", nominal=0.05, about="p of the JS distance")
def steps_that_stay(rng: np.random.Generator) -> bool:
    return compared(rng, "JS", MIX, MIX, smallest=0.15).p <= 0.05


@simulation("drift: channels, nothing changed", kind="false positives", nominal=0.05, about="p of the PSI")
def channels_that_stay(rng: np.random.Generator) -> bool:
    return compared(rng, "PSI", MIX, MIX, smallest=0.1).p <= 0.05


@simulation("drift: waits, nothing changed", kind="false positives", nominal=0.05, about="p of the KS distance")
def waits_that_stay(rng: np.random.Generator) -> bool:
    return compared(rng, "KS", MIX, MIX, smallest=0.15).p <= 0.05


@simulation(
    "drift: a change that only just does not matter",
    kind="false positives",
    nominal=0.05,
    about="JS distance of 0.15, called larger",
)
def a_change_at_the_border(rng: np.random.Generator) -> bool:
    return compared(rng, "JS", MIX, at_the_border(), smallest=0.15).over <= 0.05


@simulation("drift: 15 in 100 go elsewhere", kind="power", nominal=0.9, about="300 customers, JS distance 0.19, p")
def steps_that_moved(rng: np.random.Generator) -> bool:
    return compared(rng, "JS", MIX, FAR, smallest=0.15).p <= 0.05


@simulation("drift: 40 in 100 go elsewhere", kind="power", nominal=0.9, about="300 customers, called larger than 0.15")
def steps_that_moved_far(rng: np.random.Generator) -> bool:
    far = np.array([0.15, 0.25, 0.15, 0.45])
    return compared(rng, "JS", MIX, far, smallest=0.15).over <= 0.05


@simulation(
    "drift: searched for at six places",
    kind="false positives",
    nominal=0.05,
    about="any sign, nothing changed",
    quick=60,
    full=500,
)
def nothing_to_be_found(rng: np.random.Generator) -> bool:
    return min(adjust([_searched(rng, MIX, MIX)[1] for _ in range(PLACES)])) <= 0.05


@simulation("drift: its week is found", kind="power", nominal=0.9, about="within two weeks, 40 in 100 go elsewhere")
def the_week_is_found(rng: np.random.Generator) -> bool:
    found, over = _searched(rng, MIX, np.array([0.15, 0.25, 0.15, 0.45]))
    return over <= 0.05 and abs(found - 20) <= 2


def _searched(rng: np.random.Generator, *mixes: npt.NDArray[np.float64]) -> tuple[int, float]:
    tables, before, after = counts(rng, (mixes[0], mixes[-1]))
    split = best_split(tables, SPLITS, "JS")
    assert split is not None
    found = compare(tables[:split], tables[split:], kind="JS", smallest=0.15, customers=(before, after))
    return split, 1.0 if found is None else min(1.0, found.over * (len(SPLITS) // 2))


@simulation("fitness CUSUM: a year of nothing", kind="false positives", nominal=0.05, about="40 weeks, then 52")
def a_quiet_year(rng: np.random.Generator) -> bool:
    return _passed(0.8 + 0.02 * rng.normal(size=92))


@simulation("fitness CUSUM: a year, AR(1) 0.3", kind="false positives", nominal=0.05, about="neighbouring weeks alike")
def a_year_of_weeks_that_are_alike(rng: np.random.Generator) -> bool:
    noise = rng.normal(size=92)
    for week in range(1, 92):
        noise[week] = 0.3 * noise[week - 1] + np.sqrt(1 - 0.09) * noise[week]
    return _passed(0.8 + 0.02 * noise)


@simulation("fitness CUSUM: fell by two spreads", kind="power", nominal=0.9, about="40 weeks, then 13 lower ones")
def a_fall(rng: np.random.Generator) -> bool:
    found = watch_fall(0.8 + 0.02 * rng.normal(size=40), 0.76 + 0.02 * rng.normal(size=13))
    return found is not None and found.alarm


def _passed(weeks: npt.NDArray[np.float64]) -> bool:
    """Did the sum pass its limit in any week?"""
    found = watch_fall(weeks[:40], weeks[40:])
    return found is not None and max(found.sums) > found.limit


@simulation("change of a ratio", kind="coverage", nominal=0.95, about="customers on both sides, 10 % → 15 %")
def a_ratio_that_rose(rng: np.random.Generator) -> bool:
    tables, _, _ = counts(rng, (np.array([0.9, 0.1]), np.array([0.85, 0.15])))
    sides = [part.sum(axis=0) for part in (tables[:20], tables[20:])]
    before, after = (np.column_stack([side[:, 1], side.sum(axis=1)]) for side in sides)
    found = change_of(before, after, smallest=0.03)
    return found is not None and found.low <= 0.05 <= found.high


def volumes(rng: np.random.Generator, *, days: int = 200, silent: int = 0) -> pl.DataFrame:
    """Five sources: busy, quiet at weekends, rare, once a month, one that grows; the first is silent at the end."""
    first = date(2026, 1, 1)
    season = 1 + 0.4 * np.sin(np.arange(days) / 25)
    weekday = np.array([(first + timedelta(days=k)).weekday() for k in range(days)])
    expected = {
        "busy": 80 * season,
        "office": np.where(weekday < 5, 30.0, 0.0),
        "rare": np.full(days, 1.5),
        "monthly": np.where(np.arange(days) % 30 == 3, 900.0, 0.0),
        "growing": np.linspace(5, 60, days),
    }
    rows = []
    for source, mean in expected.items():
        drawn = rng.poisson(mean * rng.gamma(10, 0.1, days))
        if source == "busy" and silent:
            drawn[-silent:] = 0
        rows.append(
            pl.DataFrame(
                {
                    "source": source,
                    "event": source,
                    "day": [first + timedelta(days=k) for k in range(days)],
                    "rows": drawn,
                }
            )
        )
    whole = pl.concat(rows).filter(pl.col("rows") > 0)
    return whole.with_columns(pl.col("rows").cast(pl.Int64), pl.col("day").cast(pl.Date))


LAST = date(2026, 1, 1) + timedelta(days=200)


@simulation("silent source: all of them speak", kind="false positives", nominal=0.01, about="five sources, 200 days")
def every_source_speaks(rng: np.random.Generator) -> bool:
    return bool(find_silences(volumes(rng), LAST))


@simulation("silent source: three days without rows", kind="power", nominal=0.95, about="a source of 80 rows a day")
def a_source_falls_silent(rng: np.random.Generator) -> bool:
    told = find_silences(volumes(rng, silent=3), LAST)
    return [(one.source, one.kind, one.days) for one in told] == [("busy", "silent", 3)]


SHOP = Outline(
    Map.model_validate(
        {
            "map": {"id": "shop", "title": "Shop", "journey": {"by": "silence", "silence": "3d", "success": ["done"]}},
            "stages": [{"id": "all"}],
            "touchpoints": [
                {"id": point, "stage": "all", "when": {"event": point}} for point in ("see", "cart", "parcel", "done")
            ],
        }
    )
)
BEGIN = datetime(2026, 1, 1, tzinfo=UTC)
DAYS, OUT = 180, 160


def company(rng: np.random.Generator, *, journeys: int = 1200) -> tuple[View, pl.DataFrame]:
    """Journeys see > cart > parcel > done; what the depot's source brings (parcel) stops after 160 days."""
    began = np.sort(rng.uniform(0, DAYS, journeys))
    customer = rng.integers(0, 400, journeys)
    rows = []
    for k in range(journeys):
        depth = 1 + (rng.random(3) < [0.7, 0.9, 0.8]).cumprod().sum()
        for step, point in enumerate(("see", "cart", "parcel", "done")[:depth]):
            at = began[k] + 0.3 * step
            if at < (OUT if point == "parcel" else DAYS):
                rows.append((k, step, point, at))
    whose, order, names, days = zip(*rows, strict=True)
    at = [BEGIN + timedelta(days=float(day)) for day in days]
    ids = [f"c{one}" for one in customer]
    rank = sorted(range(journeys), key=lambda k: (ids[k], began[k]))
    place = {k: trip for trip, k in enumerate(rank)}
    steps = pl.DataFrame(
        {
            "trip": [place[k] for k in whose],
            "step": [one + 1 for one in order],
            "touchpoint": names,
            "stage": "all",
            "at": at,
            "failed": False,
        }
    ).sort("trip", "step")
    ends = [BEGIN + timedelta(days=float(began[k])) for k in rank]
    trips = pl.DataFrame(
        {
            "journey_id": [f"j{k:05}" for k in rank],
            "customer_id": [ids[k] for k in rank],
            "started_at": ends,
            "ended_at": [at + timedelta(days=1) for at in ends],
            "steps": 3,
            "off_map": 0,
            "state": "done",
            "success": True,
            "fitness": rng.normal(0.9, 0.05, journeys).clip(0, 1),
        }
    )
    walked = Trips(
        JOURNEYS.shape(trips),
        STEP_TABLE.shape(steps).with_columns(steps["touchpoint"].alias("event")),
        ANSWERS.empty(),
        DEVIATIONS.empty(),
        pl.DataFrame({"customer_id": sorted(set(ids)), "persona": None, "properties": None}),
    )
    source = pl.when(pl.col("touchpoint") == "parcel").then(pl.lit("depot")).otherwise(pl.lit("web")).alias("source")
    arrived = steps.group_by(source, pl.col("touchpoint").alias("event"), pl.col("at").dt.date().alias("day"))
    return View(walked, SHOP), arrived.agg(pl.len().cast(pl.Int64).alias("rows"))


@simulation(
    "an outage is told as an outage, not as drift",
    kind="power",
    nominal=0.95,
    about="one of two sources silent for three weeks",
    quick=60,
    full=300,
)
def an_outage_is_no_drift(rng: np.random.Generator) -> bool:
    view, arrived = company(rng)
    end = BEGIN + timedelta(days=DAYS)
    looking = look_for_drift(SHOP, first_at=BEGIN, last_at=end, volumes=arrived)
    found = looking.finish(looking.combine([looking.partial(view)]))
    told = [(one.source, one.kind) for one in found.silent_now] == [("depot", "silent")]
    frozen = {one.at for one in found.untold if one.why.startswith("source 'depot'")} == {"parcel"}
    return told and frozen and not found.drifted
