"""The deviation ledger in a terminal: one sentence per row, with what the deviation goes along with."""

from __future__ import annotations

import polars as pl
from rich.console import Console
from rich.table import Table
from rich.text import Text

from desireline.draw.deviations import Deviation, deviations, kept_back
from desireline.draw.figures import many, say_effect
from desireline.draw.readings import HIDDEN
from desireline.maps.outline import Outline


def show_ledger(ledger: pl.DataFrame, outline: Outline, console: Console, *, limit: int) -> None:
    """The first `limit` rows that may be shown, by rank; then how many more there are."""
    found = deviations(ledger, outline.titles)
    if console.is_terminal:
        grid = Table.grid(padding=(0, 2))
        grid.add_column(justify="right")
        for one in found[:limit]:
            grid.add_row(str(one.rank), _told(one))
        console.print(grid)
    else:
        for one in found[:limit]:
            console.print(Text(f"{one.rank:>4}  ").append(_told(one)), soft_wrap=True)
    more = [f"{many(len(found) - limit, 'more row')}: say -n {len(found)}."] if len(found) > limit else []
    hidden = kept_back(ledger)
    more += [f"{many(hidden, 'row')} not shown: {HIDDEN}."] if hidden else []
    if not found:
        console.print(Text("No deviation was found." if not hidden else "No deviation may be shown."))
    for line in more:
        console.print(Text(line, style="dim"), soft_wrap=True)


def _told(one: Deviation) -> Text:
    told = Text(one.what)
    effects = [
        f"{name} {say_effect(effect.value, effect.unit)}" for name, effect in one.effects.items() if effect.clear
    ]
    told.append(f"  {', '.join(effects) or 'no clear effect'}", style="yellow" if effects else "dim")
    return told
