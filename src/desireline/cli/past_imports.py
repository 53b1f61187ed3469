"""desireline imports …: what was imported, refused rows taken up again, and the last import taken back."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from desireline.cli.catalog import COMMANDS
from desireline.cli.imports import say_counts
from desireline.cli.options import HERE, AsJson, WorkspaceFolder
from desireline.cli.output import there
from desireline.cli.voice import out, progress, say, say_json
from desireline.draw.figures import many
from desireline.draw.table import show_table
from desireline.errors import DesirelineError, RecipeUnreadable
from desireline.kept.aside import look_aside
from desireline.maps.written import read_text
from desireline.workspace import Workspace
from desireline.workspace.replay import Replay

app = typer.Typer(help=COMMANDS["imports"].says, no_args_is_help=True)

Import = Annotated[str, typer.Argument(metavar="IMPORT", help="Its id, as `desireline imports list` tells it.")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Tell what would happen, and change nothing.")]


class FilesNotKept(DesirelineError):
    """Refused rows are to be taken up again, and the files are neither kept nor named."""

    exit_code = 2

    def __init__(self, import_id: str) -> None:
        super().__init__(
            f"The files of {import_id} are not kept here: only those that came in through the app are. "
            f"Name them: desireline imports replay {import_id} RECIPE FILES…"
        )


@app.command("list")
def list_(workspace: WorkspaceFolder = HERE, as_json: AsJson = False) -> None:
    """List what was imported, the newest first, with what became of its rows."""
    found = Workspace.open(workspace).imports()
    if as_json:
        say_json(found)
        return
    heads = ["Import", "At (UTC)", "Files", "Rows>", "Refused>", "Known>", ""]
    counts = ("read", "refused", "duplicates")
    lines = [
        [one["id"], f"{one['at']:%Y-%m-%d %H:%M}", _files(one), *(f"{one[name]:,}" for name in counts), _state(one)]
        for one in found
    ]
    show_table(out(), heads, lines, empty=f"Nothing was imported yet: desireline import -w {workspace} FILES…")


@app.command()
def recipe(import_: Import, workspace: WorkspaceFolder = HERE, as_json: AsJson = False) -> None:
    """Print the recipe by which kept files were read: correct it, then replay."""
    _check_kept(Workspace.open(workspace), import_)
    text = look_aside(workspace, import_).text
    if as_json:
        say_json({"import_id": import_, "recipe": text})
    else:
        say(text.rstrip())


@app.command()
def replay(
    import_: Import,
    recipe: Annotated[Path, typer.Argument(metavar="RECIPE", callback=there, help="The corrected *.recipe.yaml file.")],
    files: Annotated[
        list[Path] | None,
        typer.Argument(metavar="FILES", help="Its files, where none are kept."),
    ] = None,
    workspace: WorkspaceFolder = HERE,
    dry_run: DryRun = False,
    as_json: AsJson = False,
) -> None:
    """Read the files of an import again by a corrected recipe: refused rows get a new chance, known ones stay."""
    shop = Workspace.open(workspace)
    if not files:
        _check_kept(shop, import_)
    text = read_text(recipe, unreadable=RecipeUnreadable)
    again = Replay.of(workspace, import_, text, [there(file) for file in files or ()], name=str(recipe))
    with progress("Importing", quiet=as_json) as step:
        found = shop.replay(again, dry_run=dry_run, step=step)
    if as_json:
        told = {"replayed": import_, "import_id": found.import_id, "recipe": found.recipe}
        say_json({**told, **vars(found.counts), "dry_run": dry_run})
        return
    say_counts(found.counts, dry_run=dry_run)
    if not dry_run:
        say(f"This is import {found.import_id}. Its recipe is kept as {found.recipe}.")


@app.command()
def undo(import_: Import, workspace: WorkspaceFolder = HERE, dry_run: DryRun = False, as_json: AsJson = False) -> None:
    """Take the last import back: the data are as they were before it, for everybody at once."""
    found = Workspace.open(workspace).undo_import(import_, dry_run=dry_run)
    if as_json:
        say_json({"import": found, "undone": not dry_run, "dry_run": dry_run})
        return
    gone = ", ".join(
        many(found[name], *words)
        for name, *words in (("events", "event"), ("feedback", "answer"), ("customers", "customer"))
    )
    say(f"{'Would be undone' if dry_run else 'Undone'}: {import_} ({_files(found)}), and with it {gone}.")


def _check_kept(shop: Workspace, import_id: str) -> None:
    """The files of this import are here. Raises ImportGone, FilesNotKept."""
    if not shop.one_import(import_id)["aside"]:
        raise FilesNotKept(import_id)


def _files(one: dict[str, Any]) -> str:
    names = [str(file["name"]) for file in one["files"]]
    return ", ".join(names[:3]) + (f" and {len(names) - 3:,} more" if len(names) > 3 else "")


def _state(one: dict[str, Any]) -> str:
    """What can be done with it, or was."""
    said = ["taken up again"] if one["replayed"] else ["files kept"] if one["aside"] else []
    return ", ".join([*said, *(["can be undone"] if one["undoable"] else [])])
