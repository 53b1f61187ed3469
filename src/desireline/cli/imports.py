"""desireline init, import, refusals, doctor: the workspace and what came into it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from desireline.cli.recipes import FilesArgument
from desireline.cli.voice import HERE, AsJson, WorkspaceFolder, complain, out, progress, rows, say_json
from desireline.recipes.refusal import REASONS
from desireline.workspace import Workspace


def register(app: typer.Typer) -> None:
    """Add these commands to the program."""
    app.command()(init)
    app.command("import")(import_)
    app.command()(refusals)
    app.command()(doctor)


def init(
    folder: Annotated[Path, typer.Argument(help="The workspace's folder; made when missing.")] = HERE,
) -> None:
    """Make a workspace: one folder that holds the lake. Copy it to copy everything, delete it to delete everything."""
    Workspace.create(folder)
    out().print(
        f"{folder} is a workspace. Next: desireline import -w {folder} -r RECIPE FILES…", markup=False
    )


def import_(
    files: FilesArgument,
    recipe: Annotated[
        Path,
        typer.Option(
            "--recipe", "-r", help="A *.recipe.yaml file; `desireline recipe suggest` proposes one."
        ),
    ],
    workspace: WorkspaceFolder = HERE,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Tell what would happen, and change nothing.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Bring files into the lake. Every row is accepted, refused with a reason, or known already."""
    with progress("Importing", quiet=as_json) as step:
        counts = Workspace.open(workspace).import_files(recipe, files, dry_run=dry_run, step=step)
    if as_json:
        say_json(vars(counts))
        return
    done = "Would be imported" if dry_run else "Imported"
    out().print(
        f"{counts.read:,} rows read: {counts.accepted:,} accepted, {counts.refused:,} refused, {counts.duplicates:,} known already.\n"
        f"{done}: {counts.events:,} events, {counts.feedback:,} answers, {counts.customers:,} new customers, "
        f"{counts.campaigns:,} campaigns.",
        markup=False,
    )
    for code, count in counts.reasons.items():
        out().print(f"  refused {count:>8,}  {code:<18} {REASONS[code]}", markup=False)
    if counts.refused and not dry_run:
        out().print(f"Look at them: desireline refusals -w {workspace}", markup=False)


def refusals(
    workspace: WorkspaceFolder = HERE,
    reason: Annotated[str | None, typer.Option("--reason", help="Only this reason code.")] = None,
    limit: Annotated[int, typer.Option("--limit", "-n", help="How many rows to show.")] = 20,
    as_json: AsJson = False,
) -> None:
    """Show the rows that were not taken, with their reasons. They are kept with the raw text."""
    if reason is not None and reason not in REASONS:
        raise typer.BadParameter(f"{reason!r} is none of {', '.join(REASONS)}", param_hint="--reason")
    found = Workspace.open(workspace).refusals(limit=limit, reason=reason)
    if as_json:
        say_json(rows(found))
        return
    for row in found.iter_rows(named=True):
        out().print(
            f"{row['source']}:{row['row']}  {row['reason']}  {row['detail']}", style="bold", markup=False
        )
        raw = row["raw"] or ""
        out().print(f"    {raw[:300]}{' …' if len(raw) > 300 else ''}", style="dim", markup=False)
    if found.is_empty():
        out().print("No row was refused.")


def doctor(workspace: WorkspaceFolder = HERE, as_json: AsJson = False) -> None:
    """Check the workspace: readable, whole, room on the disk, sources that fell silent."""
    report = Workspace.open(workspace).examine()
    if as_json:
        say_json(report)
    else:
        for line in report["checks"]:
            mark = "ok " if line["ok"] else "NOT"
            out().print(f"{mark}  {line['check']:<18} {line['says']}", markup=False)
    if not all(line["ok"] for line in report["checks"]):
        complain("something needs a look.")
        raise typer.Exit(1)
