"""Runs every example on the public data it was written for, and prints expected beside measured.

    python examples/run.py [NAME …] [--data FOLDER]

The data is never part of the project: FOLDER holds it (default ../shared/data beside the project, or DESIRELINE_DATA).
An example is a folder with one map, one recipe (none for exports that Desireline knows), a README and `expected.json`:
which files, and the facts counted directly from them (`finding` names one of `desireline findings`). Exit code 1 when a
figure differs.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import desireline as dl
from desireline.findings.finding import Finding
from desireline.pipeline.question import Question
from desireline.proposals import recognise_files

HERE = Path(__file__).parent


def main() -> int:
    """Run the asked examples; 0 when every figure agrees."""
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    asked.add_argument("names", nargs="*")
    asked.add_argument("--data", type=Path, default=Path(os.environ.get("DESIRELINE_DATA", HERE / "../../shared/data")))
    asked.add_argument("--report", type=Path, help="Write each example's report into this folder.")
    options = asked.parse_args()
    wrong = 0
    for folder in sorted(path.parent for path in HERE.glob("*/expected.json")):
        if not options.names or folder.name in options.names:
            wrong += run(folder, options.data.resolve(), options.report)
    print(f"\n{'All figures agree.' if not wrong else f'{wrong} figures differ.'}")
    return 1 if wrong else 0


def run(folder: Path, data: Path, reports: Path | None) -> int:
    """Import and measure one example; returns how many figures differ."""
    plan = json.loads((folder / "expected.json").read_text(encoding="utf-8"))
    files = [file for pattern in plan["files"] for file in sorted(data.glob(pattern))]
    if not files:
        print(f"\n{folder.name}: not run, its data is not in {data}")
        return 0
    began = time.perf_counter()
    with tempfile.TemporaryDirectory() as place:
        workspace = dl.Workspace.create(Path(place) / "workspace")
        recipe, given = recipe_for(folder, files)
        counts = workspace.import_files(recipe, given)
        again = workspace.import_files(recipe, given)
        map_ = dl.load_map(next(folder.glob("*.journey.yaml")))
        question = Question(by=tuple(plan.get("by", ())), edges=tuple(plan.get("edges", ())), exact=True)
        measured = workspace.measure(map_, question)
        found = workspace.findings(map_).findings if any("finding" in fact for fact in plan["facts"]) else ()
        opened = [workspace.behind(map_, one).height == one.customers for one in found if one.customers]
        if reports:
            reports.mkdir(parents=True, exist_ok=True)
            (reports / f"{folder.name}.html").write_text(workspace.report(map_, question), encoding="utf-8")
    print(f"\n{folder.name}  ({time.perf_counter() - began:.1f} s)")
    kept = counts.accepted + counts.refused + counts.duplicates
    facts = [
        ("every row has one fate", counts.read, kept),
        ("a second import changes nothing", 0, again.events + again.feedback),
    ]
    facts += [("findings that open to their customers", len(opened), sum(opened))] if opened else []
    facts += [
        (
            fact["says"],
            fact["expected"],
            of_finding(fact, found) if "finding" in fact else look_up(fact, counts, measured),
        )
        for fact in plan["facts"]
    ]
    return sum(not tell(*fact) for fact in facts)


def recipe_for(folder: Path, files: list[Path]) -> tuple[Any, Any]:
    """The example's own recipe and the files; or the vendor's, fitted to them, and which of its sources they are."""
    own = next(folder.glob("*.recipe.yaml"), None)
    if own is not None:
        return own, files
    known = recognise_files(files)
    return known.recipe, known.sources


def look_up(fact: dict[str, Any], counts: Any, measured: Any) -> float | None:
    """The figure that a fact is about, from the import, the readings or the deviation ledger."""
    if "import" in fact:
        return getattr(counts, fact["import"])
    frame = measured.deviations if "kind" in fact else measured.readings
    keys = {
        key: fact.get(key, "")
        for key in (("kind", "place") if "kind" in fact else ("measure", "at", "group", "period"))
    }
    for key, value in keys.items():
        frame = frame.filter(frame[key] == value)
    column = fact.get("column", "value")
    if frame.is_empty() or frame[column][0] is None:
        return None
    return frame[column][0] * fact.get("times", 1) + fact.get("plus", 0)


def of_finding(fact: dict[str, Any], found: Sequence[Finding]) -> float | None:
    """The figure of a finding named as rule@place group: its place in the list, its customers, or one of its effects.

    One that stands under another has the place of that one.
    """
    for place, lead in enumerate(found, 1):
        for one in (lead, *lead.also):
            if one.key == fact["finding"]:
                effects = {effect.says: effect.value for effect in (*one.evidence, one.effect)}
                figures = {"place": place, "customers": one.customers, "effect": one.effect.value} | effects
                return figures[fact["read"]] * fact.get("times", 1)
    return None


def tell(says: str, expected: float | None, measured: float | None) -> bool:
    """Print one line; true when the figures agree to the digits that were written down.

    Nothing is expected where few customers have to stay hidden.
    """
    due, found = shown(expected, like=expected), shown(measured, like=expected)
    print(f"  {'ok ' if due == found else 'NOT'}  {says:<58} expected {due:>12}   measured {found:>12}")
    return due == found


def shown(figure: float | None, *, like: float | None) -> str:
    """The figure as it is printed, with as many digits as `like` has."""
    return "nothing" if figure is None else f"{float(figure):,.{len(str(like or 0).partition('.')[2])}f}"


if __name__ == "__main__":
    sys.exit(main())
