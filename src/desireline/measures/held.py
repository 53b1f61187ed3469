"""What a state holds, tally by tally, as arrays: worked out once for the measures that share it."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

import polars as pl

from desireline.measures.clusters import Clusters
from desireline.measures.family import Cells
from desireline.measures.ladder import ladders
from desireline.measures.measure import Measure
from desireline.measures.state import State
from desireline.measures.sums import SUMS, numbers_of
from desireline.measures.weights import uneven


class Table(NamedTuple):
    """The cells of a tally: as a table with `cell` (its number in the state) and `others`, and as arrays."""

    frame: pl.DataFrame
    sums: Cells


@dataclass(frozen=True, eq=False)
class Held:
    """A state, read."""

    state: State
    _known: dict[str, Table] = field(default_factory=dict)

    def of(self, measure: Measure) -> Table:
        """The cells that the measure reads: of several scales the main one; none where it has to be silent."""
        if measure.tally not in self._known:
            self._known[measure.tally] = self._read(measure)
        return self._known[measure.tally]

    @cached_property
    def _numbered(self) -> pl.DataFrame:
        return self.state.cells.with_row_index("cell")

    @cached_property
    def _tallies(self) -> dict[str, pl.DataFrame]:
        parts = self._numbered.partition_by("tally", as_dict=True)
        return {str(name): part for (name,), part in parts.items()}

    def _read(self, measure: Measure) -> Table:
        cells = self._tallies.get(measure.tally, self._numbered.clear())
        if measure.money and not cells["size"].sum():
            cells = cells.clear()
        if measure.weighted:
            cells = cells.filter(uneven())
        cells = _main_unit(cells)
        sums = {name: numbers_of(cells[name]) for name in SUMS}
        found = Cells(Clusters(*(sums[name] for name in Clusters._fields)), sums["came"], sums["size"])
        kept = {"ladder": self.state.rungs, "distinct": self.state.hashes}.get(measure.family.state)
        if kept is not None:
            number = pl.DataFrame(
                {"cell": cells["cell"], "_new": pl.int_range(cells.height, dtype=pl.UInt32, eager=True)}
            )
            mine = kept.join(number, on="cell", how="inner").with_columns(cell="_new")
            found = found._replace(ladders=ladders(mine, cells.height), coarse=cells["coarse"].to_numpy())
        return Table(cells, found)


def _main_unit(cells: pl.DataFrame) -> pl.DataFrame:
    """Of several scales in a cell, the one with most customers (ties: by name); `others`: how many more."""
    cell = ["at", "group", "period"]
    if cells["unit"].n_unique() <= 1:
        return cells.with_columns(pl.lit(0, pl.UInt32).alias("others"))
    units = cells.group_by(*cell, "unit").agg(pl.col("n").sum()).sort("n", "unit", descending=[True, False])
    first = units.group_by(cell, maintain_order=True).agg(pl.col("unit").first(), (pl.len() - 1).alias("others"))
    return cells.join(first, on=[*cell, "unit"], how="inner")
