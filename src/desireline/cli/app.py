"""Gathers the commands, and turns every error that is raised on purpose into one readable sentence and an exit code.

Exit codes: 0 fine, 1 a check failed, 2 wrong use, 3 a problem in the data or on the disk.
"""

from __future__ import annotations

import signal
import sys
from collections.abc import Sequence

import typer

from desireline.cli import company, imports, maps, numbers, pictures, recipes
from desireline.cli.voice import complain
from desireline.errors import DesirelineError
from desireline.version import __version__

# The class of all complaints about options and arguments. typer keeps its own copy of click, so it is taken from there.
WrongUse: type[Exception] = typer.BadParameter.__bases__[0]
INTERRUPTED = 130

app = typer.Typer(
    name="desireline",
    help="Draw the customer journey you intend, measure the one customers take, and close the gap.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode="rich",
    context_settings={"help_option_names": ["-h", "--help"]},
)
for group in (company, imports, numbers, pictures):
    group.register(app)
app.add_typer(maps.app, name="map")
app.add_typer(recipes.app, name="recipe")


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
    if hasattr(signal, "SIGPIPE"):  # `desireline … | head` ends quietly, as other tools do
        signal.signal(signal.SIGPIPE, signal.SIG_DFL)
    sys.exit(run(sys.argv[1:]))


def run(words: Sequence[str]) -> int:
    """The exit code of these words; problems are told on stderr, one sentence each."""
    try:
        code = app(list(words), prog_name="desireline", standalone_mode=False)
    except DesirelineError as fault:
        complain(str(fault))
        return fault.exit_code
    except WrongUse as fault:
        complain(_wrong_use(fault))
        return 2
    except OSError as fault:
        complain(f"{fault.filename or 'A file'} cannot be used: {fault.strerror or fault}. The workspace is as it was.")
        return 3
    if code == INTERRUPTED:
        complain("Stopped. Nothing was left half done.")
    return code if isinstance(code, int) else 0


def _wrong_use(fault: Exception) -> str:
    """What was wrong, and where to look it up. An empty message means that the help was printed already."""
    said = str(getattr(fault, "format_message", fault.__str__)())
    end = "" if said.endswith((".", "?")) else "."
    context = getattr(fault, "ctx", None)
    command = context.command_path if context else "desireline"
    return f"{said}{end} `{command} --help` tells how it is used."
