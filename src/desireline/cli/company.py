"""desireline demo: a generated company, measured from end to end."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

import typer

from desireline.cli.imports import say_counts
from desireline.cli.ledger import show_ledger
from desireline.cli.options import AsJson
from desireline.cli.output import FileThere, write_output
from desireline.cli.voice import Step, out, progress, say, say_json
from desireline.demo.company import DemoFiles, build_demo
from desireline.draw.terminal import say_deviation
from desireline.lake.commit import ImportCounts
from desireline.pipeline.question import Measured, Question
from desireline.workspace import Workspace

SHOWN = 12
MADE = ("lake", "derived", "uploads")  # of a workspace: all that can be made again


def register(app: typer.Typer) -> None:
    """Add this command to the program."""
    app.command()(demo)


@dataclass(frozen=True)
class Told:
    """What there is to say about the demo company."""

    company: DemoFiles
    counts: ImportCounts
    measured: Measured
    report: Path

    def as_json(self) -> dict[str, Any]:
        """Everything as plain data."""
        measured = self.measured
        return {
            "import": vars(self.counts),
            "journeys": measured.journeys,
            "customers": measured.customers,
            "deviations": [say_deviation(row, measured.outline) for row in measured.deviations.head(SHOWN).to_dicts()],
            "report": str(self.report),
            "truth": str(self.company.truth),
        }


def demo(
    into: Annotated[Path, typer.Option("--into", help="The folder to fill.")] = Path("demo"),
    customers: Annotated[int, typer.Option("--customers", min=200, help="How many customers the company has.")] = 4000,
    seed: Annotated[int, typer.Option("--seed", help="The same seed makes the same company.")] = 7,
    as_json: AsJson = False,
) -> None:
    """Generate a clothing retailer with twelve planted problems, import it, measure it and write its report."""
    with progress("Demo", quiet=as_json) as step:
        told = _run(into, customers=customers, seed=seed, step=step)
    if as_json:
        say_json(told.as_json())
        return
    say_counts(told.counts)
    say(f"{told.measured.journeys:,} journeys of {told.measured.customers:,} customers.\n")
    say("What the customers do that the map did not intend, worst first:", style="bold")
    show_ledger(told.measured.deviations, told.measured.outline, out(), limit=SHOWN)
    say(f"\nThe report: {told.report}\nWhat was planted: {told.company.truth}")
    say(f"Look around: desireline findings {told.company.map} -w {into / 'workspace'}")
    say(f"Open the map in the web app: desireline serve -w {into / 'workspace'}")


def _run(into: Path, *, customers: int, seed: int, step: Step) -> Told:
    """The demo company, generated, imported and measured; its report and the truth lie in the folder."""
    _make_way(into)
    step("Generating the company", 0, 0)
    company = build_demo(into, customers=customers, seed=seed)
    workspace = Workspace.create(into / "workspace")
    counts = workspace.import_files(company.recipe, company.sources, step=step)
    measured = workspace.measure(company.map, Question(by=("persona", "channel")), step=step)
    step("Drawing", 0, 0)
    write_output(into / "report.html", workspace.draw_report(measured, map_file=company.map.name))
    _put_into_app(into / "workspace", company.map)
    return Told(company, counts, measured, into / "report.html")


def _put_into_app(workspace: Path, map_: Path) -> None:
    """The map stands in the web app, once, as people left it."""
    from desireline.server.desk import open_desk
    from desireline.server.doors import demo_map, mark_demo
    from desireline.server.files import begin

    desk = open_desk(workspace)
    if demo_map(desk) is None:
        made = begin(desk.documents, desk.shelf, map_.read_text(encoding="utf-8"), by="", at=desk.clock())
        mark_demo(workspace, made.id)


def _make_way(into: Path) -> None:
    """The data of an earlier demo is gone; what people wrote there stays.

    Raises FileThere when the folder holds a workspace that no demo made, ServerRuns while a server works in it.
    """
    from desireline.server.lock import only_server

    earlier = into / "workspace"
    if not earlier.exists():
        return
    if not (into / "truth.json").exists():
        raise FileThere(earlier)
    with only_server(earlier):
        for name in MADE:
            shutil.rmtree(earlier / name, ignore_errors=True)
