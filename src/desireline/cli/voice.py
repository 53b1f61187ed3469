"""How the command line speaks: tables and bars for people, JSON for programs, plain lines in a pipe."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from desireline.errors import DesirelineError
from desireline.json_form import json_text

if TYPE_CHECKING:
    import polars as pl
    from rich.console import Console
    from rich.progress import Progress

HERE = Path()
_UNSEEN = dict.fromkeys(code for code in (*range(32), *range(127, 160)) if code not in (9, 10))

Step = Callable[[str, int, int], None]
"""Told after each piece of work: what is being done, how much is done, out of how much (0: not known)."""


class WrongOption(DesirelineError):
    """An option says something that it cannot mean."""

    exit_code = 2

    def __init__(self, option: str, says: str) -> None:
        super().__init__(f"Invalid value for {option}: {says}")


def out() -> Console:
    """The console for answers. In a pipe it is wide and plain, so that nothing is cut or coloured."""
    from rich.console import Console  # loaded when there is something to say: JSON does without

    terminal = sys.stdout.isatty()
    return Console(width=None if terminal else 200, highlight=False, soft_wrap=not terminal, emoji=False)


def err() -> Console:
    """The console for what goes beside answers: problems, and reasons when the answer goes into a file."""
    from rich.console import Console

    return Console(stderr=True, highlight=False, soft_wrap=True, emoji=False)


def say(text: str, *, style: str | None = None) -> None:
    """Print a line as it is: texts of users are never read as markup."""
    out().print(_shown(text), style=style, markup=False)


def complain(text: str) -> None:
    """Print a problem to stderr, without markup, so that file names and brackets appear as they are."""
    err().print(f"desireline: {_shown(text)}", style="red", markup=False)


def _shown(text: str) -> str:
    """The text without control characters, which could move a terminal's cursor or hide what was said before."""
    return text.translate(_UNSEEN)


def say_json(value: Any) -> None:
    """Print one JSON document: instants as ISO text, money as numbers. Not-a-number is a fault of the caller's."""
    sys.stdout.write(json_text(value, indent=2) + "\n")


def rows(frame: pl.DataFrame) -> list[dict[str, Any]]:
    """A frame as JSON objects."""
    import polars as pl  # loaded when there is a frame, so that quick answers do not wait for it

    return frame.with_columns(pl.col(pl.Float64).fill_nan(None)).to_dicts()


@contextmanager
def progress(title: str, *, quiet: bool = False) -> Iterator[Step]:
    """On stderr: a bar on a terminal; in a pipe plain lines, one per kind of work, and none when `quiet`.

    What ends with a full stop is a note, no kind of work: it is told in any case, and stays.
    """
    if sys.stderr.isatty():
        with _bar() as bar:
            task = bar.add_task(title, total=None)
            yield _beside_notes(
                lambda what, done, of: bar.update(task, description=what, completed=done, total=of or None)
            )
    else:
        yield _beside_notes(_silent if quiet else _lines())


def _beside_notes(show: Step) -> Step:
    """Notes are told, each once; work is shown."""
    told: set[str] = set()

    def tell(what: str, done: int, of: int) -> None:
        if not what.endswith("."):
            show(what, done, of)
        elif what not in told:
            told.add(what)
            complain(what)

    return tell


def _bar() -> Progress:
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        TextColumn("{task.completed:,.0f}"),
        TimeElapsedColumn(),
    )
    return Progress(*columns, console=Console(stderr=True), transient=True)


def _silent(what: str, done: int, of: int) -> None:
    """Says nothing."""


def _lines() -> Step:
    told: set[str] = set()

    def tell(what: str, _done: int, _of: int) -> None:
        if what not in told:
            told.add(what)
            sys.stderr.write(f"{what} …\n")

    return tell
