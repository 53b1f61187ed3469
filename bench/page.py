"""Writes `docs/performance.md` and its picture from the results.

python -m bench.page            # or with a file of results: python -m bench.page results.jsonl
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

from bench import places, results
from bench.bars import BARS, Bar
from bench.engines import EVERY, SEVEN
from bench.measured import ANY_LAYOUT, Measured, divide, whole_answer
from bench.picture import draw

PAGE = places.REPOSITORY / "docs" / "performance.md"
PICTURE = places.REPOSITORY / "docs" / "performance.svg"
INTRODUCTION = Path(__file__).parent / "introduction.md"
SAID = {"1m": "1 million events", "10m": "10 million events", "100m": "100 million events", "real": "A real log"}


def main() -> None:
    """The page and the picture say what was measured."""
    file = Path(sys.argv[1]) if len(sys.argv) > 1 else None
    measured = Measured(results.latest(file), results.agreed)
    PAGE.write_text(page(measured, results.machine()), "utf-8")
    PICTURE.write_text(draw(measured), "utf-8")
    print(f"{PAGE} {PICTURE}")
    for size, key, task in measured.disagreements():
        print(f"NOT THE SAME ANSWER AS OURS: {size} {key} {task}")


def page(measured: Measured, machine: dict[str, str]) -> str:
    """The whole page as Markdown."""
    parts = [
        INTRODUCTION.read_text("utf-8").strip(),
        "## The bars\n\n" + table(("what", "bar", "measured", ""), [_bar(bar, measured) for bar in BARS]),
        "![Cost of seven answers against the number of events](performance.svg)",
        *(_size(size, said, measured) for size, said in SAID.items()),
        _growth(measured),
        _medians(measured),
        _agreement(measured),
        _surroundings(measured, machine),
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A Markdown table; all columns but the first to the right."""
    rule = ["---", *["---:"] * (len(head) - 1)]
    return "\n".join("| " + " | ".join(cells) + " |" for cells in (head, rule, *rows))


def figure(value: float | None, unit: str = "") -> str:
    """Two digits that count; a dash where there is none."""
    if value is None:
        return "–"
    digits = 0 if value >= 99.5 else 1 if value >= 9.95 else 2 if value >= 0.995 else 3 if value >= 0.0995 else 4
    return f"{value:,.{digits}f}{unit}"


def _bar(bar: Bar, measured: Measured) -> tuple[str, str, str, str]:
    unit = bar.unit if bar.unit == "×" else f" {bar.unit}"
    return bar.what, f"≤ {bar.limit:g}{unit}", figure(bar.read(measured), unit), bar.verdict(measured)


def _size(size: str, said: str, measured: Measured) -> str:
    """Each engine's time as a multiple of the best peer's."""
    rows = []
    for engine in measured.engines(size):
        ratios = [_ratio(measured, size, engine.key, task) for task in SEVEN]
        peak = figure(measured.own_peak(size, engine.key, SEVEN))
        rows.append((f"**{engine.key}**" if engine.name == "ours" else engine.key, *ratios, peak))
    if not rows:
        return ""
    return f"## {said}\n\nMultiples of the best peer's time; peak own memory in MiB.\n\n" + table(
        ("engine, layout", *SEVEN, "memory"), rows
    )


def _ratio(measured: Measured, size: str, key: str, task: str) -> str:
    found = measured.held.get((size, key, task))
    if found and found["failed"]:
        return "failed"
    if not found:
        return "–"
    mark = "" if whole_answer(key, task) else "¹"
    mark += "²" if measured.agreed(size, key, task) is False else ""
    return figure(divide(found["median"], measured.best(size, task, ANY_LAYOUT))) + mark


def _growth(measured: Measured) -> str:
    pairs = (("1m", "10m"), ("10m", "100m"))
    rows = []
    for engine in EVERY:
        for small, large in pairs:
            times = [(measured.median(large, engine.key, t), measured.median(small, engine.key, t)) for t in SEVEN]
            found = [divide(*pair) for pair in times]
            if any(found):
                rows.append((engine.key, f"{small} → {large}", *map(figure, found)))
    if not rows:
        return ""
    text = "## Growth\n\nHow many times longer each task takes on ten times the data.\n\n"
    return text + table(("engine, layout", "", *SEVEN), rows)


def _medians(measured: Measured) -> str:
    """What the ratios were made from."""
    keys = list(dict.fromkeys((size, key) for size, key, task in measured.held if task != "open"))
    rows = []
    for size, key in keys:
        tasks = {task: one for (s, k, task), one in measured.held.items() if (s, k) == (size, key) and task != "open"}
        said = ", ".join(f"{task} {figure(one['median'])}" for task, one in tasks.items() if one["median"] is not None)
        if said:
            rows.append((size, key, said))
    if not rows:
        return ""
    text = "## Medians\n\nSeconds, to recompute the ratios with. They hold for this machine and this run alone.\n\n"
    return text + "\n".join(["| size | engine, layout | medians |", "|---|---|---|", *map(_row, rows)])


def _row(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cells) + " |"


def _agreement(measured: Measured) -> str:
    checked = [key for key in measured.held if measured.agreed(*key) is not None]
    others = measured.disagreements()
    if not checked:
        return ""
    said = f"{len(checked)} answers of other engines and layouts were compared with ours; "
    said += f"{len(checked) - len(others)} are the same."
    listed = "".join(f"\n- {size}, {key}, task {task} differs" for size, key, task in others)
    return f"## Agreement\n\n{said}{listed}"


def _surroundings(measured: Measured, machine: dict[str, str]) -> str:
    versions: dict[str, str] = {}
    for one in measured.held.values():
        versions |= one.get("versions", {})
    told = ", ".join(f"{name} {version}" for name, version in sorted(versions.items()) if version)
    about = ", ".join(f"{name}: {value}" for name, value in machine.items())
    return f"## Surroundings\n\n{about or 'Machine not recorded'}.\n\n{told or 'No versions recorded'}."


if __name__ == "__main__":
    main()
