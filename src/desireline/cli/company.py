"""desireline demo: a generated company, measured from end to end."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Annotated, Any

import typer

from desireline.cli.voice import AsJson, Step, out, progress, say_json
from desireline.demo.company import build_demo
from desireline.draw.terminal import say_deviation
from desireline.maps.files import load_map
from desireline.pipeline.question import Question
from desireline.workspace import Workspace


def register(app: typer.Typer) -> None:
    """Add this command to the program."""
    app.command()(demo)


def demo(
    into: Annotated[Path, typer.Option("--into", help="The folder to fill.")] = Path("demo"),
    customers: Annotated[
        int, typer.Option("--customers", min=200, help="How many customers the company has.")
    ] = 4000,
    seed: Annotated[int, typer.Option("--seed", help="The same seed makes the same company.")] = 7,
    as_json: AsJson = False,
) -> None:
    """Generate a clothing retailer with twelve planted problems, import it, measure it and write its report."""
    with progress("Demo", quiet=as_json) as step:
        told = _run(into, customers=customers, seed=seed, step=step)
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


def _run(into: Path, *, customers: int, seed: int, step: Step) -> dict[str, Any]:
    """The demo company, generated, imported and measured; its report and the truth lie in the folder."""
    step("Generating the company", 0, 0)
    company = build_demo(into, customers=customers, seed=seed)
    shutil.rmtree(into / "workspace", ignore_errors=True)
    workspace = Workspace.create(into / "workspace")
    counts = workspace.import_files(company.recipe, company.sources, step=step)
    map_ = load_map(company.map)
    measured = workspace.measure(map_, Question(by=("persona", "channel")), step=step)
    report = into / "report.html"
    report.write_text(workspace.draw_report(measured, map_file=company.map.name), encoding="utf-8")
    return {
        "import": vars(counts),
        "journeys": measured.journeys,
        "customers": measured.customers,
        "deviations": [
            say_deviation(row, measured.outline) for row in measured.deviations.head(12).to_dicts()
        ],
        "report": str(report),
        "truth": str(company.truth),
    }
