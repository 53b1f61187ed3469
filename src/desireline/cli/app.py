"""The program for typer: all commands of the catalog, and what is wrong with words that it does not understand."""

from __future__ import annotations

import sys
from collections.abc import Sequence

import typer

from desireline.cli.program import Program
from desireline.cli.voice import complain
from desireline.version import __version__

# The class of all complaints about options and arguments. typer keeps its own copy of click, so it is taken from there.
WrongUse: type[Exception] = typer.BadParameter.__bases__[0]

app = typer.Typer(
    name="desireline",
    cls=Program,
    help="Draw the customer journey you intend, measure the one customers take, and close the gap.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode="rich",
    context_settings={"help_option_names": ["-h", "--help"]},
)


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


def obey(words: Sequence[str]) -> int:
    """The exit code of these words. Raises what commands raise; words that are no command are told on stderr."""
    try:
        code = app(list(words), prog_name="desireline", standalone_mode=False)
    except WrongUse as fault:
        complain(_wrong_use(fault))
        return 2
    return code if isinstance(code, int) else 0


def _wrong_use(fault: Exception) -> str:
    """What was wrong, and where to look it up. An empty message means that the help was printed already."""
    said = str(getattr(fault, "format_message", fault.__str__)())
    end = "" if said.endswith((".", "?")) else "."
    context = getattr(fault, "ctx", None)
    command = context.command_path if context else "desireline"
    return f"{said}{end} `{command} --help` tells how it is used."
