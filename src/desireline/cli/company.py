"""desireline demo: a generated company, measured from end to end."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from desireline.cli.voice import AsJson, out, progress, say_json
from desireline.workspace import run_demo


def register(app: typer.Typer) -> None:
    """Add this command to the program."""
    app.command()(demo)


def demo(
    into: Annotated[Path, typer.Option("--into", help="The folder to fill.")] = Path("demo"),
    customers: Annotated[int, typer.Option("--customers", min=200, help="How many customers the company has.")] = 4000,
    seed: Annotated[int, typer.Option("--seed", help="The same seed makes the same company.")] = 7,
    as_json: AsJson = False,
) -> None:
    """Generate a clothing retailer with twelve planted problems, import it, measure it and write its report."""
    with progress("Demo", quiet=as_json) as step:
        told = run_demo(into, customers=customers, seed=seed, step=step)
    if as_json:
        say_json(told)
        return
    counts = told["import"]
    out().print(
        f"{counts['read']:,} rows read: {counts['accepted']:,} accepted, {counts['refused']:,} refused, "
        f"{counts['duplicates']:,} known already.\n{told['journeys']:,} journeys of {told['customers']:,} customers.\n",
        markup=False,
    )
    out().print("What the customers do that the map did not intend, worst first:", markup=False)
    for line in told["deviations"]:
        out().print(f"  {line}", markup=False)
    out().print(f"\nThe report: {told['report']}\nWhat was planted: {told['truth']}", markup=False)
