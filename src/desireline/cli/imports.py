"""desireline init, import, refusals, doctor: the workspace and what came into it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

import typer

from desireline.cli.options import HERE, AsJson, Limit, WorkspaceFolder
from desireline.cli.output import there_if_named
from desireline.cli.recipes import FilesArgument
from desireline.cli.voice import complain, progress, rows, say, say_json
from desireline.draw.figures import many
from desireline.errors import did_you_mean
from desireline.lake.commit import ImportCounts
from desireline.proposals import recognise_files
from desireline.recipes.refusal import REASONS
from desireline.recipes.vendors.catalog import vendor
from desireline.recipes.vendors.recognised import Recognised
from desireline.workspace import Workspace


def register(app: typer.Typer) -> None:
    """Add these commands to the program."""
    app.command()(init)
    app.command("import")(import_)
    app.command()(refusals)
    app.command()(doctor)


def init(
    folder: Annotated[Path, typer.Argument(help="The workspace's folder; made when missing.")] = HERE,
    as_json: AsJson = False,
) -> None:
    """Make a workspace: one folder that holds the lake. Copy it to copy everything, delete it to delete everything."""
    Workspace.create(folder)
    if as_json:
        say_json({"workspace": folder})
    else:
        say(f"{folder} is a workspace. Next: desireline import -w {folder} -r RECIPE FILES…")


def import_(
    files: FilesArgument,
    recipe: Annotated[
        Path | None,
        typer.Option(
            "--recipe",
            "-r",
            callback=there_if_named,
            help="A *.recipe.yaml file; `desireline recipe suggest` proposes one. "
            "Exports of known vendors need none: `desireline recipe vendors` lists them.",
        ),
    ] = None,
    workspace: WorkspaceFolder = HERE,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Tell what would happen, and change nothing.")] = False,
    as_json: AsJson = False,
) -> None:
    """Bring files into the lake. Every row is accepted, refused with a reason, or known already."""
    shop = Workspace.open(workspace)
    known = recognise_files(files) if recipe is None else None
    with progress("Importing", quiet=as_json) as step:
        if known:
            counts = shop.import_files(known.recipe, known.sources, dry_run=dry_run, step=step)
        else:
            counts = shop.import_files(recipe or "", files, dry_run=dry_run, step=step)
    if as_json:
        say_json({**vars(counts), "dry_run": dry_run, **(told_of(known) if known else {})})
        return
    if known:
        say_recognised(known)
    say_counts(counts, dry_run=dry_run)
    if counts.refused and not dry_run:
        say(f"Look at them: desireline refusals -w {workspace}")


def told_of(known: Recognised) -> dict[str, object]:
    """What was recognised, for programs: the vendor, what each file is, and what was left out."""
    return {
        "vendor": known.vendor,
        "files": {file: source for source, found in known.sources.items() for file in found},
        "ignored": known.ignored,
        "left_out": {"tables": known.fitted.tables, "columns": known.fitted.columns},
    }


def say_recognised(known: Recognised) -> None:
    """Print what each file was taken for, and what the recipe could not read or was not given."""
    say(f"{vendor(known.vendor).title}, by the recipe that comes with Desireline:")
    for source, found in known.sources.items():
        say(f"  {source:<22} {', '.join(Path(file).name for file in found)}")
    for why, names in _by_reason(known.ignored).items():
        say(f"  ignored ({why}): {', '.join(Path(name).name for name in names)}")
    for why, tables in _by_reason(known.fitted.tables).items():
        say(f"  left out ({why}): {', '.join(tables)}")
    for table, lost in known.fitted.columns.items():
        say(f"  left out of {table}: {', '.join(lost)} (no such column)")
    say(f"To change what is read: desireline recipe show {known.vendor} -o my.recipe.yaml, then import with -r.")


def _by_reason(told: Mapping[str, str]) -> dict[str, list[str]]:
    """{reason: what it is the reason of}; of `table: reason` the reason."""
    found: dict[str, list[str]] = {}
    for name, why in told.items():
        found.setdefault(why.rpartition(": ")[2], []).append(name)
    return found


def say_counts(counts: ImportCounts, *, dry_run: bool = False) -> None:
    """Print the fate of all rows, what came of them, and what a person should know."""
    for note in counts.notes:
        say(f"note: {note}")
    say(
        f"{many(counts.read, 'row')} read: {counts.accepted:,} accepted, {counts.refused:,} refused, "
        f"{counts.duplicates:,} known already."
    )
    brought = [
        many(counts.events, "event"),
        many(counts.feedback, "answer"),
        many(counts.customers, "new customer"),
        many(counts.campaigns, "campaign"),
    ]
    say(f"{'Would be imported' if dry_run else 'Imported'}: {', '.join(brought)}.")
    for code, count in counts.reasons.items():
        say(f"  refused {count:>8,}  {code:<18} {REASONS[code]}")
    if counts.partly:
        says = "not counted as refused, because another record of the row was taken or known already"
        say(f"  {many(counts.partly, 'row')} of these: {says}.")


def refusals(
    workspace: WorkspaceFolder = HERE,
    reason: Annotated[str | None, typer.Option("--reason", help="Only this reason code.")] = None,
    limit: Limit = 20,
    raw: Annotated[
        bool, typer.Option("--raw", help="As they came, with whatever personal data is in them. Show them with care.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Show the rows that were not taken, with their reasons; personal data is masked.

    They are kept with the raw text.
    """
    if reason is not None and reason not in REASONS:
        hint = did_you_mean(reason, REASONS, f"Known codes: {', '.join(REASONS)}.")
        raise typer.BadParameter(f"no reason is called {reason!r}. {hint}", param_hint="--reason")
    shop = Workspace.open(workspace)
    found = shop.refusals(limit=limit + 1, reason=reason, raw=raw)
    if as_json:
        say_json(rows(found.head(limit)))
        return
    for row in found.head(limit).iter_rows(named=True):
        say(f"{row['source']}, row {row['row']}: {row['detail']}  [{row['reason']}]", style="bold")
        text = row["raw"] or ""
        say(f"    {text[:300]}{' …' if len(text) > 300 else ''}", style="dim")
    if found.is_empty():
        say("No row was refused." if reason is None else f"No row was refused as {reason}.")
    elif found.height > limit:
        say(f"There are more: say -n {10 * limit}.", style="dim")


def doctor(workspace: WorkspaceFolder = HERE, as_json: AsJson = False) -> None:
    """Check the workspace: readable, whole, with room on the disk. Exit code 1 when something needs a look."""
    report = Workspace.open(workspace).examine()
    failed = [line["check"] for line in report["checks"] if not line["ok"]]
    if as_json:
        say_json(report)
    else:
        counts = report["counts"]
        say(f"{report['workspace']}: a workspace of desireline {report['version']}")
        say(", ".join(many(counts[name], one, more) for name, one, more in COUNTED) + ".\n")
        for line in report["checks"]:
            say(f"{'✓' if line['ok'] else '✗'} {line['check']:<16} {line['says']}")
    if failed:
        complain(f"{', '.join(failed)}: needs a look.")
        raise typer.Exit(1)


COUNTED = (
    ("events", "event", None),
    ("feedback", "answer", None),
    ("customers", "customer", None),
    ("campaigns", "campaign", None),
    ("refusals", "refused row", None),
    ("imports", "import", None),
)
