"""The commands that the docs show, run as they stand there: what a page says they print is what they print.

A block fenced ```console holds `$ desireline …` and lines that it prints; a line `…` stands for lines left out, and
`; echo $?` behind a command prints its exit code. A block whose fence ends in a file's name, such as
```csv orders.csv, is that file. A page starts in an empty folder, or in a copy of the one that another page left:
<!-- after: start/first-journey.md -->.
"""

from __future__ import annotations

import contextlib
import io
import os
import re
import shlex
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from desireline.cli.start import run

HERE = Path(__file__).parent
_FENCE = re.compile(r"^```(.*)$")
_AFTER = re.compile(r"<!-- after: (\S+) -->")
_NUMBERS = re.compile(r"[-−+]?\d[\d.,:]*")


@dataclass(frozen=True)
class Block:
    """A fenced block: what its fence says, its lines, and the number of its first line in the page (from 0)."""

    info: str
    lines: tuple[str, ...]
    first: int

    @property
    def file(self) -> str | None:
        """The file that it is, when its fence names one."""
        last = self.info.split()[-1] if self.info.split() else ""
        return last if "." in last else None


@dataclass
class Shown:
    """One command of a page: where it stands, the lines shown below it, and what it really printed."""

    command: str
    line: int
    said: list[str] = field(default_factory=list)
    printed: list[str] = field(default_factory=list)

    def untrue(self) -> list[str]:
        """The lines shown that the command does not print, in this order."""
        rest, lost = iter(self.printed), []
        for line in self.said:
            if line != "…" and not any(_plain(line) == _plain(real) for real in rest):
                lost.append(line)
                rest = iter(self.printed)
        return lost

    def nearest(self) -> list[str]:
        """The lines shown, each as the command prints it now; those that have no likeness stay."""
        left, found = list(self.printed), []
        for line in self.said:
            like = next((k for k, real in enumerate(left) if _shape(real) == _shape(line)), None)
            found.append(line if line == "…" or like is None else left[like])
            left = left if line == "…" or like is None else left[like + 1 :]
        return found


def blocks(text: str) -> Iterator[Block]:
    """The fenced blocks of a page."""
    lines, inside, info, start = text.splitlines(), False, "", 0
    for number, line in enumerate(lines):
        fence = _FENCE.match(line)
        if fence and not inside:
            inside, info, start = True, fence[1].strip(), number + 1
        elif fence:
            inside = False
            yield Block(info, tuple(lines[start:number]), start)


def play(page: Path, folder: Path) -> list[Shown]:
    """The page's files lie in the folder and its commands have run there, in the order of the page."""
    shown: list[Shown] = []
    for block in blocks(page.read_text("utf-8")):
        if block.file:
            (folder / block.file).write_text("\n".join(block.lines) + "\n", encoding="utf-8")
        elif block.info == "console":
            for one in _commands(block):
                one.printed = _run(one.command, folder)
                shown.append(one)
    return shown


def has_commands(page: Path) -> bool:
    """True when the page shows commands with what they print."""
    return any(block.info == "console" for block in blocks(page.read_text("utf-8")))


def play_all(pages: list[Path], home: Path) -> Iterator[tuple[Path, list[Shown]]]:
    """Each page with its commands run; pages that come after another one after it."""
    folders: dict[Path, Path] = {}

    def begun(page: Path) -> list[Shown]:
        after = _AFTER.search(page.read_text("utf-8"))
        folder = folders[page] = home / page.stem
        if after:
            if (HERE / after[1]).resolve() not in folders:
                begun((HERE / after[1]).resolve())
            shutil.copytree(folders[(HERE / after[1]).resolve()], folder)
        else:
            folder.mkdir()
        return play(page, folder)

    for page in sorted(pages, key=lambda one: bool(_AFTER.search(one.read_text("utf-8")))):
        if page.resolve() not in folders:
            yield page, begun(page.resolve())


def refresh_all() -> list[str]:
    """Every page shows the lines that its commands print now; told are those that somebody has to look at."""
    told = []
    with tempfile.TemporaryDirectory() as home:
        pages = [page for page in [HERE.parent / "README.md", *sorted(HERE.rglob("*.md"))] if has_commands(page)]
        before = {page: page.read_text("utf-8") for page in pages}
        for page, shown in play_all(pages, Path(home)):
            if page.read_text("utf-8") != before[page]:
                told.append(f"{page.name}: somebody changed it meanwhile, so it was left as it is.")
                continue
            lines = before[page].splitlines()
            for one in shown:
                lines[one.line + 1 : one.line + 1 + len(one.said)] = one.nearest()
                told += [f"{page.name}:{one.line + 1}: {line}" for line in one.untrue() if line not in one.nearest()]
                kept = Shown(one.command, one.line, one.nearest(), one.printed)
                told += [f"{page.name}:{one.line + 1}: not printed: {line}" for line in kept.untrue()]
            page.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return told


def _commands(block: Block) -> Iterator[Shown]:
    one: Shown | None = None
    for number, line in enumerate(block.lines):
        if line.startswith("$ "):
            if one:
                yield one
            one = Shown(line.removeprefix("$ "), block.first + number)
        elif one:
            one.said.append(line)
    if one:
        yield one


def _run(command: str, folder: Path) -> list[str]:
    """What one command prints in this folder, as a shell would run it."""
    asked, code_too, _ = command.partition("; echo $?")
    words = [word for part in shlex.split(asked) for word in _expanded(part, folder)]
    if words[0] != "desireline":
        raise ValueError(f"only desireline is run from the docs, not {command!r}")
    told, before = io.StringIO(), Path.cwd()
    os.chdir(folder)
    try:
        with contextlib.redirect_stdout(told), contextlib.redirect_stderr(told):
            code = run(words[1:])
    finally:
        os.chdir(before)
    lines = [line.rstrip().replace("\u00a0", " ").replace("\u202f", " ") for line in told.getvalue().splitlines()]
    return [*lines, str(code)] if code_too else lines


def _expanded(word: str, folder: Path) -> list[str]:
    found = sorted(str(path.relative_to(folder)) for path in folder.glob(word)) if "*" in word else []
    return found or [word]


def _plain(line: str) -> str:
    """The line with single blanks, so that the width of a column does not matter."""
    return " ".join(line.split())


def _shape(line: str) -> str:
    """The line without its numbers and bars."""
    return _plain(re.sub("[█░]+", " ", _NUMBERS.sub("#", line)))
