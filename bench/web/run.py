"""How quick the app is: live editing, a large board in a browser, and what a browser loads. Each beside its bar.

    python -m bench.web.run                print the figures
    python -m bench.web.run --write        and write docs/web-speed.md

Takes about four minutes. Figures of a machine that does other work at the same time say little.
"""

from __future__ import annotations

import argparse
import os
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from bench.web import board, fanout, size, watching
from bench.web.figure import Figure

PAGE = Path(__file__).parents[2] / "docs" / "web-speed.md"
SECTIONS = {
    "Live editing": (
        "The server runs in a process of its own and puts every edit on the disk before anybody hears of it. All "
        "people run in one other process on the same machine. The figures are those of the middle one of three runs "
        "of ten seconds."
    ),
    "A large map": (
        "In Debian’s chromium without a screen, 1440 × 900, on the built app; the same machine serves and draws. "
        "Opening is the median of five. Keys are typed at 30 ms from one to the next."
    ),
    "Numbers on a map": (
        "A server that measured the map before, as it does by itself when data land while somebody has it open; "
        "the browser never saw it. The data of those who watch are imported by another process."
    ),
    "What a browser loads": (
        "Everything that the page of a map loads by itself. Panels and dialogs come when they are opened."
    ),
}
MEASURES = dict(zip(SECTIONS, (fanout.measure, board.measure, watching.measure, size.measure), strict=True))


def main() -> None:
    """Measure, print, and where that is asked for write the page."""
    said = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    said.add_argument("--write", action="store_true", help="write docs/web-speed.md")
    how = said.parse_args()
    load = os.getloadavg()[0]
    found: dict[str, list[Figure]] = {}
    for title, measure in MEASURES.items():
        found[title] = measure()
        print(title)
        for one in found[title]:
            what, bar, measured, verdict = one.cells()
            print(f"  {what:88} {bar:>22} {measured:>22}  {verdict}", flush=True)
    if how.write:
        PAGE.write_text(page(found, load), encoding="utf-8")


def page(found: dict[str, list[Figure]], load: float) -> str:
    """The page of the documentation."""
    parts = [
        "# Speed of the app\n",
        f"Measured on {datetime.now(UTC):%Y-%m-%d} by `make bench-web`, on one machine with {os.cpu_count()} cores; "
        f"{load:.1f} programs wanted to run when it began. "
        f"The seconds say something about this machine alone. [The code](../bench/web/).\n",
    ]
    for title, figures in found.items():
        parts += [f"## {title}\n", SECTIONS[title] + "\n", _table(figures)]
    return "\n".join(parts)


def _table(figures: Sequence[Figure]) -> str:
    rows = ["| " + " | ".join(one.cells()) + " |" for one in figures]
    return "\n".join(["| what | bar | measured |  |", "| --- | ---: | ---: | ---: |", *rows]) + "\n"


if __name__ == "__main__":
    main()
