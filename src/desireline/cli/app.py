"""Gathers the commands, and turns every error that we raise on purpose into one readable sentence and an exit code.

Exit codes: 0 fine, 1 a check failed, 2 wrong use, 3 a problem in the data.
"""

from __future__ import annotations

import os
import sys

import typer

from desireline.version import __version__
from desireline.cli import company, imports, maps, numbers, pictures, recipes
from desireline.cli.voice import complain
from desireline.errors import DesirelineError

app = typer.Typer(
    name="desireline",
    help="Draw the customer journey you intend, measure the one customers take, and close the gap.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode="rich",
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.add_typer(maps.app, name="map")
app.add_typer(recipes.app, name="recipe")
for group in (company, imports, numbers, pictures):
    group.register(app)


@app.callback(invoke_without_command=True)
def _about(
    context: typer.Context,
    version: bool = typer.Option(False, "--version", help="Print the version and stop."),
) -> None:
    if version:
        sys.stdout.write(f"desireline {__version__}\n")
        raise typer.Exit
    if context.invoked_subcommand is None:
        sys.stdout.write(context.get_help() + "\n")
        raise typer.Exit(2)


def main() -> None:
    """Run the command line; ends the process with one of the documented exit codes."""
    try:
        app()
    except DesirelineError as fault:
        complain(str(fault))
        sys.exit(fault.exit_code)
    except KeyboardInterrupt:
        complain("Stopped. Nothing was left half done.")
        sys.exit(130)
    except BrokenPipeError:
        # the reader (head, less) went away: point stdout elsewhere, so that closing it does not complain
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
