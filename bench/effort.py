"""Does the effort index tell reopened and reassigned tickets from the others? On the public service-desk data.

    python bench/effort.py [--data FOLDER]

No answers belong to these tickets, so the index has its published weights. Whether a ticket was reopened or reassigned
is read from the counters of its rows, not from the journeys. AUC: the share of pairs (one such ticket, one other) in
which the index of the first is higher, ties counting half. It is told for the whole index; without the components that
a reopening or a reassignment feeds directly; and without them on a map that has no touchpoint for either, so that not
even a step of it is left.
"""

from __future__ import annotations

import argparse
import os
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import polars as pl
from scipy.stats import rankdata

import desireline as dl
from desireline.maps.outline import Outline
from desireline.maps.records import Map
from desireline.measures.view import View
from desireline.voice.effort.components import COMPONENTS
from desireline.voice.effort.contributions import Contributions
from desireline.voice.effort.effort import Effort
from desireline.voice.effort.hardest import journey_efforts

HERE = Path(__file__).parent
EXAMPLE = HERE.parent / "examples" / "it-incidents"
SAME = {"reopened": ("loops", "repeat_contacts", "contacts"), "reassigned": ("transfers",)}
GROUP = "property:assignment_group"


@dataclass(frozen=True)
class Every:
    """All journeys with their index: only for data as small as this."""

    effort: Effort
    weights: dict[str, float]

    @property
    def carried(self) -> tuple[str, ...]:
        return self.effort.carried

    def partial(self, view: View) -> pl.DataFrame:
        return journey_efforts(Contributions.of(view, self.effort.reading), self.weights)

    def combine(self, parts: Sequence[pl.DataFrame]) -> pl.DataFrame:
        return pl.concat(parts)

    def finish(self, part: pl.DataFrame) -> pl.DataFrame:
        return part


def main() -> None:
    """Print the table."""
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    asked.add_argument("--data", type=Path, default=Path(os.environ.get("DESIRELINE_DATA", HERE / "../../shared/data")))
    [file] = asked.parse_args().data.glob("it_incidents/*.csv.gz")
    with tempfile.TemporaryDirectory() as place:
        workspace = dl.Workspace.create(Path(place) / "desk")
        workspace.import_files(next(EXAMPLE.glob("*.recipe.yaml")), [file])
        full = dl.load_map(next(EXAMPLE.glob("*.journey.yaml")))
        truth = (
            pl.read_csv(file)
            .group_by("number")
            .agg(
                (pl.col("reopen_count").max() > 0).alias("reopened"),
                (pl.col("reassignment_count").max() > 0).alias("reassigned"),
            )
        )
        began = time.process_time()
        _tell(workspace, full, truth, ("stage", "team", "touchpoint", GROUP), "groups as hand-offs")
        print(f"one reading of the log: {(time.process_time() - began) / 4:.2f} s of processor time")
        _tell(workspace, full, truth, ("stage", "team", "touchpoint"), "teams of the map as hand-offs")
        _tell(workspace, _without(full, {"reopened", "reassigned"}), truth, ("stage",), "no touchpoint for either")
        _hand_offs(workspace, full)


def _tell(workspace: dl.Workspace, map_: Map, truth: pl.DataFrame, kinds: tuple[str, ...], says: str) -> None:
    effort = Effort(Outline(map_), kinds=kinds)
    found = workspace.listen(map_, effort)
    for what, same in SAME.items():
        for left_out in ((), same):
            weights = {name: 0.0 if name in left_out else weight for name, weight in found.weights.items()}
            total = sum(weights.values())
            every = Every(effort, {name: weight / total for name, weight in weights.items()})
            table = workspace.listen(map_, every).join(
                truth.with_columns(pl.col("number").alias("ticket")),
                left_on=pl.col("journey_id").str.split("#").list.last(),
                right_on="ticket",
            )
            without = f" without {', '.join(left_out)}" if left_out else ""
            n = f"n {table[what].sum():>6,} of {table.height:,}"
            print(f"{what:<11} AUC {_auc(table, what):.3f}  {n}  ({says}{without})")


def _auc(table: pl.DataFrame, what: str) -> float:
    such = table[what].to_numpy()
    ranks = rankdata(table["effort"].to_numpy())
    n = int(such.sum())
    return float((ranks[such].sum() - n * (n + 1) / 2) / (n * (len(such) - n)))


def _without(map_: Map, points: set[str]) -> Map:
    rest = [point for point in map_.touchpoints if point.id not in points]
    links = [link for link in map_.links if not {link.from_, link.to} & points]
    return map_.model_copy(update={"touchpoints": rest, "links": links, "cards": []})


def _hand_offs(workspace: dl.Workspace, map_: Map) -> None:
    found = workspace.listen(map_, Effort(Outline(map_), kinds=(GROUP,)))
    print("\nhand-offs between groups, by effort times volume")
    for row in found.hand_offs.head(10).iter_rows(named=True):
        told = (
            f"{row['effort']:.2f} ({row['low']:.2f}–{row['high']:.2f}) points each, {100 * row['share']:.1f} % of all"
        )
        print(f"{row['rank']:>3}  {row['from']:<9} > {row['to']:<9} {row['hand_offs']:>5,} times, {told}")
    print("\n" + ", ".join(f"{one.name} {found.weights[one.name]:.2f}" for one in COMPONENTS))


if __name__ == "__main__":
    main()
